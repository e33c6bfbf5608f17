import type { DrillsFile } from "./driver/drills.ts";
import type { ChosenDevices } from "./media/constraints.ts";
import type { StatsFile } from "./stats/reader.ts";

export interface CallOptions {
  /** 1 to 64 of A-Z a-z 0-9 - _ */
  room: string;
  /** URL of the Parley server. */
  server: URL;
  /** Where a server that is there answers, if the page may ask for it. */
  health?: URL;
  /** Whether a microphone is wanted; default true. */
  audio?: boolean;
  /** Whether a camera is wanted; default true. */
  video?: boolean;
  /** The application's own camera and microphone, used instead of asking for devices. */
  stream?: MediaStream;
  /** The microphone and camera to take if they are there; default: the browser's. */
  devices?: ChosenDevices;
  /** Loads what `stats` needs. */
  loadStats: () => Promise<StatsFile>;
  /** Loads what `simulate` needs; without it nothing is simulated. */
  drills?: () => Promise<DrillsFile>;
}
