import type { Action } from "../view_models/actions.ts";

/** What can be done in this browser and on this page. */
export function offeredActions(): ReadonlySet<Action> {
  const offered = new Set<Action>(["microphone", "camera", "chat", "people", "copy-link"]);
  // Absent on phones, and on insecure pages with all of mediaDevices.
  const devices = navigator.mediaDevices as Partial<MediaDevices> | undefined;
  if (devices?.getDisplayMedia) offered.add("screen");
  if (document.fullscreenEnabled) offered.add("full-screen");
  if (document.pictureInPictureEnabled) offered.add("picture-in-picture");
  return offered.add("devices").add("help").add("leave");
}

/** Whether a key pressed on `target` goes into a text. */
export function isTyping(target: EventTarget | undefined): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select"))
  );
}
