import { html, LitElement } from "lit";
import { define, emit, find, styles } from "../shared/element.ts";
import { english, type Translate } from "../shared/localizer.ts";
import { panelHeader } from "../shared/panel_header.ts";
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
    return html`<dialog
      closedby="any"
      aria-label=${this.heading}
      part="panel"
      @close=${() => emit(this, "close")}
    >
      <div class="content">
        ${panelHeader(this.heading, this.t("close"), () => find(this, "dialog")?.close())}
        <slot></slot>
      </div>
    </dialog>`;
  }
}

define("parley-panel", ParleyPanel);
