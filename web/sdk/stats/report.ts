import type { Medium } from "../core_types.ts";

/** One medium in one direction, over the time since the report before. */
export interface StreamReport {
  medium: Medium;
  direction: "sent" | "received";
  /** For instance "video/VP8". */
  codec?: string;
  /** Bits per second of payload; absent in the first report. */
  bitrate?: number;
  /** Frames encoded or decoded so far. */
  frames?: number;
  framesPerSecond?: number;
  width?: number;
  height?: number;
  /** Packets that never came, so far; of what is sent: as the receiver counts. */
  packetsLost?: number;
  jitterMs?: number;
}

/** How the packets of a link travel. */
export interface PathReport {
  /** Round trip in milliseconds. */
  rttMs?: number;
  /** "host" and "srflx" are direct, "prflx" too; "relay" goes over a TURN server. */
  local?: RTCIceCandidateType;
  remote?: RTCIceCandidateType;
  protocol?: "udp" | "tcp";
  /** Bits per second that the browser believes it may send. */
  availableBitrate?: number;
}

export interface LinkReport {
  /** Id of the participant at the other end. */
  participant: string;
  path: PathReport;
  streams: StreamReport[];
}

/** Bytes so far and when, by id of the browser's report; what the next bitrate is counted from. */
export type Counters = Map<string, { bytes: number; at: number }>;

/** The parts of the browser's reports (W3C WebRTC Stats) that are read here. */
interface Stat {
  id: string;
  type: string;
  timestamp: number; // ms
  [field: string]: unknown;
}

/**
 * Boils a browser's statistics down to what a person can read.
 *
 * @param mediumOf which medium a section of the description carries
 * @param before counters of the report before
 */
export function summarise(
  report: RTCStatsReport,
  mediumOf: (mid: string | null | undefined) => Medium | undefined,
  before: Counters,
): { path: PathReport; streams: StreamReport[]; counters: Counters } {
  const stats = new Map<string, Stat>();
  report.forEach((stat: Stat) => stats.set(stat.id, stat));
  const counters: Counters = new Map();
  const streams: StreamReport[] = [];
  for (const stat of stats.values()) {
    if (stat.type !== "inbound-rtp" && stat.type !== "outbound-rtp") continue;
    const medium = mediumOf(stat["mid"] as string | undefined);
    if (!medium) continue;
    streams.push(streamReport(stat, medium, stats, before));
    const bytes = number(stat["bytesSent"] ?? stat["bytesReceived"]) ?? 0;
    counters.set(stat.id, { bytes, at: stat.timestamp });
  }
  return { path: pathReport(stats), streams, counters };
}

function streamReport(
  stat: Stat,
  medium: Medium,
  stats: Map<string, Stat>,
  before: Counters,
): StreamReport {
  const codec = stats.get(String(stat["codecId"]))?.["mimeType"] as string | undefined;
  const sent = stat.type === "outbound-rtp";
  const counted = sent ? stats.get(String(stat["remoteId"])) : stat;
  const jitter_s = number(counted?.["jitter"]);
  return defined({
    medium,
    direction: sent ? ("sent" as const) : ("received" as const),
    codec,
    bitrate: bitrate(stat, before),
    frames: number(stat[sent ? "framesEncoded" : "framesDecoded"]),
    framesPerSecond: number(stat["framesPerSecond"]),
    width: number(stat["frameWidth"]),
    height: number(stat["frameHeight"]),
    packetsLost: number(counted?.["packetsLost"]),
    jitterMs: jitter_s === undefined ? undefined : jitter_s * 1000,
  });
}

function bitrate(stat: Stat, before: Counters): number | undefined {
  const last = before.get(stat.id);
  const bytes = number(stat["bytesSent"] ?? stat["bytesReceived"]);
  if (!last || bytes === undefined || stat.timestamp <= last.at) return undefined;
  return Math.round(((bytes - last.bytes) * 8 * 1000) / (stat.timestamp - last.at));
}

function pathReport(stats: Map<string, Stat>): PathReport {
  const transport = [...stats.values()].find(({ type }) => type === "transport");
  const pair =
    stats.get(String(transport?.["selectedCandidatePairId"])) ??
    // Firefox has no transport report but marks the pair.
    [...stats.values()].find(({ type, selected }) => type === "candidate-pair" && selected);
  if (!pair) return {};
  const local = stats.get(String(pair["localCandidateId"]));
  const remote = stats.get(String(pair["remoteCandidateId"]));
  const rtt_s = number(pair["currentRoundTripTime"]);
  return defined({
    rttMs: rtt_s === undefined ? undefined : rtt_s * 1000,
    local: local?.["candidateType"] as RTCIceCandidateType | undefined,
    remote: remote?.["candidateType"] as RTCIceCandidateType | undefined,
    protocol: local?.["protocol"] as "udp" | "tcp" | undefined,
    availableBitrate: number(pair["availableOutgoingBitrate"]),
  });
}

const number = (value: unknown): number | undefined =>
  typeof value === "number" ? value : undefined;

/** Without the fields that are undefined, as exact optional types want it. */
function defined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as never;
}
