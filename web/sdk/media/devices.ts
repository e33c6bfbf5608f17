/** One camera, microphone or loudspeaker as a person chooses it. */
export interface Device {
  id: string;
  /** Empty until the browser tells; two of the same make are numbered. */
  label: string;
  /** Devices in one housing have the same (Media Capture section 9.3). */
  group: string;
}

export interface Devices {
  readonly audio: readonly Device[];
  readonly camera: readonly Device[];
  /** Empty where the browser does not let a page choose (no setSinkId). */
  readonly speaker: readonly Device[];
}

export type DeviceKind = keyof Devices;

/** Before the browser has answered. */
export const no_devices: Devices = { audio: [], camera: [], speaker: [] };

/** Chromium's names for whatever the system prefers; no devices of their own. */
const stand_ins = ["default", "communications"];

/** In code points of up to four bytes; the core takes 256 bytes. */
const longest_label = 60;

/** The cameras, microphones and loudspeakers that are there, by name; kept up to date. */
export class DeviceList {
  /** As much of a name as is kept, so that it fits into what the core takes in bytes. */
  static bounded(this: void, label: string): string {
    return [...label].slice(0, longest_label).join("");
  }

  readonly #changed: () => void;
  #all = no_devices;

  /** @param changed called after every change */
  constructor(changed: () => void) {
    this.#changed = changed;
    this.#devices?.addEventListener("devicechange", this.#onChange);
    // A page in the background may miss changes.
    document.addEventListener("visibilitychange", this.#onChange);
    this.#onChange();
  }

  get all(): Devices {
    return this.#all;
  }

  close(): void {
    this.#devices?.removeEventListener("devicechange", this.#onChange);
    document.removeEventListener("visibilitychange", this.#onChange);
  }

  /** Reads the list; browsers give names only once a camera or microphone has been allowed. */
  async refresh(): Promise<void> {
    const found = (await this.#devices?.enumerateDevices()) ?? [];
    const all: Devices = {
      audio: named(found, "audioinput", this.#all.audio),
      camera: named(found, "videoinput", this.#all.camera),
      speaker:
        "setSinkId" in HTMLMediaElement.prototype
          ? named(found, "audiooutput", this.#all.speaker)
          : [],
    };
    if (JSON.stringify(all) === JSON.stringify(this.#all)) return;
    this.#all = all;
    this.#changed();
  }

  /** The names of one kind, as the core wants them. */
  labels(kind: "audio" | "camera"): string[] {
    return this.#all[kind].filter(({ id }) => !stand_ins.includes(id)).map(({ label }) => label);
  }

  /** The name of a device; undefined for "whatever the system prefers". */
  labelOf(kind: DeviceKind, id: string): string | undefined {
    if (stand_ins.includes(id)) return undefined;
    return this.#all[kind].find((device) => device.id === id)?.label;
  }

  idOf(kind: DeviceKind, label: string | undefined): string | undefined {
    return this.#all[kind].find((device) => label && device.label === label)?.id;
  }

  /** The name of the device that a track comes from. */
  labelOfTrack(kind: "audio" | "camera", track: MediaStreamTrack): string {
    const { deviceId, groupId } = track.getSettings();
    const own = this.#all[kind].find(({ id, group }) =>
      stand_ins.includes(deviceId ?? "")
        ? group === groupId && !stand_ins.includes(id)
        : id === deviceId,
    );
    return own?.label || DeviceList.bounded(track.label);
  }

  get #devices(): MediaDevices | undefined {
    return navigator.mediaDevices; // undefined on insecure pages, whatever TypeScript says
  }

  readonly #onChange = () => {
    this.refresh().catch(() => {}); // a page that is being closed
  };
}

/** The devices of one kind. One that was there before keeps its name, whatever comes and goes. */
function named(
  found: readonly MediaDeviceInfo[],
  kind: MediaDeviceKind,
  before: readonly Device[],
): Device[] {
  const known = new Map(before.map(({ id, label }) => [id, label]));
  const devices = found
    .filter((device) => device.kind === kind && device.deviceId !== "")
    .map(({ deviceId: id, label, groupId: group }) => {
      const kept = label && !stand_ins.includes(id) ? known.get(id) : undefined;
      return { id, group, raw: DeviceList.bounded(label), label: kept ?? "" };
    });
  for (const device of devices) {
    if (device.label || !device.raw) continue;
    const isFree = (label: string) => devices.every((other) => other.label !== label);
    let label = device.raw;
    for (let number = 2; !isFree(label); number++) label = `${device.raw} (${number})`;
    device.label = label;
  }
  return devices.map(({ id, label, group }) => ({ id, label, group }));
}
