import { html, type TemplateResult } from "lit";
import * as icons from "./icons.ts";

/** The line at the top of a panel: what it is about, and the button that closes it. */
export function panelHeader(heading: string, close: string, onClose: () => void): TemplateResult {
  return html`<header>
    <h2 tabindex="-1">${heading}</h2>
    <button class="round" aria-label=${close} title=${close} @click=${onClose}>
      ${icons.close}
    </button>
  </header>`;
}
