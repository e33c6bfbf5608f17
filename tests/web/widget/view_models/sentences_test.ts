import { describe, expect, test } from "@jest/globals";
import type { Media } from "../../../../web/sdk/core_types.ts";
import { ParleyError } from "../../../../web/sdk/errors.ts";
import type { Participant, Self } from "../../../../web/sdk/participants.ts";
import { chooseLanguage } from "../../../../web/widget/shared/languages.ts";
import { english } from "../../../../web/widget/shared/localizer.ts";
import { deviceNotice, noticeOf } from "../../../../web/widget/view_models/notices.ts";
import { phaseOf } from "../../../../web/widget/view_models/phase.ts";
import { joinHint, previewText } from "../../../../web/widget/view_models/prejoin.ts";
import { remedyOf } from "../../../../web/widget/view_models/problems.ts";
import {
  byKind,
  lacksServer,
  stillMissing,
  withError,
} from "../../../../web/widget/view_models/trouble.ts";

const media = (audio: Media["audio"], camera: Media["camera"]): Media => ({
  audio,
  camera,
  screen: "none",
});
const selfWith = (of: Media, asking = false) => ({ media: of, asking }) as Self;
const missing = (medium: "audio" | "camera", code = "media-not-found" as const) =>
  new ParleyError(code, "", { medium });

describe("the preview", () => {
  test.each([
    [media("on", "on"), false, undefined],
    [media("off", "off"), true, "asking-for-devices"],
    [media("on", "off"), false, "camera-is-off"],
    [media("on", "none"), false, "no-camera"],
  ] as const)("with %o, asking: %s, says %s", (of, asking, key) => {
    expect(previewText(of, asking)).toBe(key);
  });

  test("says that the system has interrupted the camera, not that it is off", () => {
    expect(previewText(media("on", "off"), false, ["camera"])).toBe("status-interrupted-camera");
    expect(previewText(media("off", "on"), false, ["audio"])).toBe(undefined);
  });

  test.each([
    [media("on", "on"), "join-seen-and-heard"],
    [media("on", "none"), "join-heard"],
    [media("off", "on"), "join-seen"],
    [media("none", "none"), "join-listening"],
  ] as const)("with %o, tells that %s", (of, key) => {
    expect(joinHint(selfWith(of), undefined)).toBe(key);
  });

  test("tells what is in the way before what one joins with", () => {
    const self = selfWith(media("on", "on"));
    expect(joinHint(self, "server-unreachable")).toBe("title-server-unreachable");
    expect(joinHint(undefined, undefined)).toBe("loading");
    expect(joinHint(selfWith(media("off", "off"), true), undefined)).toBe("loading");
  });
});

describe("trouble with devices", () => {
  test("is one entry for each device, the last that was said", () => {
    let trouble = withError([], missing("camera"));
    trouble = withError(trouble, new ParleyError("media-in-use", "", { medium: "camera" }));
    trouble = withError(trouble, missing("audio"));
    trouble = withError(trouble, new ParleyError("room-full", ""));
    expect(trouble.map(({ code, medium }) => [code, medium])).toEqual([
      ["media-in-use", "camera"],
      ["media-not-found", "audio"],
    ]);
  });

  test("is over for a device once that is there", () => {
    const trouble = [missing("audio"), missing("camera")];
    expect(stillMissing(trouble, media("on", "none"))).toEqual([trouble[1]]);
    expect(stillMissing(trouble, media("none", "none"))).toBe(trouble);
  });

  test("of one kind is said in one sentence", () => {
    expect(byKind([missing("audio"), missing("camera")])).toHaveLength(1);
  });
});

describe("notices", () => {
  test("tell who came and went, also without a name", () => {
    expect(noticeOf("joined", "Ben", english)).toBe("Ben joined");
    expect(noticeOf("left", "", english)).toBe("Guest left");
  });

  test("tell which device is used now, and why", () => {
    const change = { medium: "audio", device: "Built-in" } as const;
    expect(deviceNotice({ ...change, lost: "Headset" }, english)).toBe(
      "Headset is not available. Using Built-in.",
    );
    expect(deviceNotice(change, english)).toBe("Using Built-in again.");
  });

  test("tell what an error is about", () => {
    const path = new ParleyError("path-failed", "", { participant: "b" });
    expect(noticeOf(path, "Ben", english)).toMatch(/^Ben: No way through the network\. One of/);
    expect(noticeOf(missing("camera"), "", english)).toMatch(/^Camera: Not found\. /);
    expect(noticeOf(new ParleyError("room-full", ""), "", english)).toMatch(
      /^This room is full\. /,
    );
  });
});

describe("the screen shown", () => {
  test("before a call and when one is refused", () => {
    expect(phaseOf({ status: "none" })).toBe("prejoin");
    expect(phaseOf({ status: "opening" })).toBe("prejoin");
    expect(phaseOf({ status: "refused", error: new ParleyError("bad-room", "") })).toBe("failed");
  });

  test.each([
    ["idle", "prejoin"],
    ["joining", "prejoin"],
    ["waiting", "call"],
    ["reconnecting", "call"],
    ["failed", "failed"],
    ["ended", "ended"],
  ] as const)("in the state %s is %s", (state, phase) => {
    expect(phaseOf({ status: "open", call: { state } as never })).toBe(phase);
  });

  test("offers what can help", () => {
    expect(remedyOf("server-unreachable")).toBe("retry");
    expect(remedyOf("replaced")).toBe("bring-here");
    expect(remedyOf("unsupported-browser")).toBe("none");
  });
});

describe("the language", () => {
  test.each([
    [["de-AT", "en"], "de"],
    [["nl", "fr-CA"], "fr"],
    [["", "ES"], "es"],
    [["zh"], "en"],
    [[], "en"],
  ] as const)("for %j is %s", (wanted, language) => {
    expect(chooseLanguage(wanted)).toBe(language);
  });
});

describe("of a call that reconnects", () => {
  const others = (...states: Participant["state"][]) =>
    states.map((state) => ({ state }) as Participant);

  test.each([
    [others(), true],
    [others("connected", "connecting"), true],
    [others("connected", "reconnecting"), false],
    [others("failed"), false],
  ])("the server is missed where no path is (%#)", (participants, missed) => {
    expect(lacksServer({ state: "reconnecting", participants })).toBe(missed);
  });

  test("nothing is missed while all is well", () => {
    expect(lacksServer({ state: "connected", participants: others("connected") })).toBe(false);
  });
});
