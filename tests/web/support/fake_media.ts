// Streams, tracks and navigator.mediaDevices as far as the SDK uses them.

let count = 0;

export class FakeTrack {
  readonly id = `track-${++count}`;
  enabled = true;
  readyState: "live" | "ended" = "live";
  contentHint = "";
  onended: (() => void) | null = null;

  constructor(
    readonly kind: "audio" | "video",
    readonly deviceId = "default",
  ) {}

  stop(): void {
    this.readyState = "ended";
  }

  getSettings(): { deviceId: string } {
    return { deviceId: this.deviceId };
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
  audio?: { deviceId?: { exact?: string; ideal?: string } };
  video?: { deviceId?: { exact?: string; ideal?: string } };
}

/** A browser's devices; a test says which of them fail, and how. */
export class FakeDevices {
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
    return new FakeStream([this.#open("video", { exact: "screen" })]);
  };

  #open(kind: "audio" | "video", device: { exact?: string; ideal?: string } = {}): FakeTrack {
    const track = new FakeTrack(kind, device.exact ?? device.ideal);
    this.given.push(track);
    return track;
  }
}
