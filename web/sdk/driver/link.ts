import type { Candidate, IceServer, Input, Medium, PathState } from "../core_types.ts";
import { describe } from "../errors.ts";
import { narrowCodecs } from "../media/codecs.ts";
import { sendKeyFrame } from "../media/key_frame.ts";
import { CameraScale } from "../media/camera_scale.ts";
import type { Feed, OutputOf } from "./outputs.ts";

/** The sections of every description, in this order; the data channels come last. */
export const media_sections: readonly Medium[] = ["audio", "camera", "screen"];

/** The two data channels of a link, negotiated by number (W3C WebRTC section 6.2). */
export interface Channels {
  reliable: RTCDataChannel;
  newest: RTCDataChannel;
}

/** A fraction of the time from one picture to the next. */
const look_every_ms = 20;

type TrackOf = (medium: Medium) => MediaStreamTrack | null;

/** One RTCPeerConnection of the core, and the actions on it that are under way. */
export class Link {
  readonly id: number;
  readonly channels: Channels;
  readonly #connection: RTCPeerConnection;
  readonly #trackOf: TrackOf;
  readonly #feed: Feed;
  readonly #pending = new Set<number>();
  #transceivers = new Map<Medium, RTCRtpTransceiver>();
  #tellClosed!: (nothing: RTCStatsReport) => void;
  readonly #closed = new Promise<RTCStatsReport>((resolve) => (this.#tellClosed = resolve));
  readonly #cameraScale: CameraScale;

