import type { Media, Medium, PeerState, PeerView, Presence, SelfView, View } from "./core_types.ts";
import type { Role } from "./hosting.ts";

/** Another person in the call. A value: a change comes as a new object with the same id. */
export interface Participant {
  readonly id: string;
  readonly name: string;
  /** How far media with this participant has come. */
  readonly state: PeerState;
  /** Why it is being mended, while it is. */
  readonly interruption: PeerView["interruption"] | undefined;
  /** "away": the connection broke and may come back. */
  readonly presence: Presence;
  readonly media: Readonly<Media>;
  /**
   * Voice and camera; undefined until there is a connection. The same object over changes; its
   * tracks are others where another connection has taken over.
   */
  readonly stream: MediaStream | undefined;
  /** The shared screen; shows a picture while `media.screen` is "on". */
  readonly screenStream: MediaStream | undefined;
  readonly role: Role;
}

/** The person themselves. */
export interface Self {
  /** Once joined. */
  readonly id: string | undefined;
  readonly name: string;
  readonly media: Readonly<Media>;
  /** What is wanted but held still by the system: a telephone call, a switch at the camera. */
  readonly interrupted: readonly Medium[];
  /** What a host (`by`, an id) switched off, until one switches it on again. */
  readonly mutedBy: Readonly<SelfView["mutedBy"]>;
  /** Hosts decide who gets in, and about the others. */
  readonly role: Role;
  /** Whether the browser may be asking for camera or microphone just now. */
  readonly asking: boolean;
  readonly stream: MediaStream;
  readonly screenStream: MediaStream;
}

export interface Changes {
  joined: Participant[];
  changed: Participant[];
  left: Participant[];
}

type Streams = Pick<Participant, "stream" | "screenStream">;

/** The participants of a view; one that is as before stays the same object. */
export function participantsOf(
  view: View,
  before: readonly Participant[],
  streamsOf: (id: string) => Partial<Streams>,
): Participant[] {
  return view.participants.map((peer) => {
    const { id, name, state, interruption, presence, media, role = "guest" } = peer;
    const { stream, screenStream } = streamsOf(id);
    const now = { id, name, state, interruption, presence, media, role, stream, screenStream };
    const known = before.find((participant) => participant.id === id);
    return known && same(known, now) ? known : now;
  });
}

export function changesBetween(
  before: readonly Participant[],
  after: readonly Participant[],
): Changes {
  const old = new Map(before.map((participant) => [participant.id, participant]));
  const ids = new Set(after.map(({ id }) => id));
  return {
    joined: after.filter(({ id }) => !old.has(id)),
    changed: after.filter((one) => old.has(one.id) && old.get(one.id) !== one),
    left: before.filter(({ id }) => !ids.has(id)),
  };
}

function same(a: Participant, b: Participant): boolean {
  return (
    a.name === b.name &&
    a.state === b.state &&
    a.interruption === b.interruption &&
    a.presence === b.presence &&
    a.role === b.role &&
    a.media.audio === b.media.audio &&
    a.media.camera === b.media.camera &&
    a.media.screen === b.media.screen &&
    a.stream === b.stream &&
    a.screenStream === b.screenStream
  );
}
