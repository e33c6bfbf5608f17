// Streams, tracks and navigator.mediaDevices as far as the SDK uses them.

let count = 0;

export class FakeTrack {
  readonly id = `track-${++count}`;
  enabled = true;
  readyState: "live" | "ended" = "live";
  contentHint = "";
  muted = false;
  onended: (() => void) | null = null;
  onmute: (() => void) | null = null;
  onunmute: (() => void) | null = null;

  constructor(
    readonly kind: "audio" | "video",
    readonly deviceId = "default",
    readonly label = "",
  ) {}

  stop(): void {
    this.readyState = "ended";
  }

  getSettings(): { deviceId: string } {
    return { deviceId: this.deviceId };
  }

  /** As when the system takes the device away for a while, or gives it back. */
  interrupt(muted: boolean): void {
    this.muted = muted;
    (muted ? this.onmute : this.onunmute)?.();
  }

  /** As when the device is unplugged: unlike stop(), this is told. */
  unplug(): void {
    this.readyState = "ended";
    this.onended?.();
  }
}

export class FakeStream {
  #tracks: FakeTrack[];

  constructor(tracks: FakeTrack[] = []) {
    this.#tracks = [...tracks];
  }

  getTracks = (): FakeTrack[] => [...this.#tracks];
  getAudioTracks = (): FakeTrack[] => this.#tracks.filter(({ kind }) => kind === "audio");
  getVideoTracks = (): FakeTrack[] => this.#tracks.filter(({ kind }) => kind === "video");

  addTrack(track: FakeTrack): void {
    this.#tracks.push(track);
  }

  removeTrack(track: FakeTrack): void {
    this.#tracks = this.#tracks.filter((one) => one !== track);
  }
}

interface Constraints {
  audio?: { deviceId?: { exact: string } };
  video?: { deviceId?: { exact: string } };
}

/** A device as enumerateDevices() lists it. */
export interface ListedDevice {
  kind: MediaDeviceKind;
  deviceId: string;
  label: string;
  groupId: string;
}

export const device = (kind: MediaDeviceKind, label: string, deviceId = label): ListedDevice => ({
  kind,
  deviceId,
  label,
  groupId: `group of ${label}`,
});

/** A browser's devices; a test says which of them fail, and how. */
export class FakeDevices extends EventTarget {
  /** What is plugged in. */
  list: ListedDevice[] = [
    device("audioinput", "Headset"),
    device("audioinput", "Built-in"),
    device("videoinput", "Front"),
    device("videoinput", "Rear"),
    device("audiooutput", "Loud"),
  ];
  readonly requests: Constraints[] = [];
  /** The error that each kind fails with, by name and message. */
  failures: { audio?: DOMException; video?: DOMException; screen?: DOMException } = {};
  /** Holds requests back until it resolves, as a permission prompt does. */
  prompt: Promise<void> = Promise.resolve();
  readonly given: FakeTrack[] = [];

  getUserMedia = async (constraints: Constraints): Promise<FakeStream> => {
    this.requests.push(constraints);
    await this.prompt;
    const kinds = (["audio", "video"] as const).filter((kind) => constraints[kind]);
    for (const kind of kinds) if (this.failures[kind]) throw this.failures[kind];
    return new FakeStream(kinds.map((kind) => this.#open(kind, constraints[kind]?.deviceId)));
  };

  getDisplayMedia = async (): Promise<FakeStream> => {
    await this.prompt;
    if (this.failures.screen) throw this.failures.screen;
    const track = new FakeTrack("video", "screen", "Screen");
    this.given.push(track);
    return new FakeStream([track]);
  };

  enumerateDevices = (): Promise<ListedDevice[]> => Promise.resolve([...this.list]);

  /** Pulls devices out, or plugs them in. */
  plug(list: ListedDevice[]): void {
    const gone = this.list.filter(({ deviceId }) => !list.some((one) => one.deviceId === deviceId));
    this.list = list;
    for (const track of this.given) {
      const lost = gone.some(({ deviceId }) => deviceId === track.deviceId);
      if (lost && track.readyState === "live") track.unplug();
    }
    this.dispatchEvent(new Event("devicechange"));
  }

  without(label: string): ListedDevice[] {
    return this.list.filter((one) => one.label !== label);
  }

  #open(kind: "audio" | "video", wanted?: { exact: string }): FakeTrack {
    const there = this.list.filter((one) => one.kind === `${kind}input`);
    const given = wanted ? there.find(({ deviceId }) => deviceId === wanted.exact) : there[0];
    if (!given) throw new DOMException("none", wanted ? "OverconstrainedError" : "NotFoundError");
    const track = new FakeTrack(kind, given.deviceId, given.label);
    this.given.push(track);
    return track;
  }
}
