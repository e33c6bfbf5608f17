import type { Medium } from "../core_types.ts";
import { describe } from "../errors.ts";
import { Link } from "./link.ts";
import type { Feed, HandlersOf, OutputOf } from "./outputs.ts";
import { Pulse } from "./pulse.ts";

type LinkOutputs =
  | "create-link"
  | "set-ice-servers"
  | "watch-link"
  | "await-pictures"
  | "set-local"
  | "set-remote"
  | "add-candidate"
  | "restart-ice"
  | "refresh-pictures"
  | "scale-camera"
  | "close-link";

/** The core's peer connections, by LinkId. */
export class Links {
  readonly #feed: Feed;
  readonly #trackOf: (medium: Medium) => MediaStreamTrack | null;
  readonly #created: (link: Link) => void;
  readonly #closed: (link: Link) => void;
  readonly #links = new Map<number, Link>();
  /** Why a link that the core counts on could not be made. */
  readonly #stillborn = new Map<number, string>();
  readonly #pulse: Pulse;
  #cameraDivisor = 1;

  /**
   * @param trackOf what is sent of a medium at the moment
   * @param created a link is there, with its data channels
   * @param closed a link is gone
   */
  constructor(
    feed: Feed,
    trackOf: (medium: Medium) => MediaStreamTrack | null,
    created: (link: Link) => void,
    closed: (link: Link) => void,
  ) {
    this.#feed = feed;
    this.#pulse = new Pulse(feed);
    this.#trackOf = trackOf;
    this.#created = created;
    this.#closed = closed;
  }

  readonly handlers: HandlersOf<LinkOutputs> = {
    "create-link": (output) => this.#create(output),
    "set-ice-servers": (output) => this.get(output.link)?.setIceServers(output),
    "watch-link": ({ link, silentAfterMilliseconds }) => {
      this.#pulse.watch(link, silentAfterMilliseconds, () => this.get(link)?.receivers() ?? []);
      this.get(link)?.watchRoute();
    },
    "await-pictures": (output) => this.get(output.link)?.awaitPictures(output),
    "set-local": (output) => this.#act(output, (link) => link.setLocal(output)),
    "set-remote": (output) => this.#act(output, (link) => link.setRemote(output)),
    "add-candidate": (output) => this.#act(output, (link) => link.addCandidate(output)),
    "restart-ice": ({ link }) => this.get(link)?.restartIce(),
    "refresh-pictures": ({ link }) => this.get(link)?.refreshPictures(),
    "scale-camera": ({ divisor }) => {
      this.#cameraDivisor = divisor;
      for (const link of this.#links.values()) link.scaleCamera(divisor);
    },
    "close-link": ({ link }) => this.#close(link),
  };

  get(id: number | undefined): Link | undefined {
    return id === undefined ? undefined : this.#links.get(id);
  }

  all(): Iterable<Link> {
    return this.#links.values();
  }

  /** Sends `track` to everyone from now on. */
  attach(medium: Medium, track: MediaStreamTrack | null): void {
    for (const link of this.#links.values()) link.attach(medium, track);
  }

  closeAll(): void {
    for (const link of this.#links.keys()) this.#close(link);
  }

  #create(output: OutputOf<"create-link">): void {
    try {
      const link = new Link(output, this.#trackOf, this.#cameraDivisor, this.#feed);
      this.#links.set(link.id, link);
      this.#created(link);
    } catch (error) {
      this.#stillborn.set(output.link, describe(error));
    }
  }

  #act({ link, action }: { link: number; action: number }, act: (link: Link) => void): void {
    const there = this.#links.get(link);
    if (there) {
      act(there);
    } else {
      const error = this.#stillborn.get(link) ?? "InvalidStateError: there is no such connection";
      this.#feed({ type: "action-failed", action, error });
    }
  }

  #close(id: number): void {
    const link = this.#links.get(id);
    this.#links.delete(id);
    this.#stillborn.delete(id);
    this.#pulse.forget(id);
    if (!link) return;
    link.close();
    this.#closed(link);
  }
}
