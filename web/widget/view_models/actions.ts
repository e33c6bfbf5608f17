/** What a person can do in a call, by button or key. */
export type Action =
  | "microphone"
  | "camera"
  | "screen"
  | "chat"
  | "people"
  | "copy-link"
  | "full-screen"
  | "picture-in-picture"
  | "devices"
  | "help"
  | "leave";

/** What is shown beside the call. */
export type Side = "chat" | "people" | "none";

/** Keys, as KeyboardEvent.key in lower case; shown in the help in this order. */
export const shortcuts: readonly (readonly [key: string, action: Action])[] = [
  ["m", "microphone"],
  ["v", "camera"],
  ["s", "screen"],
  ["c", "chat"],
  ["p", "people"],
  ["l", "copy-link"],
  ["f", "full-screen"],
  ["?", "help"],
];

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  repeat: boolean;
}

/**
 * The action of a key press.
 * @param typing whether it goes into a text field
 */
export function actionOf(press: KeyPress, typing: boolean): Action | undefined {
  // With Ctrl, Alt or Meta it is the browser's; a key held down must not toggle on and on.
  if (typing || press.repeat || press.ctrlKey || press.metaKey || press.altKey) return undefined;
  return shortcuts.find(([key]) => key === press.key.toLowerCase())?.[1];
}
