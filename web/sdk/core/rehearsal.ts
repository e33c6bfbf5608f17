import type { AnyInput, AnyOutput } from "../driver/outputs.ts";
import type { CoreModule } from "./module.ts";

/**
 * Plays a short call on `core`, once as the one who waits and once as the one who comes, with
 * nobody at the other end.
 *
 * Browsers compile a function of a WASM module when it is first called. Without this the first
 * calls are those of a negotiation, where each millisecond holds up both sides; so they are made
 * while the preview shows.
 */
export function rehearse(core: CoreModule): void {
  for (const part of [waiting, coming]) perform(core, part);
}

const sdp = [
  "v=0",
  "o=- 1 2 IN IP4 127.0.0.1",
  "m=audio 9 UDP/TLS/RTP/SAVPF 111",
  "c=IN IP4 0.0.0.0",
  "a=ice-ufrag:abcd",
  "a=ice-pwd:abcdefghijklmnopqrstuv",
  "a=candidate:1 1 udp 1 127.0.0.1 9 typ host",
  "",
].join("\r\n");
const candidate = {
  candidate: "candidate:1 1 udp 1 127.0.0.1 9 typ host",
  sdpMid: "0",
  sdpMLineIndex: 0,
  usernameFragment: "abcd",
};
const media = { audio: "on", camera: "on", screen: "none" };
const other = (arrival: number) => ({ id: "b", arrival, name: "B", media, presence: "here" });

const message = (frame: object): AnyInput => ({
  type: "socket-message",
  socket: 1,
  text: JSON.stringify(frame),
});
const signal = (arrival: number, payload: object) =>
  message({ type: "signal", from: "b", arrival, payload });

const welcome = message({ type: "welcome", version: 1, server: "", iceServers: [] });
const joined = (arrival: number, there: object) =>
  message({
    type: "joined",
    room: "a",
    id: "a",
    arrival,
    ...there,
    iceServers: [],
    limits: { participants: 2, frameBytes: 65536, nameBytes: 128 },
    resume: { secret: "0".repeat(32), withinSeconds: 15 },
  });

/** The other's candidate comes, the own ones are found, media flow. */
const connecting = (arrival: number, link: number): AnyInput[] => [
  signal(arrival, { type: "candidate", ...candidate }),
  signal(arrival, { type: "end-of-candidates", usernameFragment: "abcd" }),
  { type: "link-candidate", link, candidate: { type: "candidate", ...candidate } },
  { type: "link-candidates-end", link },
  { type: "link-path", link, state: "connecting" },
  { type: "link-path", link, state: "connected" },
];

const waiting: AnyInput[] = [
  joined(1, { participants: [] }),
  message({ type: "participant-joined", participant: other(2) }),
  signal(2, { type: "offer", id: 1, link: 1, sdp, candidates: [] }),
  ...connecting(2, 2), // link 1 is that of the offer made ahead
];

const coming: AnyInput[] = [
  joined(2, { participants: [other(1)], offerTo: "b" }),
  signal(1, { type: "answer", id: 1, link: 2, sdp }),
  ...connecting(1, 1),
];

function perform(core: CoreModule, part: AnyInput[]): void {
  const call = core.create('{"seed":1,"client":"rehearsal","now":0}');
  const inputs: AnyInput[] = [
    { type: "open", room: "a", audio: true, camera: true },
    welcome,
    { type: "join", name: "A" },
    ...part,
    { type: "leave" },
  ];
  for (let input = inputs.shift(); input; input = inputs.shift()) {
    core.handle(call, JSON.stringify(input), 0);
    const outcomes: AnyInput[] = [];
    for (let text = core.poll(call); text; text = core.poll(call)) {
      outcomes.push(...outcomeOf(JSON.parse(text) as AnyOutput));
    }
    inputs.unshift(...outcomes);
    core.next_timeout(call);
  }
  core.destroy(call);
}

/** A browser in which everything succeeds at once. */
function outcomeOf(output: AnyOutput): AnyInput[] {
  if (output.type === "open-socket") return [{ type: "socket-opened", socket: output.socket }];
  if (output.type === "acquire-media") return [{ type: "media-acquired", action: output.action }];
  if (!("action" in output)) return [];
  const { action } = output;
  return [{ type: "action-done", action, ...(output.type === "set-local" && { sdp }) }];
}
