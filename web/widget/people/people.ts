import { html, LitElement, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Call } from "../../sdk/call.ts";
import type { Medium } from "../../sdk/core_types.ts";
import type { Door, RoomSettings } from "../../sdk/hosting.ts";
import { define, emit, find, styles } from "../shared/element.ts";
import * as icons from "../shared/icons.ts";
import { english, type Translate } from "../shared/localizer.ts";
import { panelHeader } from "../shared/panel_header.ts";
import side from "../shared/side.css";
import type { Deed, Person } from "../view_models/people.ts";
import css from "./people.css";

const doors: readonly Door[] = ["open", "waiting-room", "locked"];

const deed_icons: Readonly<Record<Deed, TemplateResult>> = {
  "mute-audio": icons.microphoneOff,
  "mute-camera": icons.cameraOff,
  "mute-screen": icons.screen,
  "make-host": icons.star,
  remove: icons.remove,
};

/**
 * Who is in the call, and how others get in. Hosts change both here.
 *
 * @property call carries out what a host asks for
 * @property people
 * @property settings of the room, as far as they are known
 * @fires close
 * @slot - who waits
 */
export class ParleyPeople extends LitElement {
  static override styles = styles(side + css);
  static override properties = {
    t: { attribute: false },
    call: { attribute: false },
    people: { attribute: false },
    settings: { attribute: false },
    asked: { state: true },
  };

  declare t: Translate;
  declare call: Call;
  declare people: readonly Person[];
  declare settings: RoomSettings | undefined;
  /** What waits for a second press: the end of the call, or the removal of this participant. */
  declare private asked: "end" | { remove: string } | undefined;

  constructor() {
    super();
    this.t = english;
    this.people = [];
  }

  protected override firstUpdated(): void {
    find(this, "h2")?.focus();
  }

  protected override render() {
    const { t } = this;
    const name = t("action-people");
    return html`<section aria-label=${name} part="people">
      ${panelHeader(name, t("close"), () => emit(this, "close"))}
      <div class="scroll">
        <slot></slot>
        <ul>
          ${repeat(
            this.people,
            ({ id }) => id,
            (person) => this.#person(person),
          )}
        </ul>
        ${this.#door()}
      </div>
      ${this.call.role === "host" ? this.#forAll() : nothing}
    </section>`;
  }

  #person({ id, name: given, self, role, deeds }: Person) {
    const { t, asked } = this;
    const name = given || t("guest");
    const removing = typeof asked === "object" && asked.remove === id && deeds.length > 0;
    return html`<li>
      <div class="row">
        <span class="name">${self ? t("name-and-you", { name: given || t("you") }) : name}</span>
        ${role === "host" ? html`<span class="role">${t("host")}</span>` : nothing}
        ${deeds.map((deed) => {
          const label = t(`host-${deed}`, { name });
          return html`<button
            class="round"
            part=${deed}
            aria-label=${label}
            title=${label}
            @click=${() => this.#do(deed, id)}
          >
            ${deed_icons[deed]}
          </button>`;
        })}
      </div>
      ${
        removing
          ? this.#ask(t("ask-remove", { name }), [
              ["remove", () => this.call.remove(id)],
              ["ban", () => this.call.remove(id, { ban: true })],
            ])
          : nothing
      }
    </li>`;
  }

  #do(deed: Deed, id: string): void {
    if (deed === "remove") this.asked = { remove: id };
    else if (deed === "make-host") this.call.handOver(id);
    else this.call.mute(id, deed.slice("mute-".length) as Medium);
  }

  #door() {
    const { t, settings } = this;
    if (!settings) return nothing;
    const { door, hasPassword } = settings;
    if (this.call.role !== "host") {
      return html`<p class="hint">${t("door")}: ${t(`door-${door}`)}</p>`;
    }
    return html`<label>
        <span class="hint">${t("door")}</span>
        <select
          class="field"
          part="door"
          @change=${({ target }: Event) =>
            this.call.setDoor((target as HTMLSelectElement).value as Door)}
        >
          ${doors.map(
            (one) =>
              html`<option value=${one} .selected=${one === door}>${t(`door-${one}`)}</option>`,
          )}
        </select>
      </label>
      <form @submit=${this.#setPassword}>
        <label>
          <span class="hint">${t(hasPassword ? "password-is-set" : "password")}</span>
          <input class="field" part="password" autocomplete="off" maxlength="40" />
        </label>
        <button class="button" part="set-password">${t("save")}</button>
      </form>`;
  }

  /** An empty one takes it off. */
  #setPassword(event: Event): void {
    event.preventDefault();
    const input = find(this, "input");
    if (!input) return;
    this.call.setPassword(input.value);
    input.value = "";
  }

  #forAll() {
    const { t } = this;
    if (this.asked === "end") {
      return html`<footer>${this.#ask(t("ask-end"), [["end", () => this.call.end()]])}</footer>`;
    }
    return html`<footer>
      ${
        this.people.some(({ deeds }) => deeds.includes("mute-audio"))
          ? html`<button class="button" part="mute-all" @click=${() => this.call.mute("all")}>
              ${t("mute-all")}
            </button>`
          : nothing
      }
      <button class="button danger" part="end-for-all" @click=${() => (this.asked = "end")}>
        ${t("end-for-all")}
      </button>
    </footer>`;
  }

  /** What cannot be taken back takes two presses. */
  #ask(question: string, answers: (readonly ["remove" | "ban" | "end", () => void])[]) {
    const close = () => {
      this.asked = undefined;
      find(this, "h2")?.focus(); // the buttons go
    };
    return html`<div class="ask" role="alert">
      <p>${question}</p>
      ${answers.map(
        ([answer, act]) =>
          html`<button
            class="button danger"
            part="sure-${answer}"
            @click=${() => {
              close();
              act();
            }}
          >
            ${this.t(answer)}
          </button>`,
      )}
      <button class="button" @click=${close}>${this.t("cancel")}</button>
    </div>`;
  }
}

define("parley-people", ParleyPeople);
