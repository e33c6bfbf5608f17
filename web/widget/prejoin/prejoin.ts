import { html, LitElement, nothing } from "lit";
import type { Problem } from "../../sdk/core_types.ts";
import type { Self } from "../../sdk/participants.ts";
import type { DeviceKind, Devices } from "../../sdk/media/devices.ts";
import "../devices/devices.ts";
import { define, emit, find, styles } from "../shared/element.ts";
import * as icons from "../shared/icons.ts";
import { english, type Key, type Translate } from "../shared/localizer.ts";
import { headline } from "../view_models/notices.ts";
import { joinHint, previewText } from "../view_models/prejoin.ts";
import { sentenceOf } from "../view_models/problems.ts";
import { byKind, type Trouble } from "../view_models/trouble.ts";
import css from "./prejoin.css";

/**
 * Before the call: one's own picture, what to join with, one's name.
 *
 * @property self as the call has it; undefined while it is being opened
 * @property problem what is being mended, for instance the way to the server
 * @property trouble why there is no camera or microphone
 * @property devices what there is to choose from
 * @property chosen deviceIds in use
 * @property joining whether join was pressed
 * @fires join (string: the name)
 * @fires toggle ("audio" | "camera") switch it on or off
 * @fires retry ask the browser for camera and microphone again
 * @fires device (from the pickers)
 */
export class ParleyPrejoin extends LitElement {
  static override styles = styles(css);
  static override properties = {
    t: { attribute: false },
    room: { attribute: false },
    name: { attribute: false },
    self: { attribute: false },
    problem: { attribute: false },
    trouble: { attribute: false },
    joining: { attribute: false },
    devices: { attribute: false },
    chosen: { attribute: false },
  };

  declare t: Translate;
  declare room: string;
  declare name: string;
  declare self: Self | undefined;
  declare problem: Problem | undefined;
  declare trouble: Trouble;
  declare joining: boolean;
  declare devices: Devices | undefined;
  declare chosen: Partial<Record<DeviceKind, string>>;

  constructor() {
    super();
    this.t = english;
    this.room = this.name = "";
    this.joining = false;
    this.chosen = {};
    this.trouble = [];
  }

  protected override updated(): void {
    const stream = this.self?.stream;
    const video = find(this, "video");
    if (video && stream && video.srcObject !== stream) video.srcObject = stream;
  }

  protected override render() {
    return html`<div class="prejoin" part="prejoin">
      ${this.#preview()} ${this.#form()}
      <parley-devices
        .t=${this.t}
        .stream=${this.self?.stream}
        .devices=${this.devices}
        .chosen=${this.chosen}
      ></parley-devices>
    </div>`;
  }

  #preview() {
    const media = this.self?.media ?? { audio: "none", camera: "none", screen: "none" };
    const text = previewText(media, this.self?.asking ?? false, this.self?.interrupted);
    return html`<section class="look" aria-label=${this.t("camera")}>
      <div class="preview" part="preview">
        <video
          .muted=${true}
          autoplay
          playsinline
          aria-hidden="true"
          class=${text ? "unseen" : ""}
        ></video>
        ${text ? html`<p class="text">${this.t(text)}</p>` : nothing}
        <div class="toggles">
          ${this.#toggle("audio", media.audio === "on", "action-microphone")}
          ${this.#toggle("camera", media.camera === "on", "action-camera")}
        </div>
      </div>
      ${byKind(this.trouble).map((errors) => this.#problem(errors))}
    </section>`;
  }

  #toggle(medium: "audio" | "camera", on: boolean, name: Key) {
    const shown = medium === "audio" ? icons.microphone : icons.camera;
    const struck = medium === "audio" ? icons.microphoneOff : icons.cameraOff;
    const known = this.self !== undefined && !this.self.asking;
    return html`<button
      class="round ${on || !known ? "" : "off"}"
      part=${medium === "audio" ? "microphone" : "camera"}
      aria-label=${this.t(name)}
      title=${this.t(name)}
      aria-pressed=${on}
      ?disabled=${!known}
      @click=${() => emit(this, "toggle", medium)}
    >
      ${on || !known ? shown : struck}
    </button>`;
  }

  #problem(errors: Trouble) {
    return html`<div class="problem" role="alert" part="problem">
      ${icons.warning}
      <div>
        <strong>${headline(errors, "", this.t)}</strong>
        <p>${errors[0] ? this.t(sentenceOf(errors[0].code)) : nothing}</p>
        <button class="button" part="retry" @click=${() => emit(this, "retry")}>
          ${this.t("try-again")}
        </button>
      </div>
    </div>`;
  }

  #form() {
    const submit = (event: Event) => {
      event.preventDefault();
      emit(this, "join", find(this, "input")?.value ?? "");
    };
    return html`<form @submit=${submit}>
      <h1>${this.t("prejoin-title")}</h1>
      <p class="room"><span>${this.t("prejoin-room")}</span> ${this.room}</p>
      <label>
        <span class="caption">${this.t("your-name")}</span>
        <input
          class="field"
          part="name"
          name="name"
          autocomplete="name"
          maxlength="60"
          enterkeyhint="go"
          placeholder=${this.t("name-placeholder")}
          .value=${this.name}
        />
      </label>
      <button class="button primary" part="join" ?disabled=${this.joining}>
        ${this.t(this.joining ? "joining" : "join")}
      </button>
      <p class="hint" role="status">${this.t(joinHint(this.self, this.problem))}</p>
    </form>`;
  }
}

define("parley-prejoin", ParleyPrejoin);
