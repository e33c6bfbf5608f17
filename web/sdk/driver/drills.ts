import type { PathState } from "../core_types.ts";
import type { Driver, Interceptor } from "./driver.ts";
import type { Host } from "./host.ts";
import type { Link } from "./link.ts";
import type { AnyInput, AnyOutput } from "./outputs.ts";

/**
 * What a call has to survive, to be practised:
 *
 * - `signal-loss`: the connection to the server breaks without a word.
 * - `server-restart`: it breaks, and no other can be opened for a while.
 * - `ice-failure`: the path to one participant or to all is lost, and only another ICE generation
 *   or peer connection finds one again.
 * - `freeze`: the page stands still for a while; then all that happened meanwhile arrives at once.
 * - `offline`: there is no network for a while.
 *
 * All but one thing is real: sockets are closed, offers made, ICE restarted. A page cannot stop the
 * packets of a peer connection, though. So in `ice-failure` and `offline` voice and picture go on,
 * while the call is told of broken paths and hears nothing else of them.
 */
export type Drill = "signal-loss" | "server-restart" | "ice-failure" | "freeze" | "offline";

export interface DrillOptions {
  /** How long `server-restart`, `freeze` and `offline` last; default 10. */
  seconds?: number;
  /** Id of the one whose path `ice-failure` breaks; default: everyone's. */
  participant?: string;
}

/** What parley-drills.js exports. */
export interface DrillsFile {
  Drills: typeof Drills;
}

/** RFC 6455 section 7.4.1: no close frame was received. */
const abnormal_closure = 1006;

/** What a machine takes that answers a connection with "nobody listens here". */
const refusal_ms = 20;

/** Chromium calls a path disconnected after this time without an answer to a connectivity check. */
const disconnected_after_ms = 2500;

/** Between looks at what the browser says of a path. */
const look_every_ms = 100;

const default_seconds = 10;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Stands between the core and the browser, and lets through what no drill holds back. */
export class Drills {
  readonly #driver: Driver;
  readonly #host: Host;
  readonly #running = new Set<Partial<Interceptor>>();
  /** What a drill itself tells the core just now. */
  #told: AnyInput | undefined;

  constructor(driver: Driver, host: Host) {
    this.#driver = driver;
    this.#host = host;
    driver.interceptor = {
      admits: (input) =>
        input === this.#told || [...this.#running].every((drill) => drill.admits?.(input) ?? true),
      carriesOut: (output) =>
        [...this.#running].every((drill) => drill.carriesOut?.(output) ?? true),
    };
  }

  /**
   * Resolves when the failure is over; the call may still be mending itself then.
   *
   * @throws TypeError at an unknown drill; RangeError at seconds that are none, and at a
   *     participant who is not there
   */
  async run(drill: Drill, { seconds = default_seconds, participant }: DrillOptions): Promise<void> {
    if (!Number.isFinite(seconds) || seconds < 0) {
      throw new RangeError(`A drill lasts a number of seconds, not ${seconds}.`);
    }
    const drills: Record<Drill, () => void | Promise<void>> = {
      "signal-loss": () => this.#breakSockets(),
      "server-restart": () => this.#restartServer(seconds),
      "ice-failure": () => this.#failIce(participant),
      freeze: () => this.#freeze(seconds),
      offline: () => this.#goOffline(seconds),
    };
    if (!Object.hasOwn(drills, drill)) throw new TypeError(`There is no drill "${drill}".`);
    await drills[drill]();
  }

  /** Holds back what `interceptor` says for as long as `work` takes. */
  async #during(interceptor: Partial<Interceptor>, work: () => Promise<void>): Promise<void> {
    this.#running.add(interceptor);
    try {
      await work();
    } finally {
      this.#running.delete(interceptor);
    }
  }

