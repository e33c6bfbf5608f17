import { html, LitElement, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { Size } from "../controllers/size.ts";
import { define, emit, styles } from "../shared/element.ts";
import { english, type Translate } from "../shared/localizer.ts";
import type { ParleyTile } from "../tile/tile.ts";
import "../tile/tile.ts";
import { arrange } from "../view_models/grid.ts";
import { layOut, type Layout, type LayoutWish } from "../view_models/layout.ts";
import type { Tile } from "../view_models/tiles.ts";
import css from "./stage.css";

/** Space between tiles in CSS pixels; the style sheet reads it from here. */
const gap_px = 10;

/**
 * Everyone's tiles: a grid, or one large with the others beside it. All tiles are children of one
 * list in one order, whatever the layout: to move a playing video in the DOM would stop it.
 *
 * @property tiles whom to show
 * @property wish layout wanted by the page
 * @property speaking keys of those who speak
 * @property lastSpeaker key of who spoke last
 * @property speaker deviceId of the loudspeaker
 * @fires blocked (from a tile) the browser plays no sound yet
 */
export class ParleyStage extends LitElement {
  static override styles = styles(css);
  static override properties = {
    tiles: { attribute: false },
    t: { attribute: false },
    wish: { attribute: false },
    speaking: { attribute: false },
    lastSpeaker: { attribute: false },
    speaker: { attribute: false },
    pinned: { state: true },
  };

  declare tiles: Tile[];
  declare t: Translate;
  declare wish: LayoutWish;
  declare speaking: ReadonlySet<string>;
  declare lastSpeaker: string | undefined;
  declare speaker: string;
  declare private pinned: string | undefined;
  readonly #size = new Size(this);

  constructor() {
    super();
    this.tiles = [];
    this.t = english;
    this.wish = "auto";
    this.speaking = new Set();
    this.speaker = "";
  }

  /** Plays everyone, in answer to a click. */
  play(): void {
    for (const tile of this.#elements) void tile.play();
  }

  /** Puts the largest picture into a window of its own, or back. */
  async togglePictureInPicture(): Promise<void> {
    if (document.pictureInPictureElement) return document.exitPictureInPicture();
    const pictures = this.#elements.filter(({ tile }) => tile.picture);
    const one =
      pictures.find(({ tile }) => tile.key === this.lastSpeaker) ??
      pictures.find(({ tile }) => !tile.self) ??
      pictures[0];
    await one?.video?.requestPictureInPicture();
  }

  get #elements(): ParleyTile[] {
    return [...this.renderRoot.querySelectorAll("parley-tile")];
  }

  protected override render() {
    const layout = layOut(this.tiles, this.wish, this.lastSpeaker, this.pinned);
    return html`<div
      class="stage ${layout.kind}"
      style="--gap: ${gap_px}px; ${this.#sizes(layout)}"
      part="stage"
    >
      ${repeat(
        this.tiles,
        ({ key }) => key,
        (tile) => this.#tile(tile, layout),
      )}
    </div>`;
  }

  #sizes(layout: Layout): string {
    if (layout.kind === "spotlight") return `--strip: ${layout.strip.length}`;
    if (layout.kind === "pair") return "";
    const count = layout.tiles.length;
    const { width, height } = arrange(count, this.#size.width, this.#size.height, gap_px);
    return `--width: ${width}px; --height: ${height}px`;
  }

  #tile(tile: Tile, layout: Layout) {
    const large = layout.kind === "grid" || layout.main === tile;
    const canPin = this.tiles.length > 2 || (this.tiles.length > 1 && this.wish === "grid");
    const pin = () => (this.pinned = this.pinned === tile.key ? undefined : tile.key);
    const name = tile.name || this.t(tile.self ? "you" : "guest");
    return html`<div class="place ${large ? "large" : "small"}">
      <parley-tile
        .tile=${tile}
        .t=${this.t}
        .speaking=${this.speaking.has(tile.key) && tile.microphone === "on"}
        .small=${!large}
        .speaker=${this.speaker}
        @blocked=${() => emit(this, "blocked")}
      ></parley-tile>
      ${
        canPin
          ? html`<button
              class="pin"
              @click=${pin}
              aria-pressed=${this.pinned === tile.key}
              aria-label=${this.t(this.pinned === tile.key ? "unpin" : "pin", { name })}
            ></button>`
          : nothing
      }
    </div>`;
  }
}

define("parley-stage", ParleyStage);

declare global {
  interface HTMLElementTagNameMap {
    "parley-stage": ParleyStage;
  }
}
