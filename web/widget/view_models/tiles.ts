import type { PeerState } from "../../sdk/core_types.ts";
import type { Participant, Self } from "../../sdk/participants.ts";

/** What one tile of the stage shows. */
export interface Tile {
  /** The same over changes, for the DOM: the participant's id, or that and "/screen". */
  key: string;
  participant: string;
  name: string;
  self: boolean;
  screen: boolean;
  /** What plays; a camera that is off leaves the voice. */
  stream: MediaStream | undefined;
  /** Whether there is a picture to see, rather than the person's initials. */
  picture: boolean;
  microphone: "on" | "off" | "none";
  status: TileStatus;
}

/** How the person is reached, where it is worth a word. */
export type TileStatus =
  | "fine"
  | "connecting"
  | "reconnecting"
  | "silent"
  | "away"
  | "unreachable"
  | "interrupted"
  | "interrupted-audio"
  | "interrupted-camera";

const status_of_state: Readonly<Record<PeerState, TileStatus>> = {
  connecting: "connecting",
  connected: "fine",
  reconnecting: "reconnecting",
  failed: "unreachable",
};

/** Key of the own camera's tile; ids of participants have no slash. */
export const self_key = "self/";

/** One tile for each person, and one for each shared screen. */
export function tilesOf(self: Self, participants: readonly Participant[]): Tile[] {
  return [...participants.flatMap(tilesOfPeer), ...tilesOfSelf(self)];
}

function statusOf({ state, presence, interruption }: Participant): TileStatus {
  // While media flows, a broken connection to the server is nothing that can be seen.
  if (presence === "away" && state !== "connected") return "away";
  if (state === "reconnecting" && interruption === "silent") return "silent";
  return status_of_state[state];
}

function tilesOfPeer(peer: Participant): Tile[] {
  const { id, name, media } = peer;
  const status = statusOf(peer);
  const person = { participant: id, name, self: false, microphone: media.audio };
  const camera: Tile = {
    ...person,
    key: id,
    screen: false,
    stream: peer.stream,
    picture: media.camera === "on",
    status,
  };
  if (media.screen !== "on") return [camera];
  const { screenStream: stream } = peer;
  return [{ ...person, key: `${id}/screen`, screen: true, stream, picture: true, status }, camera];
}

/** What the system holds still: both, or one of them. */
function interruption(interrupted: Self["interrupted"]): TileStatus {
  const [one, other] = interrupted;
  if (one === undefined) return "fine";
  return other || one === "screen" ? "interrupted" : `interrupted-${one}`;
}

function tilesOfSelf({ name, media, interrupted, stream, screenStream }: Self): Tile[] {
  const person = { participant: "", name, self: true, microphone: media.audio };
  const status = "fine";
  const camera: Tile = {
    ...person,
    key: self_key,
    screen: false,
    stream,
    picture: media.camera === "on",
    status: interruption(interrupted),
  };
  if (media.screen !== "on") return [camera];
  return [
    {
      ...person,
      key: `${self_key}screen`,
      screen: true,
      stream: screenStream,
      picture: true,
      status,
    },
    camera,
  ];
}
