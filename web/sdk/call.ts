import type { CallOptions } from "./call_options.ts";
import type { CoreModule } from "./core/module.ts";
import type { CallState, Problem, View } from "./core_types.ts";
import { chatLine, chatMessage } from "./data/chat.ts";
import type { Data } from "./data/messages.ts";
import type { Payload } from "./data/outbox.ts";
import type { Drill, DrillOptions, Drills } from "./driver/drills.ts";
import { Driver } from "./driver/driver.ts";
import { Host, nobody } from "./driver/host.ts";
import type { AnyInput } from "./driver/outputs.ts";
import { ParleyError } from "./errors.ts";
import { type Credentials, Hosting } from "./hosting.ts";
import { audioLevel } from "./media/audio_level.ts";
import { DeviceList, type Devices } from "./media/devices.ts";
import { RemoteStreams } from "./media/remote_streams.ts";
import { cleanName } from "./names.ts";
import type { Participant, Self } from "./participants.ts";
import { changesBetween, participantsOf } from "./participants.ts";
import { keepTicket, takeTicket } from "./resume.ts";
import type { LinkReport } from "./stats/report.ts";
import type { StatsReader } from "./stats/reader.ts";

/**
 * One person's part in a room. Made by `Parley.open` or `Parley.join`. Everything that happens is
 * decided by the core; this class carries a person's wishes in and shows what came of them.
 */
