import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Call } from "../../sdk/call.ts";
import type { CallEvents } from "../../sdk/call_events.ts";
import { ParleyError } from "../../sdk/errors.ts";
import type { Credentials } from "../../sdk/hosting.ts";
import type { OpenOptions } from "../../sdk/parley.ts";
import { Parley } from "../../sdk/parley.ts";
import { prepareVideos } from "../tile/videos.ts";
import type { Session } from "../view_models/phase.ts";

type Listener = <K extends keyof CallEvents>(event: K, payload: CallEvents[K]) => void;

/** After these something else is to be shown. */
export const changes = [
  "participant-left",
  "participant-joined",
  "participant-changed",
  "self-changed",
  "devices-changed",
  "waiting-changed",
  "settings-changed",
  "place-changed",
  "state",
] as const;

const events: readonly (keyof CallEvents)[] = [...changes, "message", "chat", "notice", "error"];

/** The host's call: opens one after the other, and passes the events of the present one on. */
export class SessionController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #listener: Listener;
  #session: Session = { status: "none" };
  /** What the person pressed while the call was still being opened. */
  #joinAs: { name: string; credentials: Credentials } | undefined;

  constructor(host: ReactiveControllerHost, listener: Listener) {
    this.#host = host;
    this.#listener = listener;
    host.addController(this);
  }

  get session(): Session {
    return this.#session;
  }

  get call(): Call | undefined {
    return this.#session.status === "open" ? this.#session.call : undefined;
  }

  /** Whether join was pressed and the room not yet entered. */
  get joining(): boolean {
    return this.#joinAs !== undefined || this.call?.state === "joining";
  }

  /** Leaves the present call, if there is one, and opens another. */
  async open(options: OpenOptions): Promise<void> {
    this.close();
    const opening: Session = { status: "opening" };
    this.#show(opening);
    try {
      const call = await Parley.open(options);
      if (this.#session === opening) this.#take(call);
      else call.leave();
    } catch (error) {
      if (this.#session === opening && error instanceof ParleyError) {
        this.#joinAs = undefined;
        this.#show({ status: "refused", error });
        this.#listener("error", error);
      }
    }
  }

  join(name: string, credentials: Credentials): void {
    if (this.call) this.call.join(name, credentials);
    else this.#joinAs = { name, credentials };
    this.#host.requestUpdate();
  }

  close(): void {
    const call = this.call;
    this.#joinAs = undefined;
    this.#session = { status: "none" };
    call?.leave();
  }

  hostConnected(): void {}

  #take(call: Call): void {
    this.#show({ status: "open", call });
    prepareVideos(call);
    for (const event of events) {
      call.on(event, (payload) => {
        // A call that was left may still report its end; it is no longer shown.
        if (this.call !== call) return;
        this.#listener(event, payload);
        this.#host.requestUpdate();
      });
    }
    const wanted = this.#joinAs;
    this.#joinAs = undefined;
    if (wanted) call.join(wanted.name, wanted.credentials);
  }

  #show(session: Session): void {
    this.#session = session;
    this.#host.requestUpdate();
  }
}
