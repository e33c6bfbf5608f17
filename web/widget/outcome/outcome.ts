import { html, LitElement, nothing } from "lit";
import type { ParleyErrorCode } from "../../sdk/errors.ts";
import { define, emit, find, styles } from "../shared/element.ts";
import * as icons from "../shared/icons.ts";
import { english, type Translate } from "../shared/localizer.ts";
import { remedyOf, sentenceOf, titleOf } from "../view_models/problems.ts";
import css from "./outcome.css";

/**
 * What is shown when a call is over: that one left, or what went wrong and what to do.
 *
 * @property problem why it is over; undefined when the person left
 * @fires again the person wants back in
 * @fires password (string) the person wants in with the room's password
 * @fires report the person wants the journal of the call as a file
 * @slot more the page's own links
 */
export class ParleyOutcome extends LitElement {
  static override styles = styles(css);
  static override properties = {
    t: { attribute: false },
    problem: { attribute: false },
    reportable: { attribute: false },
  };

  declare t: Translate;
  declare problem: ParleyErrorCode | undefined;
  declare reportable: boolean;

  constructor() {
    super();
    this.t = english;
    this.reportable = false;
  }

  protected override firstUpdated(): void {
    (find(this, "input") ?? find(this, "h1"))?.focus();
  }

  protected override render() {
    const { problem, t } = this;
    return html`<div class="outcome" part="outcome">
      <div class="sign ${problem ? "failed" : ""}">${problem ? icons.warning : icons.leave}</div>
      <h1 tabindex="-1">${problem ? t(titleOf(problem)) : t("ended")}</h1>
      <p>${problem ? t(sentenceOf(problem)) : t("ended-hint")}</p>
      <div class="actions">
        ${this.#again()}
        <slot name="more"></slot>
      </div>
      ${
        this.reportable
          ? html`<button class="report" @click=${() => emit(this, "report")}>
              ${t("journal")}
            </button>`
          : nothing
      }
    </div>`;
  }

  #again() {
    const remedy = this.problem ? remedyOf(this.problem) : "join-again";
    if (remedy === "none") return nothing;
    if (remedy === "password") return this.#askPassword();
    const text = this.t(remedy === "retry" ? "try-again" : remedy);
    return html`<button class="button primary" part="again" @click=${() => emit(this, "again")}>
      ${text}
    </button>`;
  }

  #askPassword() {
    const submit = (event: Event) => {
      event.preventDefault();
      emit(this, "password", find(this, "input")?.value);
    };
    return html`<form class="actions" @submit=${submit}>
      <input
        class="field"
        part="password"
        type="password"
        name="password"
        required
        autocomplete="off"
        maxlength="40"
        aria-label=${this.t("password")}
        placeholder=${this.t("password")}
      />
      <button class="button primary" part="again">${this.t("join")}</button>
    </form>`;
  }
}

define("parley-outcome", ParleyOutcome);
