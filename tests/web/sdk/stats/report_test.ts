import { expect, test } from "@jest/globals";
import { summarise } from "../../../../web/sdk/stats/report.ts";

const codec = { id: "C", type: "codec", timestamp: 0, mimeType: "video/VP8" };
const local = {
  id: "L",
  type: "local-candidate",
  timestamp: 0,
  candidateType: "relay",
  protocol: "udp",
};
const remote = { id: "R", type: "remote-candidate", timestamp: 0, candidateType: "host" };
const pair = {
  id: "P",
  type: "candidate-pair",
  timestamp: 0,
  localCandidateId: "L",
  remoteCandidateId: "R",
  currentRoundTripTime: 0.02,
  selected: true,
};

const report = (...stats: { id: string }[]) =>
  new Map(stats.map((stat) => [stat.id, stat])) as unknown as RTCStatsReport;
const mediumOf = (mid?: string | null) => (mid === "1" ? ("camera" as const) : undefined);

const inbound = (bytesReceived: number, timestamp: number) => ({
  id: "I",
  type: "inbound-rtp",
  timestamp,
  mid: "1",
  codecId: "C",
  bytesReceived,
  framesDecoded: 30,
  jitter: 0.005,
  packetsLost: 2,
});

test("the path is that of the pair in use, by Chromium's transport and by Firefox's mark", () => {
  const transport = { id: "T", type: "transport", timestamp: 0, selectedCandidatePairId: "P" };
  const other = { ...pair, id: "Q", selected: false, currentRoundTripTime: 1 };
  for (const stats of [
    report(transport, other, pair, local, remote),
    report(other, pair, local, remote),
  ]) {
    const { path } = summarise(stats, mediumOf, new Map());
    expect(path).toEqual({ rttMs: 20, local: "relay", remote: "host", protocol: "udp" });
  }
});

test("a bitrate is counted from the report before", () => {
  const first = summarise(report(codec, inbound(1000, 1000)), mediumOf, new Map());
  expect(first.streams[0]).not.toHaveProperty("bitrate");
  const second = summarise(report(codec, inbound(126000, 2000)), mediumOf, first.counters);
  expect(second.streams).toEqual([
    {
      medium: "camera",
      direction: "received",
      codec: "video/VP8",
      bitrate: 1_000_000,
      frames: 30,
      packetsLost: 2,
      jitterMs: 5,
    },
  ]);
});

test("loss of what is sent is what the receiver reports", () => {
  const outbound = {
    id: "O",
    type: "outbound-rtp",
    timestamp: 1,
    mid: "1",
    remoteId: "RI",
    bytesSent: 5,
  };
  const heard = {
    id: "RI",
    type: "remote-inbound-rtp",
    timestamp: 1,
    packetsLost: 7,
    jitter: 0.001,
  };
  const { streams } = summarise(report(outbound, heard), mediumOf, new Map());
  expect(streams).toEqual([{ medium: "camera", direction: "sent", packetsLost: 7, jitterMs: 1 }]);
});

test("sections that carry none of the call's media are left out", () => {
  expect(
    summarise(report({ ...inbound(1, 1), mid: "9" } as { id: string }), mediumOf, new Map())
      .streams,
  ).toEqual([]);
});
