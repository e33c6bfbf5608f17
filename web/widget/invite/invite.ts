import { html, LitElement } from "lit";
import { define, emit, styles } from "../shared/element.ts";
import * as icons from "../shared/icons.ts";
import { english, type Translate } from "../shared/localizer.ts";
import css from "./invite.css";

/**
 * Shown to who is alone: the link for the others.
 *
 * @property link
 * @fires copy
 */
export class ParleyInvite extends LitElement {
  static override styles = styles(css);
  static override properties = { t: { attribute: false }, link: { attribute: false } };

  declare t: Translate;
  declare link: string;

  constructor() {
    super();
    this.t = english;
    this.link = "";
  }

  protected override render() {
    const { t } = this;
    return html`<section part="invite">
      <h2>${t("alone")}</h2>
      <p>${t("alone-hint")}</p>
      <div class="link">
        <input
          class="field"
          readonly
          aria-label=${t("link")}
          .value=${this.link}
          @focus=${({ target }: Event) => (target as HTMLInputElement).select()}
        />
        <button class="button primary" part="copy-link" @click=${() => emit(this, "copy")}>
          ${icons.copy} ${t("copy")}
        </button>
      </div>
    </section>`;
  }
}

define("parley-invite", ParleyInvite);
