// /embed: in a frame the call of ?room=, by itself the instructions for other sites.
import { copyText } from "../widget/shared/copy.ts";
import { startCall } from "./call_element.ts";
import { localizePage, preferredLanguage } from "./localize.ts";
import { snippets } from "./snippets.ts";

const lang = preferredLanguage();
const wanted = new URLSearchParams(location.search);

const reveal = (id: string) => document.getElementById(id)?.removeAttribute("hidden");

if (window.self === window.top) showGuide();
else showCall(wanted.get("room"));
void localizePage(lang);

function showCall(room: string | null): void {
  if (!room) return reveal("roomless");
  const main = document.createElement("main");
  main.append(document.createElement("parley-call"));
  document.body.append(main);
  // Loaded here, because the guide does without.
  void import("/parley.js").then(() => startCall(room, wanted, lang));
}

function showGuide(): void {
  for (const [id, text] of Object.entries(
    snippets(location.origin, wanted.get("room") ?? "demo"),
  )) {
    const place = document.getElementById(id);
    if (place) place.textContent = text;
  }
  for (const button of document.querySelectorAll<HTMLElement>("[data-copies]")) {
    button.addEventListener("click", () => void copy(button.dataset["copies"] ?? ""));
  }
  reveal("guide");
}

async function copy(id: string): Promise<void> {
  const text = document.getElementById(id)?.textContent ?? "";
  if (await copyText(text)) reveal("copied");
}