  /** Tells the core past everything that is held back. */
  #tell(input: AnyInput): void {
    this.#told = input;
    this.#driver.feed(input);
  }

  // --- The server ---

  #breakSockets(): void {
    for (const socket of [...this.#host.sockets.all()]) {
      // The browser's socket is no longer wanted, so that its own close event goes nowhere.
      this.#host.handlers["close-socket"]({ type: "close-socket", socket });
      this.#tell({ type: "socket-closed", socket, code: abnormal_closure });
    }
  }

  /** Answers every attempt to open a socket as a machine does on which nobody listens. */
  readonly #refuseSockets = (output: AnyOutput): boolean => {
    if (output.type !== "open-socket") return true;
    const { socket } = output;
    setTimeout(() => {
      this.#driver.feed({ type: "socket-closed", socket, code: abnormal_closure });
    }, refusal_ms);
    return false;
  };

  #restartServer(seconds: number): Promise<void> {
    return this.#during({ carriesOut: this.#refuseSockets }, () => {
      this.#breakSockets();
      return pause(seconds * 1000);
    });
  }

  // --- The paths ---

  async #failIce(participant: string | undefined): Promise<void> {
    const links = this.#host.view.participants
      .filter(({ id }) => participant === undefined || id === participant)
      .flatMap(({ link }) => this.#host.links.get(link) ?? []);
    if (participant !== undefined && links.length === 0) {
      throw new RangeError("There is no connection to a participant of this id.");
    }
    await Promise.all(links.map((link) => this.#failPath(link)));
  }

  async #failPath(link: Link): Promise<void> {
    const lost = await generationOf(link);
    await this.#during({ admits: (input) => !tellsOfPath(input, link) }, async () => {
      this.#tellPath(link, "disconnected");
      this.#tellPath(link, "failed");
      while (this.#isThere(link)) {
        if (link.path === "connected" && (await generationOf(link)) !== lost) break;
        await pause(look_every_ms);
      }
    });
    this.#tellPath(link);
  }

  async #goOffline(seconds: number): Promise<void> {
    const links = [...this.#host.links.all()].filter(({ path }) => path === "connected");
    const offline: Interceptor = {
      admits: (input) => !links.some((link) => tellsOfPath(input, link)),
      carriesOut: this.#refuseSockets,
    };
    await this.#during(offline, async () => {
      this.#breakSockets();
      const notice = setTimeout(() => {
        for (const link of links) this.#tellPath(link, "disconnected");
      }, disconnected_after_ms);
      await pause(seconds * 1000);
      clearTimeout(notice);
    });
    for (const link of links) this.#tellPath(link);
    this.#driver.feed({ type: "hint", cause: "online" });
  }

  #isThere(link: Link): boolean {
    return this.#host.links.get(link.id) === link;
  }

  #tellPath(link: Link, state: PathState = link.path): void {
    if (this.#isThere(link)) this.#tell({ type: "link-path", link: link.id, state });
  }

  // --- The page ---

  async #freeze(seconds: number): Promise<void> {
    const waiting: AnyInput[] = [];
    const hold = (input: AnyInput): boolean => {
      // Whoever saves a report of a frozen call wants it now; it changes nothing in the call.
      if (input.type === "export-journal") return true;
      waiting.push(input);
      return false;
    };
    await this.#during({ admits: hold }, () => pause(seconds * 1000));
    for (const input of waiting) this.#tell(input);
    this.#driver.feed({ type: "hint", cause: "page-visible" });
  }
}

const tellsOfPath = (input: AnyInput, link: Link): boolean =>
  (input.type === "link-path" ||
    input.type === "link-silent" ||
    input.type === "link-heard" ||
    input.type === "link-pictured" ||
    input.type === "link-rerouted") &&
  input.link === link.id;

/** Something that is the same for as long as the link uses the same ICE generation. */
async function generationOf(link: Link): Promise<string | undefined> {
  type Stat = Record<string, unknown> & { id: string; type: string };
  const stats = new Map<unknown, Stat>();
  (await link.getStats()).forEach((stat: Stat) => stats.set(stat.id, stat));
  const all = [...stats.values()];
  const transport = all.find(({ type }) => type === "transport");
  const pair =
    stats.get(transport?.["selectedCandidatePairId"]) ??
    // Firefox has no transport report but marks the pair.
    all.find(({ type, selected }) => type === "candidate-pair" && selected);
  const local = stats.get(pair?.["localCandidateId"]);
  // Where the browser names no generation, a generation has candidates of its own.
  return (local?.["usernameFragment"] as string | undefined) ?? local?.id;
}
