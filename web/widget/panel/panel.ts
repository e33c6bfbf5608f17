import { html, LitElement } from "lit";
import { define, emit, find, styles } from "../shared/element.ts";
import * as icons from "../shared/icons.ts";
import { english, type Translate } from "../shared/localizer.ts";
import css from "./panel.css";

/**
 * A dialog over the call; in the document it is open.
 *
 * @property heading
 * @fires close
 * @slot - what the dialog is about
 */
export class ParleyPanel extends LitElement {
  static override styles = styles(css);
  static override properties = { t: { attribute: false }, heading: { attribute: false } };

  declare t: Translate;
  declare heading: string;

  constructor() {
    super();
    this.t = english;
    this.heading = "";
  }

  protected override firstUpdated(): void {
    find(this, "dialog")?.showModal();
  }

  protected override render() {
    const close = this.t("close");
    return html`<dialog
      closedby="any"
      aria-label=${this.heading}
      part="panel"
      @close=${() => emit(this, "close")}
    >
      <div class="content">
        <header>
          <h2>${this.heading}</h2>
          <button
            class="round"
            aria-label=${close}
            title=${close}
            @click=${() => find(this, "dialog")?.close()}
          >
            ${icons.close}
          </button>
        </header>
        <slot></slot>
      </div>
    </dialog>`;
  }
}

define("parley-panel", ParleyPanel);