  /**
   * @param trackOf what is sent of a medium at the moment
   * @param cameraDivisor by what width and height of the camera's picture are divided
   * @throws whatever RTCPeerConnection throws, for instance at an ICE server's unusable URL
   */
  constructor(
    { link, role, iceServers }: OutputOf<"create-link">,
    trackOf: TrackOf,
    cameraDivisor: number,
    feed: Feed,
  ) {
    this.id = link;
    this.#cameraScale = new CameraScale(cameraDivisor);
    this.#trackOf = trackOf;
    this.#feed = feed;
    this.#connection = new RTCPeerConnection(configuration(iceServers));
    this.#report();
    if (role === "offering") this.#addTransceivers();
    this.channels = createChannels(this.#connection);
  }

  /** Undefined until the sections are negotiated: an answering link has none before the offer. */
  receiver(medium: Medium): RTCRtpReceiver | undefined {
    return this.#transceivers.get(medium)?.receiver;
  }

  receivers(): RTCRtpReceiver[] {
    return [...this.#transceivers.values()].map(({ receiver }) => receiver);
  }

  mediumOf(mid: string | null | undefined): Medium | undefined {
    return [...this.#transceivers].find(([, { mid: own }]) => own === mid)?.[0];
  }

  get path(): PathState {
    return this.#connection.connectionState;
  }

  /** Empty where the connection is closed meanwhile: Firefox (ESR 153) may never answer then. */
  getStats(): Promise<RTCStatsReport> {
    return Promise.race([this.#connection.getStats(), this.#closed]);
  }

  /** Bytes of the largest message that the other side's data channels take. */
  get maxMessageSize(): number {
    // RFC 8841 section 6.1: 64 KiB where the other side states nothing.
    return this.#connection.sctp?.maxMessageSize ?? 65536;
  }

  /** Sends `track` from now on, or nothing of this medium. */
  attach(medium: Medium, track: MediaStreamTrack | null): void {
    // Refused only when the connection is closed, or for a track of another kind.
    this.#transceivers
      .get(medium)
      ?.sender.replaceTrack(track)
      .catch(() => {});
  }

  setLocal({ action, kind }: OutputOf<"set-local">): void {
    this.#run(action, async () => {
      // Without a text the browser makes the offer or answer itself, for the state it is in then
      // (W3C WebRTC section 4.4.1.5); no createOffer can go stale in between.
      await this.#connection.setLocalDescription({ type: kind });
      return kind === "rollback" ? undefined : this.#connection.localDescription?.sdp;
    });
  }

  setRemote({ action, kind, sdp }: OutputOf<"set-remote">): void {
    this.#run(action, async () => {
      await this.#connection.setRemoteDescription(
        kind === "rollback" ? { type: kind } : { type: kind, sdp },
      );
      if (kind === "offer" && this.#transceivers.size === 0) this.#adoptTransceivers();
    });
  }

  addCandidate({ action, candidate }: OutputOf<"add-candidate">): void {
    this.#run(action, async () => {
      // Chromium has no end-of-candidates and takes the empty candidate for a malformed one unless
      // it says which section it belongs to.
      const section = candidate.candidate === "" ? { sdpMLineIndex: 0 } : {};
      await this.#connection.addIceCandidate({ ...section, ...candidateInit(candidate) });
    });
  }

  watchRoute(): void {
    const transport = this.#iceTransport;
    if (!transport) return; // Firefox (ESR 153)
    transport.onselectedcandidatepairchange = () => {
      this.#feed({ type: "link-rerouted", link: this.id });
    };
  }

  /** Tells once there was a picture of each of `media`; gives up after `withinMilliseconds`. */
  awaitPictures({ media, withinMilliseconds }: OutputOf<"await-pictures">): void {
    const until = performance.now() + withinMilliseconds;
    const timer = setInterval(() => {
      // Of video there are sources once a picture of theirs has been decoded.
      const have = media.every((one) => this.receiver(one)?.getSynchronizationSources().length);
      if (!have && this.path !== "closed" && performance.now() < until) return;
      clearInterval(timer);
      if (have) this.#feed({ type: "link-pictured", link: this.id });
    }, look_every_ms);
  }

  refreshPictures(): void {
    for (const [medium, { sender }] of this.#transceivers) {
      // Refused only when the connection is closed meanwhile.
      if (medium !== "audio" && sender.track) sendKeyFrame(sender).catch(() => {});
    }
  }

  scaleCamera(divisor: number): void {
    this.#cameraScale.divideBy(divisor);
  }

  restartIce(): void {
    this.#connection.restartIce();
  }

  setIceServers({ iceServers, transport }: OutputOf<"set-ice-servers">): void {
    this.#connection.setConfiguration(configuration(iceServers, transport));
  }

  /** Ends the connection and answers what is under way: its promises would never settle. */
  close(): void {
    this.#connection.onicecandidate = null;
    this.#connection.onconnectionstatechange = null;
    this.#cameraScale.stop();
    this.#tellClosed(new Map());
    const transport = this.#iceTransport;
    if (transport) transport.onselectedcandidatepairchange = null;
    this.#connection.close();
    const error = "InvalidStateError: the peer connection was closed";
    for (const action of this.#pending) this.#feed({ type: "action-failed", action, error });
    this.#pending.clear();
  }

  #run(action: number, work: () => Promise<string | undefined | void>): void {
    this.#pending.add(action);
    const answer = (input: Input) => {
      if (this.#pending.delete(action)) this.#feed(input);
    };
    work().then(
      (sdp) => answer({ type: "action-done", action, ...(sdp ? { sdp } : {}) }),
      (error: unknown) => answer({ type: "action-failed", action, error: describe(error) }),
    );
  }

  /** The one of all sections (max-bundle). */
  get #iceTransport(): RTCIceTransport | undefined {
    return this.#transceivers.get("audio")?.sender.transport?.iceTransport;
  }

  #addTransceivers(): void {
    for (const medium of media_sections) {
      const kind = medium === "audio" ? "audio" : "video";
      const source = this.#trackOf(medium) ?? kind;
      const transceiver = this.#connection.addTransceiver(source, {
        direction: "sendrecv",
        ...(medium === "camera" && { sendEncodings: this.#cameraScale.firstEncodings() }),
      });
      if (medium === "camera") this.#cameraScale.adopt(transceiver.sender);
      narrowCodecs(transceiver, kind);
      this.#transceivers.set(medium, transceiver);
    }
  }

  #adoptTransceivers(): void {
    const offered = this.#connection.getTransceivers();
    for (const [index, medium] of media_sections.entries()) {
      const transceiver = offered[index];
      if (!transceiver) break; // an offer with fewer sections: not from a Parley client
      // JSEP section 5.10: transceivers that an offer brings begin as recvonly.
      transceiver.direction = "sendrecv";
      this.#transceivers.set(medium, transceiver);
    }
    const camera = this.#transceivers.get("camera");
    if (camera) this.#cameraScale.apply(camera.sender);
    // The answer does not depend on the tracks, so it need not wait for them.
    for (const medium of this.#transceivers.keys()) {
      const track = this.#trackOf(medium);
      if (track) this.attach(medium, track);
    }
  }

  #report(): void {
    const link = this.id;
    this.#connection.onconnectionstatechange = () => {
      const { path } = this;
      if (path === "connected") this.#cameraScale.connected();
      this.#feed({ type: "link-path", link, state: path });
    };
    this.#connection.onicecandidate = ({ candidate }) => {
      if (candidate === null) {
        this.#feed({ type: "link-candidates-end", link });
      } else if (candidate.candidate !== "") {
        // An empty one ends one section's candidates (Firefox); the null that follows ends all.
        this.#feed({ type: "link-candidate", link, candidate: candidateOf(candidate) });
      }
    };
  }
}

function configuration(
  iceServers: IceServer[],
  iceTransportPolicy: RTCIceTransportPolicy = "all",
): RTCConfiguration {
  return { iceServers, iceTransportPolicy, bundlePolicy: "max-bundle", rtcpMuxPolicy: "require" };
}

function createChannels(connection: RTCPeerConnection): Channels {
  const reliable = connection.createDataChannel("reliable", { negotiated: true, id: 0 });
  const newest = connection.createDataChannel("newest", {
    negotiated: true,
    id: 1,
    ordered: false,
    maxRetransmits: 0,
  });
  reliable.binaryType = newest.binaryType = "arraybuffer";
  return { reliable, newest };
}

function candidateOf(candidate: RTCIceCandidate): Candidate {
  const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
  return {
    type: "candidate",
    candidate: candidate.candidate,
    ...(sdpMid !== null && { sdpMid }),
    ...(sdpMLineIndex !== null && { sdpMLineIndex }),
    ...(usernameFragment !== null && { usernameFragment }),
  };
}

function candidateInit(candidate: Candidate): RTCIceCandidateInit {
  const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
  return {
    candidate: candidate.candidate,
    ...(sdpMid !== undefined && { sdpMid }),
    ...(sdpMLineIndex !== undefined && { sdpMLineIndex }),
    ...(usernameFragment !== undefined && { usernameFragment }),
  };
}
