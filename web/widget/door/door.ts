import { html, LitElement } from "lit";
import css from "../outcome/outcome.css";
import { define, emit, find, styles } from "../shared/element.ts";
import * as icons from "../shared/icons.ts";
import { english, type Translate } from "../shared/localizer.ts";

/**
 * Shown to who waits to be let in.
 *
 * @property place in the queue, from 1
 * @fires leave the person waits no longer
 */
export class ParleyDoor extends LitElement {
  static override styles = styles(css);
  static override properties = { t: { attribute: false }, place: { attribute: false } };

  declare t: Translate;
  declare place: number;

  constructor() {
    super();
    this.t = english;
    this.place = 1;
  }

  protected override firstUpdated(): void {
    find(this, "h1")?.focus();
  }

  protected override render() {
    const { place, t } = this;
    return html`<div class="outcome" part="door">
      <div class="sign">${icons.people}</div>
      <h1 tabindex="-1">${t("at-the-door")}</h1>
      <p role="status">${place > 1 ? t("place", { count: place - 1 }) : t("place-first")}</p>
      <div class="actions">
        <button class="button" part="leave" @click=${() => emit(this, "leave")}>
          ${t("action-leave")}
        </button>
      </div>
    </div>`;
  }
}

define("parley-door", ParleyDoor);
