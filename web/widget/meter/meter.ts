import { html, LitElement } from "lit";
import { LevelMeter } from "../controllers/level_meter.ts";
import { define, styles } from "../shared/element.ts";
import css from "./meter.css";

/** Often enough to follow speech. A transition in between would lay the page out at every frame. */
const interval_ms = 60;

/** Loudness that fills the bar: a voice near the microphone. */
const full = 0.25;

/**
 * A bar that follows the loudness of one's own microphone.
 *
 * @property stream whose microphone to show
 */
export class ParleyMeter extends LitElement {
  static override styles = styles(css);
  static override properties = {
    stream: { attribute: false },
    label: { attribute: false },
    level: { state: true },
  };

  declare stream: MediaStream | undefined;
  declare label: string;
  declare private level: number;
  readonly #meter = new LevelMeter();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.level = 0;
    this.label = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => {
      const loudness = this.stream ? this.#meter.level(this.stream) : 0;
      // The square root spreads quiet sounds, as ears do.
      this.level = Math.min(1, Math.sqrt(loudness / full));
    }, interval_ms);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    this.#meter.close();
  }

  protected override render() {
    const percent = Math.round(this.level * 100);
    return html`<div
      role="meter"
      aria-label=${this.label}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${percent}
    >
      <div class="bar" style="scale: ${this.level} 1"></div>
    </div>`;
  }
}

define("parley-meter", ParleyMeter);
