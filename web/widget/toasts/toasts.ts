import { html, LitElement } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { define, styles } from "../shared/element.ts";
import css from "./toasts.css";

/** A short notice. */
export interface Toast {
  id: number;
  text: string;
  /** "aside" is for screen readers only: who looks sees it anyway. */
  kind: "news" | "problem" | "announcement" | "aside";
}

/**
 * Long enough to read two lines; a problem stays longer, and the longest announcement (1,000
 * characters) for as long as a slow reader takes.
 */
const shown_ms = { news: 4_000, problem: 9_000, announcement: 60_000, aside: 4_000 };

/** More would cover the call. */
const most = 3;

/** Short notices that go by themselves; read out by screen readers. */
export class ParleyToasts extends LitElement {
  static override styles = styles(css);
  static override properties = { toasts: { state: true } };

  declare private toasts: readonly Toast[];
  #next = 0;

  constructor() {
    super();
    this.toasts = [];
  }

  show(text: string, kind: Toast["kind"] = "news"): void {
    const id = this.#next++;
    const others = this.toasts.filter((toast) => toast.text !== text);
    this.toasts = [...others, { id, text, kind }].slice(-most);
    setTimeout(() => {
      this.toasts = this.toasts.filter((toast) => toast.id !== id);
    }, shown_ms[kind]);
  }

  protected override render() {
    return html`<div role="status" aria-live="polite" part="toasts">
      ${repeat(
        this.toasts,
        ({ id }) => id,
        ({ text, kind }) =>
          html`<p class=${kind === "aside" ? "visually-hidden" : kind}>${text}</p>`,
      )}
    </div>`;
  }
}

define("parley-toasts", ParleyToasts);

declare global {
  interface HTMLElementTagNameMap {
    "parley-toasts": ParleyToasts;
  }
}
