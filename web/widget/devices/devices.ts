import { html, LitElement, nothing } from "lit";
import type { Device, DeviceKind, Devices } from "../../sdk/media/devices.ts";
import { define, emit, styles } from "../shared/element.ts";
import * as icons from "../shared/icons.ts";
import { english, type Translate } from "../shared/localizer.ts";
import "../meter/meter.ts";
import css from "./devices.css";

/** Detail of the event "device". */
export interface DeviceChoice {
  kind: DeviceKind;
  id: string;
}

const rows = [
  { kind: "camera", name: "camera", icon: icons.camera },
  { kind: "audio", name: "microphone", icon: icons.microphone },
  { kind: "speaker", name: "speaker", icon: icons.speaker },
] as const;

/**
 * Pickers for camera, microphone and, where the browser lets a page choose, loudspeaker, with the
 * microphone's level.
 *
 * @property stream one's own, for the level
 * @property devices what there is
 * @property chosen deviceIds in use
 * @fires device (DeviceChoice) the person chose another
 */
export class ParleyDevices extends LitElement {
  static override styles = styles(css);
  static override properties = {
    t: { attribute: false },
    stream: { attribute: false },
    chosen: { attribute: false },
    devices: { attribute: false },
  };

  declare t: Translate;
  declare stream: MediaStream | undefined;
  declare chosen: Partial<Record<DeviceKind, string>>;
  declare devices: Devices | undefined;

  constructor() {
    super();
    this.t = english;
    this.chosen = {};
  }

  protected override render() {
    return rows.map(({ kind, name, icon }) => {
      const devices = this.devices?.[kind] ?? [];
      if (devices.length === 0) return nothing;
      const label = this.t(name);
      return html`<div class="row">
        <label class="picker">
          ${icon}<span class="visually-hidden">${label}</span>
          <select
            class="field"
            @change=${({ target }: Event) =>
              emit(this, "device", { kind, id: (target as HTMLSelectElement).value })}
          >
            ${devices.map((device, index) => this.#option(kind, device, index, label))}
          </select>
        </label>
        ${
          kind === "audio"
            ? html`<parley-meter
                .stream=${this.stream}
                .label=${this.t("microphone-level")}
              ></parley-meter>`
            : nothing
        }
      </div>`;
    });
  }

  #option(kind: DeviceKind, { id, label }: Device, index: number, name: string) {
    const text = label || this.t("device-number", { kind: name, number: index + 1 });
    return html`<option value=${id} ?selected=${id === this.chosen[kind]}>${text}</option>`;
  }
}

define("parley-devices", ParleyDevices);

declare global {
  interface HTMLElementTagNameMap {
    "parley-devices": ParleyDevices;
  }
}
