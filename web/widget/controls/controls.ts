import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { Media } from "../../sdk/core_types.ts";
import { define, emit, styles } from "../shared/element.ts";
import * as icons from "../shared/icons.ts";
import { english, type Key, type Translate } from "../shared/localizer.ts";
import { type Action, shortcuts, type Side } from "../view_models/actions.ts";
import css from "./controls.css";

const menu_icons: Partial<Readonly<Record<Action, TemplateResult>>> = {
  "copy-link": icons.link,
  "full-screen": icons.fullScreen,
  "picture-in-picture": icons.pictureInPicture,
  devices: icons.sliders,
  help: icons.keyboard,
};

/**
 * The bar of buttons below a call.
 *
 * @property media what the person sends
 * @property offered actions that this browser and page allow
 * @property unread lines of chat not seen yet
 * @property waiting how many wait to be let in
 * @property side what is shown beside the call
 * @fires action (Action)
 */
export class ParleyControls extends LitElement {
  static override styles = styles(css);
  static override properties = {
    t: { attribute: false },
    media: { attribute: false },
    offered: { attribute: false },
    unread: { attribute: false },
    waiting: { attribute: false },
    side: { attribute: false },
    menu: { state: true },
  };

  declare t: Translate;
  declare media: Media;
  declare offered: ReadonlySet<Action>;
  declare unread: number;
  declare waiting: number;
  declare side: Side;
  declare private menu: "open" | "closed";

  constructor() {
    super();
    this.t = english;
    this.offered = new Set();
    this.unread = this.waiting = 0;
    this.side = "none";
    this.menu = "closed";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("pointerdown", this.#onPointer);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("pointerdown", this.#onPointer);
  }

  protected override render() {
    const { audio, camera, screen } = this.media;
    return html`<div class="bar" role="toolbar" aria-label=${this.t("controls")} part="controls">
      ${this.#switch("microphone", audio === "on", icons.microphone, icons.microphoneOff)}
      ${this.#switch("camera", camera === "on", icons.camera, icons.cameraOff)}
      ${this.#toggle("screen", screen === "on", icons.screen)}
      ${this.#toggle("chat", this.side === "chat", icons.chat, this.unread, "chat-unread")}
      ${this.#toggle("people", this.side === "people", icons.people, this.waiting, "waiting")}
      ${this.#more()} ${this.#leave()}
    </div>`;
  }

  /** Microphone and camera: off is what stands out. */
  #switch(action: "microphone" | "camera", on: boolean, shown: unknown, struck: unknown) {
    return this.#button(action, on ? "" : "off", on, on ? shown : struck);
  }

  /**
   * Screen and what is beside the call: on is what stands out.
   *
   * @param count of what is new there
   * @param counted the sentence that says so
   */
  #toggle(action: "screen" | Side, on: boolean, icon: unknown, count = 0, counted?: Key) {
    if (action === "none" || !this.offered.has(action)) return nothing;
    const name = this.t(`action-${action}`);
    if (!count || !counted) return this.#button(action, on ? "active" : "", on, icon);
    const badge = html`<span class="badge" aria-hidden="true">${count}</span>`;
    const said = `${name}. ${this.t(counted, { count })}`;
    return this.#button(action, on ? "active" : "", on, html`${icon} ${badge}`, said);
  }

  /** @param said the button's name for who does not see it */
  #button(action: Action, style: string, pressed: boolean, content: unknown, said?: string) {
    const name = this.t(`action-${action}`);
    const key = shortcuts.find(([, of]) => of === action)?.[0];
    return html`<button
      class="round ${style}"
      part=${action}
      aria-label=${said ?? name}
      aria-pressed=${pressed}
      aria-keyshortcuts=${key ?? nothing}
      title=${key ? `${name} (${key.toUpperCase()})` : name}
      @click=${() => emit(this, "action", action)}
    >
      ${content}
    </button>`;
  }

  #leave() {
    const name = this.t("action-leave");
    return html`<button
      class="round leave"
      part="leave"
      aria-label=${name}
      title=${name}
      @click=${() => emit(this, "action", "leave")}
    >
      ${icons.leave}
    </button>`;
  }

  #more() {
    const name = this.t("more");
    const open = this.menu === "open";
    return html`<div class="more" @keydown=${this.#onKey}>
      <button
        class="round ${open ? "active" : ""}"
        part="more"
        aria-label=${name}
        title=${name}
        aria-haspopup="true"
        aria-expanded=${open}
        @click=${() => (this.menu = open ? "closed" : "open")}
      >
        ${icons.more}
      </button>
      ${open ? this.#menu() : nothing}
    </div>`;
  }

  #menu() {
    const items = Object.keys(menu_icons) as Action[];
    return html`<div class="menu" part="menu">
      ${items
        .filter((action) => this.offered.has(action))
        .map((action) => {
          const choose = () => {
            this.menu = "closed";
            emit(this, "action", action);
          };
          return html`<button part=${action} @click=${choose}>
            ${menu_icons[action]} ${this.t(`action-${action}`)}
          </button>`;
        })}
    </div>`;
  }

  readonly #onPointer = (event: Event): void => {
    const menu = this.renderRoot.querySelector(".more");
    if (menu && !event.composedPath().includes(menu)) this.menu = "closed";
  };

  #onKey(event: KeyboardEvent): void {
    if (event.key !== "Escape" || this.menu === "closed") return;
    event.stopPropagation();
    this.menu = "closed";
    this.renderRoot.querySelector<HTMLElement>(".more > button")?.focus();
  }
}

define("parley-controls", ParleyControls);
