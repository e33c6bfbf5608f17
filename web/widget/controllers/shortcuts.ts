import type { LitElement, ReactiveController } from "lit";
import { isTyping } from "../room/surroundings.ts";
import { type Action, actionOf } from "../view_models/actions.ts";

/** Calls back for the keys that stand for actions, while the element is in the page. */
export class Shortcuts implements ReactiveController {
  readonly #host: LitElement;
  readonly #offered: ReadonlySet<Action>;
  readonly #act: (action: Action) => void;

  constructor(host: LitElement, offered: ReadonlySet<Action>, act: (action: Action) => void) {
    this.#host = host;
    this.#offered = offered;
    this.#act = act;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener("keydown", this.#onKey);
  }

  hostDisconnected(): void {
    removeEventListener("keydown", this.#onKey);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const [target] = event.composedPath();
    // Keys pressed elsewhere on the page that embeds the call are the page's.
    if (target !== document.body && !event.composedPath().includes(this.#host)) return;
    const action = actionOf(event, isTyping(target));
    if (!action || !this.#offered.has(action)) return;
    event.preventDefault();
    this.#act(action);
  };
}
