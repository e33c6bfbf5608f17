import { html, LitElement, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Visitor } from "../../sdk/hosting.ts";
import { define, emit, styles } from "../shared/element.ts";
import { english, type Translate } from "../shared/localizer.ts";
import css from "./queue.css";

/**
 * Who waits to be let in, longest there first; for hosts.
 *
 * @property waiting at least one
 * @fires admit (id or "all")
 * @fires refuse (id)
 */
export class ParleyQueue extends LitElement {
  static override styles = styles(css);
  static override properties = { t: { attribute: false }, waiting: { attribute: false } };

  declare t: Translate;
  declare waiting: readonly Visitor[];

  constructor() {
    super();
    this.t = english;
    this.waiting = [];
  }

  protected override render() {
    const { t, waiting } = this;
    return html`<section aria-label=${t("queue")} aria-live="polite" part="queue">
      <header>
        <h2>${t("queue")}</h2>
        ${
          waiting.length > 1
            ? html`<button class="button" part="admit-all" @click=${() => this.#admit("all")}>
                ${t("admit-all")}
              </button>`
            : nothing
        }
      </header>
      <ol>
        ${repeat(
          waiting,
          ({ id }) => id,
          (visitor) => this.#visitor(visitor),
        )}
      </ol>
    </section>`;
  }

  #visitor({ id, name: given }: Visitor) {
    const name = given || this.t("guest");
    const label = (what: "admit" | "refuse") => `${this.t(what)}: ${name}`;
    return html`<li>
      <span>${name}</span>
      <button
        class="button"
        part="refuse"
        aria-label=${label("refuse")}
        @click=${() => emit(this, "refuse", id)}
      >
        ${this.t("refuse")}
      </button>
      <button
        class="button primary"
        part="admit"
        aria-label=${label("admit")}
        @click=${() => this.#admit(id)}
      >
        ${this.t("admit")}
      </button>
    </li>`;
  }

  #admit(who: string): void {
    emit(this, "admit", who);
  }
}

define("parley-queue", ParleyQueue);
