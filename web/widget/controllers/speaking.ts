import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Call } from "../../sdk/call.ts";
import { Speakers } from "../view_models/speaking.ts";
import { self_key } from "../view_models/tiles.ts";
import { LevelMeter } from "./level_meter.ts";

/** Often enough that an outline follows a voice, seldom enough to cost nothing. */
const interval_ms = 150;

/** Who is speaking in the host's call. */
export class Speaking implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #call: () => Call | undefined;
  readonly #meter = new LevelMeter();
  readonly #speakers = new Speakers();
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param call the call to listen to, if there is one at the moment */
  constructor(host: ReactiveControllerHost, call: () => Call | undefined) {
    this.#host = host;
    this.#call = call;
    host.addController(this);
  }

  /** Keys of the tiles of those who speak. */
  get now(): ReadonlySet<string> {
    return this.#speakers.speaking;
  }

  /** Key of the tile of whoever spoke last. */
  get last(): string | undefined {
    return this.#speakers.last;
  }

  hostConnected(): void {
    this.#timer = setInterval(() => this.#measure(), interval_ms);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
    this.#meter.close();
  }

  #measure(): void {
    const call = this.#call();
    if (!call || document.hidden) return;
    const levels = new Map(call.participants.map(({ id }) => [id, call.audioLevel(id)]));
    levels.set(self_key, this.#meter.level(call.self.stream));
    if (this.#speakers.update(levels, performance.now())) this.#host.requestUpdate();
  }
}
