import { html, LitElement, nothing } from "lit";
import { hue, initials } from "../view_models/initials.ts";
import type { Tile } from "../view_models/tiles.ts";
import { define, emit, find, styles } from "../shared/element.ts";
import * as icons from "../shared/icons.ts";
import { english, type Translate } from "../shared/localizer.ts";
import css from "./tile.css";
import { show, takeVideo } from "./videos.ts";

/**
 * One person's picture or shared screen, with name, microphone and how they are reached. Plays the
 * person's voice too, unless it is one's own.
 *
 * @property tile what to show
 * @property speaking whether to outline it
 * @property speaker deviceId of the loudspeaker, "" for the default
 * @property small whether it is a small picture beside a large one
 * @fires blocked the browser plays no sound before somebody has touched the page
 */
export class ParleyTile extends LitElement {
  static override styles = styles(css);
  static override properties = {
    tile: { attribute: false },
    t: { attribute: false },
    speaking: { type: Boolean, reflect: true },
    small: { type: Boolean, reflect: true },
    speaker: { attribute: false },
  };

  declare tile: Tile;
  declare t: Translate;
  declare speaking: boolean;
  declare small: boolean;
  declare speaker: string;
  /** The same for good: another one would end a picture-in-picture. */
  #video: HTMLVideoElement | undefined;
  #stream: MediaStream | undefined;

  constructor() {
    super();
    this.t = english;
    this.speaking = this.small = false;
    this.speaker = "";
  }

  get video(): HTMLVideoElement | null {
    return find(this, "video");
  }

  /** Starts playing, or again after the browser had refused. */
  async play(): Promise<void> {
    const { video } = this;
    if (!video) return;
    video.muted = this.tile.self;
    try {
      await video.play();
    } catch (error) {
      // AbortError only says that another stream came in between.
      if ((error as Error).name !== "NotAllowedError") return;
      emit(this, "blocked");
      // Without sound browsers let it play: the picture now, the voice after a click.
      video.muted = true;
      await video.play().catch(() => {});
    }
  }

  protected override updated(): void {
    const { video, tile } = this;
    if (!video) return;
    if (this.#stream !== tile.stream) {
      this.#stream = tile.stream;
      if (tile.stream) {
        show(video, tile.stream);
        void this.play();
      } else {
        video.srcObject = null;
      }
    }
    if (!tile.self && "setSinkId" in video && video.sinkId !== this.speaker) {
      // One that is just being pulled out: the list of devices will say so.
      void video.setSinkId(this.speaker).catch(() => {});
    }
  }

  protected override render() {
    const { tile, t } = this;
    const name = tile.name || t(tile.self ? "you" : "guest");
    const label = this.small && tile.self && !tile.screen ? t("you") : labelOf(tile, name, t);
    return html`
      <div
        class="tile ${tile.self && !tile.screen ? "mirrored" : ""} ${tile.screen ? "whole" : ""}"
        style="--hue: ${hue(tile.participant || tile.name)}"
        role="group"
        aria-label=${label}
        part="tile"
      >
        ${this.#picture()}
        ${
          tile.picture || (this.small && tile.status !== "fine")
            ? nothing
            : html`<div
                class="avatar ${tile.status === "fine" ? "" : "with-status"}"
                aria-hidden="true"
              >
                ${initials(name)}
              </div>`
        }
        ${
          tile.status === "fine"
            ? nothing
            : html`<div class="status" part="status">${t(`status-${tile.status}`)}</div>`
        }
        <div class="name" part="name">
          ${
            tile.microphone === "on" || tile.screen
              ? nothing
              : html`<span class="muted" title=${t("microphone-off")}>
                  ${icons.microphoneOff}<span class="visually-hidden">${t("microphone-off")}</span>
                </span>`
          }
          <span class="text">${label}</span>
        </div>
      </div>
    `;
  }

  #picture(): HTMLVideoElement {
    const { picture, stream } = this.tile;
    const video = (this.#video ??= takeVideo(stream));
    video.hidden = !stream;
    video.className = picture ? "" : "unseen";
    return video;
  }
}

function labelOf(tile: Tile, name: string, t: Translate): string {
  if (tile.screen) return tile.self ? t("your-screen") : t("screen-of", { name });
  return tile.self && tile.name ? t("name-and-you", { name }) : name;
}

define("parley-tile", ParleyTile);

declare global {
  interface HTMLElementTagNameMap {
    "parley-tile": ParleyTile;
  }
}
