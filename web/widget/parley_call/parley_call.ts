import { html, LitElement, type PropertyValues } from "lit";
import type { Call } from "../../sdk/call.ts";
import { ParleyError } from "../../sdk/errors.ts";
import type { DeviceKind } from "../../sdk/media/devices.ts";
import { home, Parley } from "../../sdk/parley.ts";
import { Drawing } from "../controllers/drawing.ts";
import { isReturn, PageLife } from "../controllers/page_life.ts";
import { SessionController } from "../controllers/session.ts";
import type { DeviceChoice } from "../devices/devices.ts";
import "../door/door.ts";
import "../outcome/outcome.ts";
import "../prejoin/prejoin.ts";
import "../room/room.ts";
import { devicesInUse, rememberDevice, rememberedDevices } from "../shared/device_choice.ts";
import { askAgain, toggle } from "../shared/devices_wanted.ts";
import { download } from "../shared/download.ts";
import { define, styles } from "../shared/element.ts";
import { chooseLanguage } from "../shared/languages.ts";
import { english, loadTranslate, type Translate } from "../shared/localizer.ts";
import { recall, remember } from "../shared/memory.ts";
import type { LayoutWish } from "../view_models/layout.ts";
import { type Phase, phaseOf } from "../view_models/phase.ts";
import { stillMissing, type Trouble, withError } from "../view_models/trouble.ts";
import { type PublicEvents, publish } from "./events.ts";
import css from "./parley_call.css";

/**
 * A video call, from the preview to the end.
 *
 * @attr room 1 to 64 of A-Z a-z 0-9 - _
 * @attr server URL of the Parley server; default: where the script came from
 * @attr name the person's name; default: the one given last time
 * @attr token for servers that let only those in who have one
 * @attr autojoin join without showing the preview first
 * @attr {on|off} audio whether to begin with the microphone; default on
 * @attr {on|off} video whether to begin with the camera; default on
 * @attr {auto|p2p|sfu|mcu} topology how media travels; default auto, and at present always p2p
 * @attr {auto|grid|spotlight} layout how the others are shown; default auto
 * @attr lang language (BCP 47); default the page's, then the browser's
 * @attr {auto|light|dark} theme default: as the system is set
 * @attr debug lets call.simulate(…) make failures happen
 * @attr state (read only) idle | joining | waiting | connecting | connected | reconnecting |
 *     failed | ended
 *
 * @fires parley-state ({ state, previous, problem })
 * @fires parley-participant-joined (Participant)
 * @fires parley-participant-left (Participant)
 * @fires parley-message ({ from, data })
 * @fires parley-notice ({ from, text }), from whoever runs the server
 * @fires parley-error (ParleyError)
 *
 * @csspart room, stage, controls, prejoin, preview, door, outcome: see the elements of these names
 * @cssprop --parley-accent, --parley-accent-ink, --parley-background, --parley-surface,
 *     --parley-ink, --parley-radius, --parley-font
 * @slot after the page's own links, when the call is over
 */
export class ParleyCall extends LitElement {
  static override styles = styles(css);
  static override properties = {
    room: {},
    server: {},
    name: {},
    token: {},
    autojoin: { type: Boolean },
    debug: { type: Boolean },
    audio: {},
    video: {},
    topology: {},
    layout: {},
    lang: {},
    theme: { reflect: true },
    t: { state: true },
    trouble: { state: true },
    speaker: { state: true },
  };

  declare room: string;
  declare server: string | undefined;
  declare name: string | undefined;
  declare token: string | undefined;
  declare autojoin: boolean;
  declare debug: boolean;
  declare audio: string;
  declare video: string;
  declare topology: string;
  declare layout: LayoutWish;
  declare theme: string | undefined;
  declare private t: Translate;
  /** What kept camera or microphone away, until they are there. */
  declare private trouble: Trouble;
  /** Name of the loudspeaker that the person chose, there or not. */
  declare private speaker: string | undefined;
  readonly #session = new SessionController(this, (event, payload) => this.#on(event, payload));
  readonly #drawing = new Drawing(() => this.call);
  /** What the person gave last. */
  #password: string | undefined;

