import type { CallEvents } from "../../sdk/call_events.ts";

export type PublicEvents = CallEvents;

/** The events that a page around the element hears, by the call's own names for them. */
const names: Partial<Readonly<Record<keyof CallEvents, string>>> = {
  state: "parley-state",
  "participant-joined": "parley-participant-joined",
  "participant-left": "parley-participant-left",
  message: "parley-message",
  notice: "parley-notice",
  error: "parley-error",
};

/** Passes an event of the call on to the page, through every shadow root on the way. */
export function publish<K extends keyof CallEvents>(
  element: HTMLElement,
  event: K,
  detail: CallEvents[K],
): void {
  const name = names[event];
  if (!name) return;
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
