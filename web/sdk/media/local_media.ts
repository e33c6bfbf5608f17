import type { Feed, HandlersOf, OutputOf } from "../driver/outputs.ts";
import type { MediaProblem, Medium } from "../core_types.ts";
import { circumstances } from "./circumstances.ts";
import { audioConstraints, cameraConstraints, screenConstraints } from "./constraints.ts";
import type { DeviceList } from "./devices.ts";
import { classifyDeviceError, classifyScreenError } from "./problems.ts";

/** A track that is sent, and whether it is ours to stop or the application's. */
interface Source {
  track: MediaStreamTrack;
  owner: "call" | "application";
}

type MediaOutputs = "acquire-media" | "acquire-screen" | "enable-track" | "release-media";

/** The person's own camera, microphone and screen. */
export class LocalMedia {
  /** Voice and camera, for a preview; the same object for the whole call. */
  readonly stream = new MediaStream();
  readonly screenStream = new MediaStream();
  readonly #feed: Feed;
  readonly #attach: (medium: Medium, track: MediaStreamTrack | null) => void;
  readonly #devices: DeviceList;
  readonly #provided: MediaStream | undefined;
  readonly #sources = new Map<Medium, Source>();
  readonly #enabled = new Map<Medium, boolean>();
  /** For each request under way what of it is still wanted. */
  readonly #requests = new Set<Set<Medium>>();
  /** The last request, done when the core has been told of it. */
  #working: Promise<void> = Promise.resolve();

  /**
   * @param attach sends the track of a medium to everyone from now on, or nothing
   * @param devices what is there, by name
   * @param provided the application's own camera and microphone; answers instead of the devices
   */
  constructor(
    feed: Feed,
    attach: (medium: Medium, track: MediaStreamTrack | null) => void,
    devices: DeviceList,
    provided?: MediaStream,
  ) {
    this.#feed = feed;
    this.#attach = attach;
    this.#devices = devices;
    this.#provided = provided;
  }

  readonly handlers: HandlersOf<MediaOutputs> = {
    "acquire-media": (output) => this.#acquireDevices(output),
    "acquire-screen": ({ action }) => this.#acquireScreen(action),
    "enable-track": ({ medium, enabled }) => {
      this.#enabled.set(medium, enabled);
      const source = this.#sources.get(medium);
      if (source) source.track.enabled = enabled;
    },
    "release-media": ({ medium }) => this.#release(medium),
  };

  track(medium: Medium): MediaStreamTrack | null {
    return this.#sources.get(medium)?.track ?? null;
  }

  /** Whether the application gave its own stream. */
  get isProvided(): boolean {
    return this.#provided !== undefined;
  }

  /** Whether the browser may be asking the person for a camera or microphone just now. */
  get asking(): boolean {
    return [...this.#requests].some((request) => request.has("audio") || request.has("camera"));
  }

  deviceInUse(medium: Medium): string | undefined {
    return this.track(medium)?.getSettings().deviceId;
  }

  /** Resolves when nothing is being asked for any more. */
  async settled(): Promise<void> {
    for (let last; last !== this.#working;) await (last = this.#working);
  }

  releaseAll(): void {
    for (const medium of ["audio", "camera", "screen"] as const) this.#release(medium);
  }

  #acquireDevices(output: OutputOf<"acquire-media">): void {
    const { action, audio, camera, audioDevice, cameraDevice } = output;
    const wanted: Medium[] = [
      ...(audio ? ["audio" as const] : []),
      ...(camera ? ["camera" as const] : []),
    ];
    if (this.#provided) {
      this.#takeProvided(action, wanted, this.#provided);
      return;
    }
    for (const medium of wanted) this.#stop(medium);
    const request = async () => {
      const idOf = (kind: "audio" | "camera", label?: string) => this.#devices.idOf(kind, label);
      const known = () => idOf("audio", audioDevice) ?? idOf("camera", cameraDevice);
      if ((audioDevice || cameraDevice) && !known()) await this.#devices.refresh();
      return navigator.mediaDevices.getUserMedia({
        ...(audio && { audio: audioConstraints(idOf("audio", audioDevice)) }),
        ...(camera && { video: cameraConstraints(idOf("camera", cameraDevice)) }),
      });
    };
    this.#working = this.#acquire(action, wanted, request, async (error) =>
      classifyDeviceError(error, await circumstances(camera ? "camera" : "microphone")),
    );
  }

