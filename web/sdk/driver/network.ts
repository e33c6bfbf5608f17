import type { Feed, HintCause } from "./outputs.ts";

/** What only some browsers have (W3C Network Information API): the kind of network in use. */
interface NetworkInformation extends EventTarget {
  type?: string;
}

/** Tells the core when a network is there again or another one, and when the page wakes up. */
export class Network {
  readonly #feed: Feed;
  readonly #connection = (navigator as { connection?: NetworkInformation }).connection;
  #type = this.#connection?.type;

  constructor(feed: Feed) {
    this.#feed = feed;
    addEventListener("online", this.#onOnline);
    document.addEventListener("visibilitychange", this.#onVisibility);
    document.addEventListener("resume", this.#onVisibility);
    this.#connection?.addEventListener("change", this.#onChange);
  }

  close(): void {
    removeEventListener("online", this.#onOnline);
    document.removeEventListener("visibilitychange", this.#onVisibility);
    document.removeEventListener("resume", this.#onVisibility);
    this.#connection?.removeEventListener("change", this.#onChange);
  }

  #hint(cause: HintCause): void {
    this.#feed({ type: "hint", cause });
  }

  readonly #onOnline = () => this.#hint("online");

  // Also at "resume" (Page Lifecycle), which a frozen page hears when its timers go on.
  readonly #onVisibility = ({ type }: Event) => {
    if (type === "resume" || !document.hidden) this.#hint("page-visible");
  };

  // The event comes for every new estimate of the bandwidth, too.
  readonly #onChange = () => {
    const type = this.#connection?.type;
    if (type === this.#type) return;
    this.#type = type;
    if (type !== "none") this.#hint("network-changed");
  };
}
