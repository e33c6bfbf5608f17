import type { Resume, View } from "./core_types.ts";

/** What is kept over a reload. */
interface Kept {
  id: string;
  secret: string;
  until: number; // ms since 1970: performance.now() starts anew with the page
}

const key = (server: URL, room: string): string => `parley.resume ${server.href} ${room}`;

/**
 * Takes the ticket of this tab for `room`, if a page kept one and it still counts. Taken, not read:
 * a second call in this tab, or a duplicate of the tab, is somebody of its own.
 */
export function takeTicket(server: URL, room: string): Resume | undefined {
  const store = storage();
  const text = store?.getItem(key(server, room));
  if (!text) return undefined;
  store?.removeItem(key(server, room));
  try {
    const { id, secret, until } = JSON.parse(text) as Kept;
    // A new page has no peer connections: the others are to make theirs anew.
    return Date.now() < until ? { id, secret } : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the ticket of `view` for the page that is loaded next in this tab. */
export function keepTicket(server: URL, { room, self, resume }: View): void {
  if (!room || !self.id || !resume) return;
  const until = Date.now() + resume.withinSeconds * 1000;
  const kept: Kept = { id: self.id, secret: resume.secret, until };
  storage()?.setItem(key(server, room), JSON.stringify(kept));
}

/** Undefined where the browser denies storage to the page (sandboxed or third-party frames). */
function storage(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}
