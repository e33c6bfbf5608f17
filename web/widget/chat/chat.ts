import { html, LitElement } from "lit";
import { define, emit, find, styles } from "../shared/element.ts";
import * as icons from "../shared/icons.ts";
import { english, type Translate } from "../shared/localizer.ts";
import { panelHeader } from "../shared/panel_header.ts";
import side from "../shared/side.css";
import type { ChatLine } from "../view_models/chat_log.ts";
import css from "./chat.css";

/**
 * The chat beside a call.
 *
 * @property lines what was written so far
 * @fires say (string) the person sent a line
 * @fires close
 */
export class ParleyChat extends LitElement {
  static override styles = styles(side + css);
  static override properties = {
    t: { attribute: false },
    lang: { attribute: false },
    lines: { attribute: false },
  };

  declare t: Translate;
  declare lines: readonly ChatLine[];

  constructor() {
    super();
    this.t = english;
    this.lines = [];
  }

  override focus(): void {
    find(this, "input")?.focus();
  }

  protected override firstUpdated(): void {
    this.focus();
  }

  protected override updated(): void {
    const log = find(this, ".log");
    log?.scrollTo({ top: log.scrollHeight });
  }

  protected override render() {
    const { t } = this;
    return html`<section aria-label=${t("chat")} part="chat">
      ${panelHeader(t("chat"), t("close"), () => emit(this, "close"))}
      <div class="log" role="log" tabindex="0" aria-label=${t("chat")}>
        <p class="hint">${t("chat-empty")}</p>
        ${this.lines.map((line) => this.#line(line))}
      </div>
      <form @submit=${this.#submit}>
        <input
          class="field"
          part="chat-input"
          aria-label=${t("chat-placeholder")}
          placeholder=${t("chat-placeholder")}
          autocomplete="off"
          maxlength="4000"
          enterkeyhint="send"
        />
        <button class="round send" aria-label=${t("send")} title=${t("send")}>${icons.send}</button>
      </form>
    </section>`;
  }

  #line({ from, name, text, at }: ChatLine) {
    const time = at.toLocaleTimeString(this.lang || undefined, { timeStyle: "short" });
    return html`<article class=${from ? "" : "own"}>
      <div class="who">${name} <time>${time}</time></div>
      <p>${text}</p>
    </article>`;
  }

  #submit(event: Event): void {
    event.preventDefault();
    const input = find(this, "input");
    const text = input?.value.trim();
    if (!input || !text) return;
    input.value = "";
    emit(this, "say", text);
  }
}

define("parley-chat", ParleyChat);
