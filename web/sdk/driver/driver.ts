import type { CoreModule } from "../core/module.ts";
import { version } from "../version.ts";
import type { AnyInput, AnyOutput, Feed, Handlers } from "./outputs.ts";

/** The core's time: whole microseconds since the page was opened; never goes back. */
const now = (): number => Math.round(performance.now() * 1000);

/** setTimeout takes at most 2^31-1 ms; what is later is armed again on the way. */
const longest_timeout_ms = 2 ** 31 - 1;

/** What may stand between the core and the browser and keep things from both (drills.ts). */
export interface Interceptor {
  /** Whether the core is to hear of it. */
  admits(input: AnyInput): boolean;
  /** Whether it is to be carried out. */
  carriesOut(output: AnyOutput): boolean;
}

/**
 * Runs one call of the core: feeds an input, carries out its outputs in order, and arms one timer
 * for the next deadline. It decides nothing. Carrying out an output may yield inputs at once; they
 * wait until the outputs before them are done, so that `handle` is never re-entered.
 */
export class Driver {
  readonly #core: CoreModule;
  readonly #call: number;
  readonly #handlers: Handlers;
  readonly #settled: () => void;
  readonly #inputs: AnyInput[] = [];
  interceptor: Interceptor | undefined;
  #running = false;
  #open = true;
  #armed: { at: number; timer: ReturnType<typeof setTimeout> } | undefined;

  /**
   * @param connect makes what carries the outputs out; it may keep `feed` to report what happens
   * @param settled called after the outputs of an input and of all that followed from it are
   *     carried out; may feed again
   */
  constructor(core: CoreModule, connect: (feed: Feed) => Handlers, settled: () => void) {
    this.#core = core;
    this.#settled = settled;
    const [seed] = crypto.getRandomValues(new Uint32Array(1));
    this.#call = core.create(JSON.stringify({ seed, client: `parley-web/${version}`, now: now() }));
    this.#handlers = connect((input) => this.feed(input));
  }

  feed(input: AnyInput): void {
    if (!this.#open || this.interceptor?.admits(input) === false) return;
    this.#inputs.push(input);
    if (this.#running) return;
    this.#running = true;
    for (let next = this.#inputs.shift(); next; next = this.#inputs.shift()) this.#handle(next);
    this.#running = false;
    this.#arm();
    this.#settled();
  }

  /** Frees the core's call; what is fed from now on is dropped. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#disarm();
    this.#core.destroy(this.#call);
  }

  #handle(input: AnyInput): void {
    this.#core.handle(this.#call, JSON.stringify(input), now());
    for (let text = this.#core.poll(this.#call); text; text = this.#core.poll(this.#call)) {
      this.#carryOut(JSON.parse(text) as AnyOutput);
    }
  }

  #carryOut(output: AnyOutput): void {
    if (this.interceptor?.carriesOut(output) === false) return;
    const handler = this.#handlers[output.type] as (output: AnyOutput) => void;
    try {
      handler(output);
    } catch (error) {
      // The outputs that follow still have to be carried out.
      reportError(error);
    }
  }

  #arm(): void {
    if (!this.#open) return;
    const text = this.#core.next_timeout(this.#call);
    const at = text ? (JSON.parse(text) as { at: number }).at : undefined;
    if (at === this.#armed?.at) return;
    this.#disarm();
    if (at === undefined) return;
    const delay_ms = Math.min(Math.max(Math.ceil((at - now()) / 1000), 0), longest_timeout_ms);
    const timer = setTimeout(() => {
      this.#armed = undefined;
      this.feed({ type: "tick" });
    }, delay_ms);
    this.#armed = { at, timer };
  }

  #disarm(): void {
    clearTimeout(this.#armed?.timer);
    this.#armed = undefined;
  }
}
