import { FakeDataChannel } from "./fake_data_channel.ts";
import { fragmentOf, type Section, sectionsOf, writeSdp } from "./fake_descriptions.ts";
import { FakeTrack } from "./fake_media.ts";

type Description = { type: "offer" | "answer"; sdp: string };

const invalid = (what: string) => new DOMException(what, "InvalidStateError");

class FakeSender {
  readonly transport = { iceTransport: { onselectedcandidatepairchange: null as unknown } };
  /** How often a key frame was asked for. */
  keyFrames = 0;

  constructor(
    public track: FakeTrack | null,
    /** What the sides of a picture are divided by. */
    public scale = 1,
  ) {}

  getParameters = () => ({ encodings: [{ active: true, scaleResolutionDownBy: this.scale }] });

  setParameters(
    { encodings: [first] }: { encodings: { scaleResolutionDownBy: number }[] },
    options?: { encodingOptions: { keyFrame: boolean }[] },
  ): Promise<void> {
    this.scale = first?.scaleResolutionDownBy ?? 1;
    if (options?.encodingOptions.some(({ keyFrame }) => keyFrame)) this.keyFrames++;
    return Promise.resolve();
  }

  async replaceTrack(track: FakeTrack | null): Promise<void> {
    await Promise.resolve();
    this.track = track;
  }
}

export class FakeTransceiver {
  mid: string | null = null;
  direction = "recvonly";
  readonly sender: FakeSender;
  readonly receiver: { track: FakeTrack; getSynchronizationSources: () => { source: number }[] };

  constructor(
    readonly kind: "audio" | "video",
    track: FakeTrack | null,
    scale?: number,
  ) {
    this.sender = new FakeSender(track, scale);
    this.receiver = { track: new FakeTrack(kind), getSynchronizationSources: () => [] };
  }
}

/**
 * A peer connection that obeys the rules for the signaling state (JSEP, RFC 8829 section 3.2): it
 * refuses what a browser refuses, and runs one operation at a time. Two of them connect once each
 * has the other's description and a candidate; descriptions name their fragment.
 */
export class FakePeerConnection {
  static all: FakePeerConnection[] = [];

  signalingState: RTCSignalingState = "stable";
  connectionState: RTCPeerConnectionState = "new";
  localDescription: Description | null = null;
  onicecandidate: ((event: { candidate: unknown }) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  readonly sctp = { maxMessageSize: 262144 };
  readonly transceivers: FakeTransceiver[] = [];
  readonly channels: FakeDataChannel[] = [];
  readonly candidates: RTCIceCandidateInit[] = [];
  #stable: { local: Description | null; remote: Description | null } = {
    local: null,
    remote: null,
  };
  #remote: Description | null = null;
  #chain: Promise<unknown> = Promise.resolve();
  #generation = 0;
  #gathered = "";
  #restart = false;
  #lost = "";
  #inUse = "";
  readonly #name = `u${FakePeerConnection.all.length}`;

  constructor(public configuration: RTCConfiguration) {
    FakePeerConnection.all.push(this);
  }

  addTransceiver(source: string | FakeTrack, init: RTCRtpTransceiverInit) {
    const track = typeof source === "string" ? null : source;
    const kind = typeof source === "string" ? (source as "audio" | "video") : source.kind;
    const transceiver = new FakeTransceiver(
      kind,
      track,
      init.sendEncodings?.[0]?.scaleResolutionDownBy,
    );
    transceiver.direction = init.direction ?? "sendrecv";
    this.transceivers.push(transceiver);
    return transceiver;
  }

  getTransceivers = (): FakeTransceiver[] => [...this.transceivers];

  createDataChannel(label: string, options: RTCDataChannelInit): FakeDataChannel {
    const channel = new FakeDataChannel(label, options);
    this.channels.push(channel);
    return channel;
  }

  setConfiguration(configuration: RTCConfiguration): void {
    this.configuration = configuration;
  }

  restartIce(): void {
    this.#restart = true;
  }

  /** Which ICE generation is in use. */
  getStats(): Promise<Map<string, unknown>> {
    const stats = [
      { id: "T", type: "transport", selectedCandidatePairId: "P" },
      { id: "P", type: "candidate-pair", localCandidateId: "L" },
      { id: "L", type: "local-candidate", usernameFragment: this.#inUse },
    ];
    return Promise.resolve(new Map(this.#inUse ? stats.map((stat) => [stat.id, stat]) : []));
  }

  setLocalDescription({ type }: { type: RTCSdpType }): Promise<void> {
    return this.#next(() => {
      if (type === "rollback") return this.#rollback("have-local-offer");
      if (type === "offer") {
        if (!["stable", "have-local-offer"].includes(this.signalingState)) throw invalid(type);
        this.signalingState = "have-local-offer";
      } else {
        if (this.signalingState !== "have-remote-offer") throw invalid(type);
        this.signalingState = "stable";
      }
      this.localDescription = { type: type as "offer" | "answer", sdp: this.#describe() };
      if (this.signalingState === "stable") this.#settle();
      this.#gather();
    });
  }

  setRemoteDescription({ type, sdp = "" }: RTCSessionDescriptionInit): Promise<void> {
    return this.#next(() => {
      if (type === "rollback") return this.#rollback("have-remote-offer");
      if (type === "offer") {
        // W3C WebRTC section 4.4.1.6: an offer in have-local-offer rolls the own one back.
        if (this.signalingState === "have-local-offer") this.#rollback("have-local-offer");
        this.signalingState = "have-remote-offer";
        this.#adopt(sectionsOf(sdp));
      } else {
        if (this.signalingState !== "have-local-offer") throw invalid(type);
        this.signalingState = "stable";
      }
      this.#remote = { type: type as "offer" | "answer", sdp };
      if (this.signalingState === "stable") this.#settle();
    });
  }

  addIceCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    return this.#next(() => {
      if (!this.#remote) throw invalid("no remote description");
      const { usernameFragment } = candidate;
      if (usernameFragment && usernameFragment !== fragmentOf(this.#remote.sdp)) {
        throw new DOMException("unknown fragment", "OperationError");
      }
      this.candidates.push(candidate);
      this.#connect();
    });
  }

  close(): void {
    this.signalingState = "closed";
    this.connectionState = "closed";
    for (const channel of this.channels) channel.close();
  }

  /** The path is lost: only another ICE generation finds one again. */
  fail(): void {
    this.#lost = fragmentOf(this.localDescription?.sdp ?? "");
    this.#path("disconnected");
    this.#path("failed");
  }

  /** Operations run one after another; those of a closed connection never settle. */
  #next(operation: () => void): Promise<void> {
    const done = this.#chain.then(async () => {
      await Promise.resolve();
      if (this.signalingState === "closed") return new Promise<void>(() => {});
      operation();
      return undefined;
    });
    this.#chain = done.catch(() => {});
    return done;
  }

  #rollback(from: RTCSignalingState): void {
    if (this.signalingState !== from) throw invalid("rollback");
    this.signalingState = "stable";
    this.localDescription = this.#stable.local;
    this.#remote = this.#stable.remote;
  }

  #settle(): void {
    this.#stable = { local: this.localDescription, remote: this.#remote };
    this.#restart = false;
    this.#connect();
  }

  #describe(): string {
    if (this.#restart || this.#generation === 0) this.#generation++;
    const remote = this.signalingState === "stable" && this.#remote ? this.#remote.sdp : undefined;
    const own: Section[] = this.transceivers.map(({ kind }, index) => ({ kind, mid: `${index}` }));
    const sections = remote
      ? sectionsOf(remote)
      : [...own, { kind: "application" as const, mid: `${own.length}` }];
    for (const [index, transceiver] of this.transceivers.entries()) {
      transceiver.mid = sections[index]?.mid ?? null;
    }
    return writeSdp(sections, `${this.#name}g${this.#generation}`);
  }

  /** RFC 8829 section 5.10: transceivers of one's own never match an offer's sections. */
  #adopt(sections: Section[]): void {
    for (const { kind, mid } of sections) {
      if (kind === "application" || this.transceivers.some((one) => one.mid === mid)) continue;
      const transceiver = new FakeTransceiver(kind, null);
      transceiver.mid = mid;
      this.transceivers.push(transceiver);
    }
  }

  #gather(): void {
    const fragment = fragmentOf(this.localDescription?.sdp ?? "");
    if (fragment === this.#gathered) return;
    this.#gathered = fragment;
    queueMicrotask(() => {
      this.onicecandidate?.({
        candidate: {
          candidate: "candidate:1 1 udp 1 192.0.2.1 40000 typ host",
          sdpMid: "0",
          sdpMLineIndex: 0,
          usernameFragment: fragment,
        },
      });
      this.onicecandidate?.({ candidate: { candidate: "", sdpMid: "0", sdpMLineIndex: 0 } });
      this.onicecandidate?.({ candidate: null });
    });
  }

  #connect(): void {
    const other = FakePeerConnection.all.find((one) => one !== this && this.#pairsWith(one));
    if (!other) return;
    for (const one of [this, other]) {
      one.#inUse = fragmentOf(one.#stable.local?.sdp ?? "");
      one.#path("connecting");
      one.#path("connected");
      for (const [index, channel] of one.channels.entries()) {
        const end = (one === this ? other : this).channels[index];
        if (channel.readyState === "connecting") channel.open(end);
      }
    }
  }

  #pairsWith(other: FakePeerConnection): boolean {
    const { local, remote } = this.#stable;
    const theirs = other.#stable;
    if (!local || !remote || !theirs.local || !theirs.remote) return false;
    return (
      fragmentOf(local.sdp) !== this.#lost &&
      fragmentOf(local.sdp) === fragmentOf(theirs.remote.sdp) &&
      fragmentOf(remote.sdp) === fragmentOf(theirs.local.sdp) &&
      this.candidates.length + other.candidates.length > 0
    );
  }

  #path(state: RTCPeerConnectionState): void {
    if (this.connectionState === state || this.connectionState === "closed") return;
    if (state === "connecting" && this.connectionState === "connected") return;
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }
}