  constructor() {
    super();
    new PageLife(this, () => this.#phase, this.#reopen);
    this.room = this.lang = "";
    this.autojoin = this.debug = false;
    this.audio = this.video = "on";
    this.topology = this.layout = "auto";
    this.t = english;
    this.trouble = [];
    this.speaker = recall("speaker");
  }

  /** The call, once its core is loaded. */
  get call(): Call | undefined {
    return this.#session.call;
  }

  /** Enters the room, with its `password` if it has one; before the preview is ready it waits for that. */
  join(name = this.name ?? recall("name") ?? "", password = this.#password): void {
    this.#password = password;
    if (this.#phase === "ended" || this.#phase === "failed") this.#open();
    this.#session.join(name, { password, token: this.token });
  }

  leave(): void {
    this.call?.leave();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    Parley.preload();
    // Moved within the page, not new to it: the call goes on.
    if (this.hasUpdated && this.#session.session.status === "none") this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // An element that is moved is taken out and put back in one go.
    queueMicrotask(() => {
      if (!this.isConnected) this.#session.close();
    });
  }

  protected override async scheduleUpdate(): Promise<void> {
    await this.#drawing.turn();
    await super.scheduleUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("lang")) void this.#speak();
    if (changed.has("room") || changed.has("server")) this.#open();
  }

  protected override updated(): void {
    this.setAttribute("state", this.call?.state ?? "idle");
  }

  protected override render() {
    const screens: Record<Phase, () => unknown> = {
      prejoin: () => this.#prejoin(),
      door: () =>
        html`<parley-door
          .t=${this.t}
          .place=${this.call?.place}
          @leave=${() => this.leave()}
        ></parley-door>`,
      call: () => this.#call(),
      ended: () => this.#outcome(),
      failed: () => this.#outcome(),
    };
    return html`<div class="screen">${screens[this.#phase]()}</div>`;
  }

  get #phase(): Phase {
    return phaseOf(this.#session.session);
  }

  get #link(): string {
    const server = new URL(this.server ?? "", home);
    return new URL(`r/${this.room}`, server).href;
  }

  get #chosen(): Partial<Record<DeviceKind, string>> {
    return devicesInUse(this.call, this.speaker);
  }

  #prejoin() {
    const { call } = this;
    return html`<parley-prejoin
      .t=${this.t}
      .room=${this.room}
      .name=${this.name ?? recall("name") ?? ""}
      .self=${call?.self}
      .problem=${call?.problem}
      .trouble=${this.trouble}
      .devices=${call?.devices}
      .joining=${this.#session.joining}
      .chosen=${this.#chosen}
      @join=${({ detail }: CustomEvent<string>) => this.#joinAs(detail)}
      @toggle=${({ detail }: CustomEvent<"audio" | "camera">) => toggle(this.call, detail)}
      @retry=${() => this.#askAgain()}
      @device=${({ detail }: CustomEvent<DeviceChoice>) => this.#useDevice(detail)}
    ></parley-prejoin>`;
  }

  #call() {
    return html`<parley-room
      .call=${this.call}
      .t=${this.t}
      .lang=${this.lang}
      .link=${this.#link}
      .wish=${this.layout}
      .chosen=${this.#chosen}
      .trouble=${this.trouble}
      @device=${({ detail }: CustomEvent<DeviceChoice>) => this.#useDevice(detail)}
    ></parley-room>`;
  }

  #outcome() {
    const { session } = this.#session;
    const problem = session.status === "refused" ? session.error.code : this.call?.problem;
    const failed = this.#phase === "failed";
    return html`<parley-outcome
      .t=${this.t}
      .problem=${problem ?? (failed ? "server-unreachable" : undefined)}
      .reportable=${failed && this.call !== undefined}
      @again=${() => this.join()}
      @password=${({ detail }: CustomEvent<string>) => this.join(undefined, detail)}
      @report=${() => this.#saveReport()}
    >
      <slot name="after" slot="more"></slot>
    </parley-outcome>`;
  }

  #open(): void {
    this.trouble = [];
    if (!this.room) return this.#session.close();
    void this.#session
      .open({
        room: this.room,
        ...(this.server && { server: this.server }),
        debug: this.debug,
        audio: this.audio !== "off",
        video: this.video !== "off",
        devices: rememberedDevices(),
      })
      .then(() => this.#comeBack());
    if (this.autojoin) this.join();
  }

  /** After a reload in the middle of a call, or "Back": straight in, as the same participant. */
  #comeBack(): void {
    if (this.call?.resumes && isReturn() && !this.#session.joining) this.join();
  }

  /** Out of the back/forward cache: where one was, in a call as the same participant. */
  readonly #reopen = (before: Phase): void => {
    const wasIn = before === "call" || before === "door";
    if (before === "prejoin" || wasIn) this.#open();
    if (wasIn) this.join();
  };

  #joinAs(name: string): void {
    this.join(name);
    remember("name", name);
  }

  #askAgain(): void {
    this.trouble = [];
    askAgain(this.call, { audio: this.audio !== "off", camera: this.video !== "off" });
  }

  #useDevice(choice: DeviceChoice): void {
    const label = rememberDevice(this.call, choice);
    const { kind, id } = choice;
    if (kind === "speaker") this.speaker = label;
    // One that does not work is reported as an error of the call.
    else this.call?.useDevice(kind, id).catch(() => this.requestUpdate());
  }

  #saveReport(): void {
    if (this.call) download(this.call.journal(), `parley-${this.room}.jsonl`);
  }

  readonly #on = <K extends keyof PublicEvents>(event: K, payload: PublicEvents[K]): void => {
    if (payload instanceof ParleyError) this.trouble = withError(this.trouble, payload);
    if (this.call) this.trouble = stillMissing(this.trouble, this.call.self.media);
    publish(this, event, payload);
  };

  async #speak(): Promise<void> {
    const wanted = [this.lang, document.documentElement.lang, ...navigator.languages];
    this.t = await loadTranslate(chooseLanguage(wanted), home);
  }
}

define("parley-call", ParleyCall);

declare global {
  interface HTMLElementTagNameMap {
    "parley-call": ParleyCall;
  }
}
