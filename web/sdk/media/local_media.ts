import type { Feed, HandlersOf, OutputOf } from "../driver/outputs.ts";
import type { MediaProblem, Medium } from "../core_types.ts";
import { circumstances } from "./circumstances.ts";
import type { ChosenDevices } from "./constraints.ts";
import { audioConstraints, cameraConstraints, screenConstraints } from "./constraints.ts";
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
  readonly #provided: MediaStream | undefined;
  readonly #sources = new Map<Medium, Source>();
  readonly #enabled = new Map<Medium, boolean>();
  /** For each request under way what of it is still wanted. */
  readonly #requests = new Set<Set<Medium>>();
  readonly #chosen: ChosenDevices;

  /**
   * @param attach sends the track of a medium to everyone from now on, or nothing
   * @param provided the application's own camera and microphone; answers instead of the devices
   * @param chosen which devices to take if they are there
   */
  constructor(
    feed: Feed,
    attach: (medium: Medium, track: MediaStreamTrack | null) => void,
    provided?: MediaStream,
    chosen: ChosenDevices = {},
  ) {
    this.#feed = feed;
    this.#attach = attach;
    this.#provided = provided;
    this.#chosen = { ...chosen };
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

  /** Whether the browser may be asking the person for a camera or microphone just now. */
  get asking(): boolean {
    return [...this.#requests].some((request) => request.has("audio") || request.has("camera"));
  }

  deviceInUse(medium: Medium): string | undefined {
    return this.track(medium)?.getSettings().deviceId;
  }

  /**
   * Changes the camera or microphone: at once if one is in use, else when one is next asked for.
   * @throws what getUserMedia throws; the device before is then in use again if it can be had
   */
  async useDevice(medium: "audio" | "camera", deviceId: string): Promise<void> {
    const before = this.#chosen[medium] ?? this.deviceInUse(medium);
    this.#chosen[medium] = deviceId;
    const source = this.#sources.get(medium);
    if (source?.owner !== "call") return;
    // First the old one goes: phones open only one camera at a time.
    source.track.stop();
    try {
      await this.#replace(medium, { deviceId: { exact: deviceId } });
    } catch (error) {
      if (before === undefined) delete this.#chosen[medium];
      else this.#chosen[medium] = before;
      await this.#replace(medium, {}).catch(() => this.#feed({ type: "media-ended", medium }));
      throw error;
    }
  }

  releaseAll(): void {
    for (const medium of ["audio", "camera", "screen"] as const) this.#release(medium);
  }

  #acquireDevices({ action, audio, camera }: OutputOf<"acquire-media">): void {
    const wanted: Medium[] = [
      ...(audio ? ["audio" as const] : []),
      ...(camera ? ["camera" as const] : []),
    ];
    if (this.#provided) {
      this.#takeProvided(action, wanted, this.#provided);
      return;
    }
    const request = async () =>
      navigator.mediaDevices.getUserMedia({
        ...(audio && { audio: audioConstraints(this.#chosen.audio) }),
        ...(camera && { video: cameraConstraints(this.#chosen.camera) }),
      });
    void this.#acquire(action, wanted, request, async (error) =>
      classifyDeviceError(error, await circumstances(camera ? "camera" : "microphone")),
    );
  }

  #acquireScreen(action: number): void {
    // Called in the click's own task: browsers show the picker only then.
    const request = async () => navigator.mediaDevices.getDisplayMedia(screenConstraints());
    void this.#acquire(action, ["screen"], request, async (error) =>
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
    this.#feed(
      problem ? { type: "media-failed", action, problem } : { type: "media-acquired", action },
    );
  }

  #takeProvided(action: number, wanted: Medium[], provided: MediaStream): void {
    if (!wanted.every((medium) => trackOf(provided, medium)?.readyState === "live")) {
      this.#feed({ type: "media-failed", action, problem: "not-found" });
      return;
    }
    for (const medium of wanted) this.#install(medium, trackOf(provided, medium), "application");
    this.#feed({ type: "media-acquired", action });
  }

  async #replace(medium: "audio" | "camera", device: MediaTrackConstraints): Promise<void> {
    const constraints =
      medium === "audio"
        ? { audio: { ...audioConstraints(this.#chosen.audio), ...device } }
        : { video: { ...cameraConstraints(this.#chosen.camera), ...device } };
    const stream = await navigator.mediaDevices.getUserMedia(constraints);
    const track = trackOf(stream, medium);
    if (this.#sources.has(medium)) this.#install(medium, track, "call");
    else track?.stop();
  }

  #install(medium: Medium, track: MediaStreamTrack | undefined, owner: Source["owner"]): void {
    if (!track) return;
    this.#remove(medium);
    track.enabled = this.#enabled.get(medium) ?? true;
    // Sharp text rather than smooth movement (W3C MediaStreamTrack Content Hints).
    if (medium === "screen") track.contentHint = "detail";
    track.onended = () => this.#feed({ type: "media-ended", medium });
    this.#sources.set(medium, { track, owner });
    this.#streamOf(medium).addTrack(track);
    this.#attach(medium, track);
  }

  #remove(medium: Medium): void {
    const source = this.#sources.get(medium);
    if (!source) return;
    this.#sources.delete(medium);
    this.#streamOf(medium).removeTrack(source.track);
    source.track.onended = null;
    if (source.owner === "call") source.track.stop();
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

function trackOf(stream: MediaStream, medium: Medium): MediaStreamTrack | undefined {
  return medium === "audio" ? stream.getAudioTracks()[0] : stream.getVideoTracks()[0];
}
