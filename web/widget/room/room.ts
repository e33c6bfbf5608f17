import { html, LitElement, nothing } from "lit";
import type { Call } from "../../sdk/call.ts";
import { ParleyError } from "../../sdk/errors.ts";
import type { DeviceKind } from "../../sdk/media/devices.ts";
import "../chat/chat.ts";
import "../controls/controls.ts";
import { Drawing } from "../controllers/drawing.ts";
import { changes } from "../controllers/session.ts";
import { Shortcuts } from "../controllers/shortcuts.ts";
import { Speaking } from "../controllers/speaking.ts";
import { WakeLock } from "../controllers/wake_lock.ts";
import "../devices/devices.ts";
import "../invite/invite.ts";
import "../panel/panel.ts";
import "../people/people.ts";
import "../queue/queue.ts";
import { copyText } from "../shared/copy.ts";
import { define, emit, find, styles } from "../shared/element.ts";
import * as icons from "../shared/icons.ts";
import { english, type Translate } from "../shared/localizer.ts";
import "../stage/stage.ts";
import type { Toast } from "../toasts/toasts.ts";
import "../toasts/toasts.ts";
import type { Action, Side } from "../view_models/actions.ts";
import { allRead, type ChatLog, empty_log, withLine } from "../view_models/chat_log.ts";
import type { LayoutWish } from "../view_models/layout.ts";
import { tellOfHosts } from "../controllers/hosts.ts";
import { deviceNotice, hostNotice, noticeOf } from "../view_models/notices.ts";
import { peopleOf } from "../view_models/people.ts";
import { lacksServer, type Trouble } from "../view_models/trouble.ts";
import { tilesOf } from "../view_models/tiles.ts";
import { help } from "./help.ts";
import { offeredActions } from "./surroundings.ts";
import css from "./room.css";

/**
 * A call that one is in: the others, the bar of buttons, the chat, who is there and who waits.
 *
 * @property call
 * @property link for others to come in
 * @property wish layout wanted by the page
 * @property chosen deviceIds in use
 * @property trouble what went wrong before one got in
 * @fires device (from the pickers)
 */
export class ParleyRoom extends LitElement {
  static override styles = styles(css);
  static override properties = {
    call: { attribute: false },
    t: { attribute: false },
    lang: { attribute: false },
    link: { attribute: false },
    wish: { attribute: false },
    chosen: { attribute: false },
    trouble: { attribute: false },
    chat: { state: true },
    side: { state: true },
    panel: { state: true },
    sound: { state: true },
  };

  declare call: Call;
  declare t: Translate;
  declare link: string;
  declare wish: LayoutWish;
  declare chosen: Partial<Record<DeviceKind, string>>;
  declare trouble: Trouble;
  declare private chat: ChatLog;
  declare private side: Side;
  declare private panel: "devices" | "help" | "none";
  declare private sound: "playing" | "blocked";
  readonly #speaking = new Speaking(this, () => this.call);
  readonly #drawing = new Drawing(() => this.call);
  readonly #offered = offeredActions();
  #off: (() => void)[] = [];

  constructor() {
    super();
    this.t = english;
    this.link = "";
    this.wish = "auto";
    this.chosen = {};
    this.trouble = [];
    this.chat = empty_log;
    this.side = this.panel = "none";
    this.sound = "playing";
    new WakeLock(this, () => this.isConnected);
    new Shortcuts(this, this.#offered, (action) => this.#actions[action]());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const off of this.#off.splice(0)) off();
  }

  /** Says something to the person, for a moment. */
  say(text: string, kind: Toast["kind"] = "news"): void {
    find(this, "parley-toasts")?.show(text, kind);
  }

  protected override async scheduleUpdate(): Promise<void> {
    await this.#drawing.turn();
    await super.scheduleUpdate();
  }

  protected override firstUpdated(): void {
    this.#listen(this.call);
    this.say(this.t("you-joined"), "aside");
    for (const error of this.trouble) this.#complain(error);
  }

  protected override render() {
    const { call, t } = this;
    return html`<div class="room ${this.side}" part="room">
      <div class="main">
        <parley-stage
          .t=${t}
          .tiles=${tilesOf(call.self, call.participants)}
          .wish=${this.wish}
          .speaking=${this.#speaking.now}
          .lastSpeaker=${this.#speaking.last}
          .speaker=${this.chosen.speaker ?? ""}
          @blocked=${() => (this.sound = "blocked")}
        ></parley-stage>
        <div class="news">
          ${
            lacksServer(call)
              ? html`<p class="banner" role="status">${t("call-reconnecting")}</p>`
              : nothing
          }
          ${this.side === "people" ? nothing : this.#queue()}
          <parley-toasts></parley-toasts>
        </div>
        ${this.#overlay()}
      </div>
      ${this.#side()}
      <parley-controls
        .t=${t}
        .media=${call.self.media}
        .offered=${this.#offered}
        .unread=${this.chat.unread}
        .waiting=${call.waiting.length}
        .side=${this.side}
        @action=${({ detail }: CustomEvent<Action>) => this.#actions[detail]()}
      ></parley-controls>
      ${this.#panel()}
    </div>`;
  }

  #queue() {
    const { call, t } = this;
    if (call.waiting.length === 0) return nothing;
    return html`<parley-queue
      .t=${t}
      .waiting=${call.waiting}
      @admit=${({ detail }: CustomEvent<string>) => call.admit(detail)}
      @refuse=${({ detail }: CustomEvent<string>) => call.refuse(detail)}
    ></parley-queue>`;
  }

