// The start page: choose a room, copy its link, go there.
import { copyText } from "../widget/shared/copy.ts";
import { localizePage, preferredLanguage } from "./localize.ts";
import { randomRoom, roomFrom } from "./room_names.ts";

const element = <T extends HTMLElement>(id: string): T => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found as T;
};

const input = element<HTMLInputElement>("room");
const error = element("room-error");
const share = element("share");
const link = element<HTMLOutputElement>("link");
const copied = element("copied");

function show(): void {
  const room = roomFrom(input.value);
  share.hidden = room === undefined;
  copied.hidden = true;
  // Without https:// it is easier to read, and nobody types that.
  link.value = room === undefined ? "" : `${location.host}/r/${room}`;
  if (room !== undefined) complain(false);
}

function complain(wrong: boolean): void {
  error.hidden = !wrong;
  input.setAttribute("aria-invalid", String(wrong));
}

function suggest(): void {
  input.value = randomRoom();
  show();
}

input.addEventListener("input", show);
input.addEventListener("focus", () => input.select());
element("another").addEventListener("click", suggest);
element("copy").addEventListener("click", () => {
  void copyText(`${location.protocol}//${link.value}`).then((done) => (copied.hidden = !done));
});
element("start").addEventListener("submit", (event) => {
  event.preventDefault();
  const room = roomFrom(input.value);
  complain(room === undefined);
  if (room === undefined) input.focus();
  else location.href = `/r/${room}${location.search}`;
});

suggest();
void localizePage(preferredLanguage());
