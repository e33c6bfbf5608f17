import type { Medium, PeerView } from "../core_types.ts";

/** What arrives of one participant: voice and camera together, the screen by itself. */
interface RemoteMedia {
  stream: MediaStream;
  screenStream: MediaStream;
}

type TrackOf = (link: number | undefined, medium: Medium) => MediaStreamTrack | undefined;

/**
 * The others' streams. They stay the same objects while the connections behind them change, so that
 * whoever plays one goes on playing, and sees the last picture until there is a new one.
 */
export class RemoteStreams {
  readonly #trackOf: TrackOf;
  #media = new Map<string, RemoteMedia>();

  /** @param trackOf what a link receives; undefined until its sections are negotiated */
  constructor(trackOf: TrackOf) {
    this.#trackOf = trackOf;
  }

  /** Brings the streams up to date with `peers`, and forgets those of everybody else. */
  update(peers: readonly PeerView[]): void {
    const before = this.#media;
    this.#media = new Map();
    for (const { id, link, pictures = link } of peers) {
      let media = before.get(id);
      // Until a new link has tracks, those of the one before stay.
      if (this.#trackOf(link, "audio")) {
        media ??= { stream: new MediaStream(), screenStream: new MediaStream() };
        replace(media.stream, this.#trackOf(link, "audio"));
        replace(media.stream, this.#trackOf(pictures, "camera"));
        replace(media.screenStream, this.#trackOf(pictures, "screen"));
      }
      if (media) this.#media.set(id, media);
    }
  }

  of(id: string): Partial<RemoteMedia> {
    return this.#media.get(id) ?? {};
  }
}

/** Puts `track` in the place of the stream's other one of its kind. */
function replace(stream: MediaStream, track: MediaStreamTrack | undefined): void {
  if (!track || stream.getTracks().includes(track)) return;
  const old = stream.getTracks().filter(({ kind }) => kind === track.kind);
  // A stream that is empty for a moment makes the element that plays it blank, so that sound comes
  // before the old one goes. Of two video tracks Firefox (ESR 153) shows the older one for ever.
  if (track.kind === "audio") stream.addTrack(track);
  for (const one of old) stream.removeTrack(one);
  if (track.kind === "video") stream.addTrack(track);
}
