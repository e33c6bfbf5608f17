/** What a frame must be allowed for a call to work in it (Permissions Policy). */
const allow = [
  "camera",
  "microphone",
  "display-capture",
  "speaker-selection",
  "autoplay",
  "fullscreen",
  "picture-in-picture",
  "clipboard-write",
  "screen-wake-lock",
];

/** The code with which another site brings in a call, by the id of its place on the page. */
export function snippets(
  origin: string,
  room: string,
): Record<"element" | "frame" | "script", string> {
  return {
    element: `<script type="module" src="${origin}/parley.js"></script>
<parley-call room="${room}" style="height: 600px"></parley-call>`,
    frame: `<iframe
  src="${origin}/embed?room=${room}"
  allow="${allow.join("; ")}"
  style="width: 100%; height: 600px; border: 0"
></iframe>`,
    script: `import { Parley } from "${origin}/parley.js";

const call = await Parley.join({ room: "${room}", name: "Ana" });
call.on("participant-changed", ({ name, stream }) => {
  document.querySelector("video").srcObject = stream;
});`,
  };
}
