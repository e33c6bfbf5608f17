import type { Feed } from "./outputs.ts";

/** How often a link is looked at, in ms: a tenth of the silence that the core wants told. */
const look_every_ms = 100;

/**
 * A timer that comes later than this (a machine that slept) says nothing about the time in between.
 * In the background browsers let it come every second.
 */
const longest_look_ms = 500;

interface Watched {
  receivers: () => RTCRtpReceiver[];
  silent_after_ms: number;
  /** Time stamp of the newest packet that was played. */
  newest: number;
  silent_ms: number;
  state: "unheard" | "heard" | "silent";
}

/** Tells the core when packets of sound and picture stop coming over a link, and come again. */
export class Pulse {
  readonly #feed: Feed;
  readonly #watched = new Map<number, Watched>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #looked_at = 0;

  constructor(feed: Feed) {
    this.#feed = feed;
  }

  watch(link: number, silent_after_ms: number, receivers: () => RTCRtpReceiver[]): void {
    const known = this.#watched.get(link);
    // Once more: silence that goes on is told again.
    if (known?.state === "silent") Object.assign(known, { silent_ms: 0, state: "heard" });
    if (known) return;
    const begin = { newest: 0, silent_ms: 0, state: "unheard" as const };
    this.#watched.set(link, { ...begin, receivers, silent_after_ms });
    this.#looked_at = performance.now();
    this.#timer ??= setInterval(() => this.#look(), look_every_ms);
  }

  forget(link: number): void {
    this.#watched.delete(link);
    if (this.#watched.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    const passed_ms = Math.min(performance.now() - this.#looked_at, longest_look_ms);
    this.#looked_at = performance.now();
    for (const [link, watched] of [...this.#watched]) {
      const newest = newestOf(watched.receivers());
      if (newest > watched.newest) {
        const { state } = watched;
        Object.assign(watched, { newest, silent_ms: 0, state: "heard" });
        if (state === "silent") this.#feed({ type: "link-heard", link });
      } else if (watched.state === "heard") {
        watched.silent_ms += passed_ms;
        if (watched.silent_ms < watched.silent_after_ms) continue;
        watched.state = "silent";
        this.#feed({ type: "link-silent", link });
      }
    }
  }
}

function newestOf(receivers: RTCRtpReceiver[]): number {
  const sources = receivers.flatMap((receiver) => receiver.getSynchronizationSources());
  return Math.max(0, ...sources.map(({ timestamp }) => timestamp));
}
