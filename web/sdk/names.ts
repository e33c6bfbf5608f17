/** What a room may be called: part of a URL that people read out to each other. */
const room_pattern = /^[A-Za-z0-9_-]{1,64}$/;

export const isRoomName = (text: string): boolean => room_pattern.test(text);

/** Bytes of UTF-8 that the server takes for a person's name. */
const name_bytes = 128;

/** A person's name as it may be sent: on one line, and cut where it is too long. */
export function cleanName(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is removed
  let name = text.replace(/[\s\u0000-\u001f\u007f]+/g, " ").trim();
  const encoder = new TextEncoder();
  while (encoder.encode(name).byteLength > name_bytes) name = [...name].slice(0, -1).join("");
  return name;
}
