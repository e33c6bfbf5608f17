import { expect, test } from "@jest/globals";
import { narrowCodecs } from "../../../../web/sdk/media/codecs.ts";
import { define } from "../../support/browser.ts";

type Codec = { mimeType: string; sdpFmtpLine?: string };

/** What is offered in a browser that has these codecs. */
function offered(kind: "audio" | "video", lines: string[]): string[] {
  const codecs = lines.map((line): Codec => {
    const [mimeType = "", sdpFmtpLine] = line.split(" ");
    return sdpFmtpLine === undefined ? { mimeType } : { mimeType, sdpFmtpLine };
  });
  define({ RTCRtpReceiver: { getCapabilities: () => ({ codecs }) } });
  let chosen: Codec[] = [];
  const setCodecPreferences = (preferred: Codec[]) => void (chosen = preferred);
  narrowCodecs({ setCodecPreferences } as unknown as RTCRtpTransceiver, kind);
  return chosen.map(({ mimeType, sdpFmtpLine }) => [mimeType, sdpFmtpLine].join(" ").trim());
}

const h264 = (mode: number, profile: string): string =>
  `video/H264 level-asymmetry-allowed=1;packetization-mode=${mode};profile-level-id=${profile}`;

test("of Chromium's video codecs one profile of each is offered, in its order", () => {
  const kept = [
    "video/VP8",
    "video/rtx",
    "video/red",
    "video/ulpfec",
    "video/VP9 profile-id=0",
    h264(1, "42e01f"),
    "video/AV1 level-idx=5;profile=0;tier=0",
  ];
  const dropped = [
    "video/VP9 profile-id=2",
    h264(0, "42e01f"),
    h264(1, "42001f"),
    "video/AV1 level-idx=5;profile=1;tier=0",
    "video/flexfec-03 repair-window=10000000",
  ];
  expect(offered("video", [...kept, ...dropped])).toEqual(kept);
});

test("Firefox's way of writing the same profiles is understood", () => {
  const kept = [
    "video/VP8 max-fs=12288;max-fr=60",
    "video/rtx",
    "video/red",
    "video/ulpfec",
    "video/VP9 max-fs=12288;max-fr=60",
    "video/H264 profile-level-id=42e01f;level-asymmetry-allowed=1;packetization-mode=1",
    "video/AV1",
  ];
  expect(offered("video", kept)).toEqual(kept);
});

test("voices travel as Opus", () => {
  const opus = "audio/opus minptime=10;useinbandfec=1";
  expect(offered("audio", [opus, "audio/red", "audio/G722", "audio/PCMU", "audio/CN"])).toEqual([
    opus,
  ]);
});

test("a browser that cannot choose offers what it has", () => {
  expect(() => narrowCodecs({} as RTCRtpTransceiver, "video")).not.toThrow();
});