  #acquireScreen(action: number): void {
    // Called in the click's own task: browsers show the picker only then.
    const request = async () => navigator.mediaDevices.getDisplayMedia(screenConstraints());
    this.#working = this.#acquire(action, ["screen"], request, async (error) =>
      classifyScreenError(error, await circumstances("display-capture")),
    );
  }

  async #acquire(
    action: number,
    wanted: Medium[],
    request: () => Promise<MediaStream>,
    classify: (error: unknown) => Promise<MediaProblem>,
  ): Promise<void> {
    const still = new Set(wanted);
    this.#requests.add(still);
    let problem: MediaProblem | undefined;
    try {
      const stream = await request();
      for (const medium of wanted) {
        const track = trackOf(stream, medium);
        // What was released while the person was being asked must not light the camera up.
        if (still.has(medium)) this.#install(medium, track, "call");
        else track?.stop();
      }
      if (still.size === 0) problem = "cancelled";
    } catch (error) {
      problem = await classify(error);
    }
    this.#requests.delete(still);
    if (problem) return this.#feed({ type: "media-failed", action, problem });
    const audioDevice = this.#labelOf("audio");
    const cameraDevice = this.#labelOf("camera");
    this.#feed({
      type: "media-acquired",
      action,
      ...(audioDevice && { audioDevice }),
      ...(cameraDevice && { cameraDevice }),
    });
    for (const medium of wanted) if (this.track(medium)?.muted) this.#interrupt(medium, true);
    void this.#devices.refresh();
  }

  #labelOf(medium: "audio" | "camera"): string | undefined {
    const track = this.track(medium);
    return track ? this.#devices.labelOfTrack(medium, track) : undefined;
  }

  /** The system holds a track still, or lets it go on. */
  #interrupt(medium: Medium, interrupted: boolean): void {
    // A screen's track rests whenever its window does: nothing to tell of.
    if (medium !== "screen") this.#feed({ type: "media-interrupted", medium, interrupted });
  }

  #takeProvided(action: number, wanted: Medium[], provided: MediaStream): void {
    if (!wanted.every((medium) => trackOf(provided, medium)?.readyState === "live")) {
      this.#feed({ type: "media-failed", action, problem: "not-found" });
      return;
    }
    for (const medium of wanted) this.#install(medium, trackOf(provided, medium), "application");
    this.#feed({ type: "media-acquired", action });
  }

  #install(medium: Medium, track: MediaStreamTrack | undefined, owner: Source["owner"]): void {
    if (!track) return;
    this.#remove(medium);
    track.enabled = this.#enabled.get(medium) ?? true;
    // Sharp text rather than smooth movement (W3C MediaStreamTrack Content Hints).
    if (medium === "screen") track.contentHint = "detail";
    track.onended = () => this.#feed({ type: "media-ended", medium });
    if (owner === "call") {
      track.onmute = () => this.#interrupt(medium, true);
      track.onunmute = () => this.#interrupt(medium, false);
    }
    this.#sources.set(medium, { track, owner });
    this.#streamOf(medium).addTrack(track);
    this.#attach(medium, track);
  }

  #remove(medium: Medium): void {
    const source = this.#sources.get(medium);
    if (!source) return;
    this.#sources.delete(medium);
    this.#streamOf(medium).removeTrack(source.track);
    silence(source);
  }

  /** Before another device is asked for: phones open only one camera at a time. */
  #stop(medium: Medium): void {
    const source = this.#sources.get(medium);
    if (source) silence(source);
  }

  #release(medium: Medium): void {
    for (const request of this.#requests) request.delete(medium);
    this.#enabled.delete(medium);
    if (!this.#sources.has(medium)) return;
    this.#remove(medium);
    this.#attach(medium, null);
  }

  #streamOf(medium: Medium): MediaStream {
    return medium === "screen" ? this.screenStream : this.stream;
  }
}

/** Gives the device back; nothing of the track is of interest any more. */
function silence({ track, owner }: Source): void {
  track.onended = track.onmute = track.onunmute = null;
  if (owner === "call") track.stop();
}

function trackOf(stream: MediaStream, medium: Medium): MediaStreamTrack | undefined {
  return medium === "audio" ? stream.getAudioTracks()[0] : stream.getVideoTracks()[0];
}