export class Call extends Hosting {
  readonly room: string;
  readonly server: URL;
  /** Whether it comes back as a participant that this tab was before a reload. */
  readonly resumes: boolean;
  readonly #driver: Driver;
  readonly #options: CallOptions;
  #stats: StatsReader | undefined;
  #drills: Drills | undefined;
  #host!: Host;
  #shown = nobody;
  readonly #streams = new RemoteStreams(
    (link, medium) => this.#host.links.get(link)?.receiver(medium)?.track,
  );
  #participants: readonly Participant[] = [];
  #self!: Self;

  /** For `Parley.open`; connects at once, but nobody in the room sees anything before `join`. */
  constructor(core: CoreModule, options: CallOptions) {
    super();
    this.room = options.room;
    this.server = options.server;
    this.#options = options;
    this.#driver = new Driver(
      core,
      (feed) => {
        const receive = (link: number, data: Payload) => this.#receive(link, data);
        const watchDevices = (changed: () => void) =>
          new DeviceList(() => {
            changed();
            this.emit("devices-changed", this.devices);
          });
        this.#host = new Host(feed, options, watchDevices, receive);
        return this.#host.handlers;
      },
      () => this.#settle(),
    );
    this.#self = this.#selfOf(nobody);
    addEventListener("pagehide", this.#onPageHide);
    const resume = takeTicket(this.server, this.room);
    this.resumes = resume !== undefined;
    const { audio = "", camera = "" } = options.devices ?? {};
    const [audioDevice, cameraDevice] = [audio, camera].map(DeviceList.bounded);
    this.#feed({
      type: "open",
      room: options.room,
      audio: options.audio ?? true,
      camera: options.video ?? true,
      ...(resume && { resume }),
      ...(audioDevice && { audioDevice }),
      ...(cameraDevice && { cameraDevice }),
    });
  }

  get state(): CallState {
    return this.#shown.state;
  }

  /** Why the call failed, or what is being mended. */
  get problem(): Problem | undefined {
    return this.#shown.problem;
  }

  get self(): Self {
    return this.#self;
  }

  /** The others, longest there first. */
  get participants(): readonly Participant[] {
    return this.#participants;
  }

  /**
   * Enters the room: from then on the others see and hear what `self.media` says. The state stays
   * "joining" while a host has to decide (`place`).
   */
  join(name = "", { password, token }: Credentials = {}): void {
    this.#feed({
      type: "join",
      name: cleanName(name),
      ...(password && { password }),
      ...(token && { token }),
    });
  }

  /** Leaves for good and gives camera and microphone back. */
  leave(): void {
    this.#feed({ type: "leave" });
  }

  /** Mutes or unmutes; unmuting asks for the device if there is none yet. */
  setMuted(kind: "audio" | "video", muted: boolean): void {
    this.#feed({ type: "set-sending", medium: kind === "audio" ? "audio" : "camera", on: !muted });
  }

  /** The opposite of `setMuted("video", …)`. */
  setCamera(on: boolean): void {
    this.setMuted("video", !on);
  }

  /** Shares a screen or window, or ends that. Browsers allow it only in answer to a click. */
  shareScreen(on = true): void {
    this.#feed({ type: "set-sending", medium: "screen", on });
  }

  setName(name: string): void {
    this.#feed({ type: "set-name", name: cleanName(name) });
  }

  /** Cameras, microphones and loudspeakers; with names once one of them has been allowed. */
  get devices(): Devices {
    return this.#host.devices.all;
  }

  /**
   * Changes the microphone or camera, for the others too. The choice stands while the device is
   * away; without effect on an application's own stream.
   * @throws ParleyError "device-unavailable"; the device before stays in use
   */
  async useDevice(kind: "audio" | "camera", deviceId: string): Promise<void> {
    const { devices, media } = this.#host;
    if (media.isProvided) return;
    const device = devices.labelOf(kind, deviceId);
    this.#feed({ type: "choose-device", medium: kind, ...(device && { device }) });
    await media.settled();
    if ((this.deviceInUse(kind) ?? deviceId) === deviceId) return;
    const sentence = "This device cannot be used at the moment.";
    throw new ParleyError("device-unavailable", sentence, { medium: kind });
  }

  /** The deviceId of the microphone or camera in use. */
  deviceInUse(kind: "audio" | "camera"): string | undefined {
    return this.#host.media.deviceInUse(kind);
  }

  /**
   * Sends a message straight to the other browsers.
   *
   * @param to id of one participant; without it everyone
   * @param reliable false: may be lost or overtaken, for what is soon out of date
   * @returns when the browser has taken it; a slow receiver makes it wait
   * @throws ParleyError "message-too-large", "send-buffer-full" or "not-connected"
   */
  async send(
    data: Data,
    { to, reliable = true }: { to?: string; reliable?: boolean } = {},
  ): Promise<void> {
    const addressees = this.#host.view.participants.filter(
      ({ id }) => to === undefined || id === to,
    );
    if (to !== undefined && addressees.length === 0) {
      throw new ParleyError("not-connected", "There is nobody of this id in the call.");
    }
    // Who is only just connecting has no link yet; a message to everyone does not wait for that.
    // What is sent while a link gets a successor waits for that to open.
    const links = addressees.flatMap(({ link, successor }) => successor ?? link ?? []);
    await this.#host.messages.send(data, links, reliable);
  }

  /** Sends a line of chat to everyone; arrives as event "chat". */
  sendChat(text: string): Promise<void> {
    return this.send(chatMessage(text));
  }

  /** The latest report of every link; bitrates are over the time since the report before. */
  async stats(): Promise<LinkReport[]> {
    const { StatsReader } = await this.#options.loadStats();
    this.#stats ??= new StatsReader();
    return this.#stats.read(this.#host.view.participants, (link) => this.#host.links.get(link));
  }

  /** How loud a participant is just now, 0 to 1. Cheap: made to be asked several times a second. */
  audioLevel(participant: string): number {
    const link = this.#host.view.participants.find(({ id }) => id === participant)?.link;
    return audioLevel(this.#host.links.get(link)?.receiver("audio"));
  }

  /** What crossed the core's boundary so far, addresses and secrets scrubbed; for parley-replay. */
  journal(): Blob {
    this.#feed({ type: "export-journal" });
    return new Blob([this.#host.journal], { type: "application/x-ndjson" });
  }

  /**
   * Makes a failure happen, to see what becomes of the call (see Drill). Resolves when the failure
   * is over; the call may still be mending itself then.
   *
   * @throws ParleyError "not-in-debug" unless the call was opened with `debug: true`; TypeError or
   *     RangeError at a drill or options that make no sense
   */
  async simulate(drill: Drill, options: DrillOptions = {}): Promise<void> {
    if (!this.#options.drills) {
      throw new ParleyError("not-in-debug", "Only a call opened with debug can do this.");
    }
    const { Drills } = await this.#options.drills();
    this.#drills ??= new Drills(this.#driver, this.#host);
    await this.#drills.run(drill, options);
  }

  protected override get shown(): View {
    return this.#shown;
  }

  protected override moderate(action: Extract<AnyInput, { type: "moderate" }>["action"]): void {
    this.#feed({ type: "moderate", action });
  }

  #feed(input: AnyInput): void {
    this.#driver.feed(input);
  }

  /** Shows what has changed, after everything was carried out: listeners may call anything. */
  #settle(): void {
    const before = this.#shown;
    const view = (this.#shown = this.#host.view);
    const known = this.#participants;
    this.#streams.update(view.participants);
    this.#participants = participantsOf(view, known, (id) => this.#streams.of(id));
    const { joined, changed, left } = changesBetween(known, this.#participants);
    const self = this.#selfOf(view);
    const selfChanged = JSON.stringify(self) !== JSON.stringify(this.#self);
    if (selfChanged) this.#self = self;
    if (view.state === "ended" && before.state !== "ended") this.#finish();

    for (const one of left) this.emit("participant-left", one);
    for (const one of joined) this.emit("participant-joined", one);
    for (const one of changed) this.emit("participant-changed", one);
    if (selfChanged) this.emit("self-changed", this.#self);
    this.tellHosting(before);
    if (view.state !== before.state || view.problem !== before.problem) {
      const { state, problem } = view;
      this.emit("state", { state, previous: before.state, problem });
    }
    for (const { medium, device, lost } of this.#host.takeDeviceNotices()) {
      this.emit("device-replaced", { medium, device, ...(lost && { lost }) });
    }
    for (const { text } of this.#host.takeNotices()) {
      this.emit("notice", { from: "operator", text });
    }
    for (const { problem, sentence, medium, participant } of this.#host.takeReports()) {
      const about = { ...(medium && { medium }), ...(participant && { participant }) };
      this.emit("error", new ParleyError(problem, sentence, about));
    }
  }

  #selfOf({ self: { role = "guest", ...self } }: View): Self {
    const { asking, stream, screenStream } = this.#host.media;
    return { id: undefined, ...self, role, asking, stream, screenStream };
  }

  #receive(link: number, data: Payload): void {
    const from = this.#host.view.participants.find(
      (participant) => participant.link === link || participant.successor === link,
    )?.id;
    if (from === undefined) return;
    const line = typeof data === "string" ? chatLine(data) : undefined;
    if (line === undefined) this.emit("message", { from, data });
    else this.emit("chat", { from, data: line });
  }

  /** Nothing more will happen: keeps the journal for whoever asks, and frees the rest. */
  #finish(): void {
    removeEventListener("pagehide", this.#onPageHide);
    this.#feed({ type: "export-journal" });
    this.#driver.close();
    this.#host.closeAll();
  }

  readonly #onPageHide = () => {
    keepTicket(this.server, this.#host.view);
    this.leave();
  };
}
