/** What the browser keeps for a person between calls; nothing where storage is denied. */

/** Devices are kept by name: their ids change with sessions, private windows and permissions. */
export type Remembered = "name" | "audio" | "camera" | "speaker";

export function remember(what: Remembered, value: string): void {
  try {
    localStorage.setItem(`parley.${what}`, value);
  } catch {
    // A frame without storage: forgotten with the page.
  }
}

export function recall(what: Remembered): string | undefined {
  try {
    return localStorage.getItem(`parley.${what}`) ?? undefined;
  } catch {
    return undefined;
  }
}