  #side() {
    const { call, side, t } = this;
    if (side === "none") return nothing;
    const close = () => this.#actions[side]();
    if (side === "people") {
      return html`<parley-people
        class="side"
        .t=${t}
        .call=${call}
        .people=${peopleOf(call.self, call.participants)}
        .settings=${call.settings}
        @close=${close}
        >${this.#queue()}</parley-people
      >`;
    }
    return html`<parley-chat
      class="side"
      .t=${t}
      .lang=${this.lang}
      .lines=${this.chat.lines}
      @say=${({ detail }: CustomEvent<string>) => this.#sayInChat(detail)}
      @close=${close}
    ></parley-chat>`;
  }

  #overlay() {
    if (this.sound === "blocked" && this.call.participants.length > 0) {
      const hear = () => {
        this.sound = "playing";
        find(this, "parley-stage")?.play();
      };
      return html`<div class="overlay">
        <button class="button primary" part="hear" @click=${hear}>
          ${icons.speaker} ${this.t("tap-to-hear")}
        </button>
      </div>`;
    }
    // Who waits to be let in needs no invitation, and its place on a small screen.
    if (this.call.state !== "waiting" || this.call.waiting.length > 0) return nothing;
    return html`<div class="overlay">
      <parley-invite .t=${this.t} .link=${this.link} @copy=${() => this.#actions["copy-link"]()}>
      </parley-invite>
    </div>`;
  }

  #panel() {
    if (this.panel === "none") return nothing;
    const { t } = this;
    const content =
      this.panel === "help"
        ? help(t, this.#offered)
        : html`<parley-devices
            .t=${t}
            .stream=${this.call.self.stream}
            .devices=${this.call.devices}
            .chosen=${this.chosen}
            @device=${({ detail }: CustomEvent) => emit(this, "device", detail)}
          ></parley-devices>`;
    return html`<parley-panel
      .t=${t}
      .heading=${t(`action-${this.panel}`)}
      @close=${() => (this.panel = "none")}
    >
      ${content}
    </parley-panel>`;
  }

  readonly #actions: Readonly<Record<Action, () => void>> = {
    microphone: () => this.call.setMuted("audio", this.call.self.media.audio === "on"),
    camera: () => this.call.setMuted("video", this.call.self.media.camera === "on"),
    screen: () => this.call.shareScreen(this.call.self.media.screen !== "on"),
    chat: () => {
      this.#turn("chat");
      this.chat = allRead(this.chat);
    },
    people: () => this.#turn("people"),
    "copy-link": () => {
      void copyText(this.link).then((done) => this.say(done ? this.t("copied") : this.link));
    },
    "full-screen": () => {
      const change = document.fullscreenElement
        ? document.exitFullscreen()
        : this.requestFullscreen();
      change.catch(() => {}); // a frame without the permission: the button does nothing
    },
    "picture-in-picture": () => {
      find(this, "parley-stage")
        ?.togglePictureInPicture()
        .catch(() => {}); // nobody has a picture yet
    },
    devices: () => (this.panel = "devices"),
    help: () => (this.panel = "help"),
    leave: () => this.call.leave(),
  };

  #turn(side: Side): void {
    this.side = this.side === side ? "none" : side;
  }

  #listen(call: Call): void {
    const show = () => this.requestUpdate();
    this.#off = [
      ...changes.map((event) => call.on(event, show)),
      // With the tile, not before it.
      call.on("participant-joined", ({ name }) => {
        void this.updateComplete.then(() => this.say(noticeOf("joined", name, this.t)));
      }),
      call.on("participant-left", ({ name }) => this.say(noticeOf("left", name, this.t))),
      tellOfHosts(call, (what) => this.say(hostNotice(what, (id) => this.#nameOf(id), this.t))),
      call.on("device-replaced", (change) => this.say(deviceNotice(change, this.t))),
      call.on("notice", ({ text }) => this.say(this.t("announced", { text }), "announcement")),
      call.on("error", (error) => this.#complain(error)),
      call.on("chat", ({ from, data }) => this.#heardInChat(from, data)),
    ];
  }

  #complain(error: ParleyError): void {
    this.say(noticeOf(error, this.#nameOf(error.participant), this.t), "problem");
  }

  #nameOf(id: string | undefined): string {
    return this.call.participants.find((one) => one.id === id)?.name || this.t("guest");
  }

  #heardInChat(from: string, text: string): void {
    const name = this.#nameOf(from);
    const open = this.side === "chat";
    this.chat = withLine(this.chat, { from, name, text, at: new Date() }, open);
    if (!open) this.say(this.t("said", { name, text }));
  }

  #sayInChat(text: string): void {
    this.chat = withLine(this.chat, { from: "", name: this.t("you"), text, at: new Date() }, true);
    this.call.sendChat(text).catch((error: unknown) => {
      if (error instanceof ParleyError) this.#complain(error);
    });
  }
}

define("parley-room", ParleyRoom);
