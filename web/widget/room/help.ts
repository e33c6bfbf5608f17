import { html } from "lit";
import type { Translate } from "../shared/localizer.ts";
import { type Action, shortcuts } from "../view_models/actions.ts";

/** The list of keys, for those actions that can be done here. */
export function help(t: Translate, offered: ReadonlySet<Action>) {
  return html`<dl class="keys">
    ${shortcuts
      .filter(([, action]) => offered.has(action))
      .map(
        ([key, action]) =>
          html`<div>
            <dt><kbd>${key.toUpperCase()}</kbd></dt>
            <dd>${t(`action-${action}`)}</dd>
          </div>`,
      )}
  </dl>`;
}
