import { describe, expect, test } from "@jest/globals";
import type { Participant, Self } from "../../../../web/sdk/participants.ts";
import { english } from "../../../../web/widget/shared/localizer.ts";
import { hostNotice } from "../../../../web/widget/view_models/notices.ts";
import { hostDeeds, peopleOf } from "../../../../web/widget/view_models/people.ts";
import { phaseOf } from "../../../../web/widget/view_models/phase.ts";
import { remedyOf } from "../../../../web/widget/view_models/problems.ts";

const self = (role: Self["role"], mutedBy: Self["mutedBy"] = []) =>
  ({ id: "me", name: "Ana", role, mutedBy }) as Self;

const peer = (role: Participant["role"], audio: "on" | "off" = "on") =>
  ({ id: "b", name: "Ben", role, media: { audio, camera: "off", screen: "on" } }) as Participant;

const deeds = (own: Self["role"], other: Participant) =>
  peopleOf(self(own), [other]).map((one) => one.deeds);

describe("the list of people", () => {
  test("has oneself first, to whom nothing is done", () => {
    expect(peopleOf(self("host"), [peer("guest")]).map(({ name }) => name)).toEqual(["Ana", "Ben"]);
    expect(deeds("host", peer("guest"))[0]).toEqual([]);
  });

  test("lets a host switch off what is on, make hosts, and remove", () => {
    expect(deeds("host", peer("guest"))[1]).toEqual([
      "mute-audio",
      "mute-screen",
      "make-host",
      "remove",
    ]);
    expect(deeds("host", peer("host", "off"))[1]).toEqual(["mute-screen", "remove"]);
  });

  test("lets a guest look only", () => {
    expect(deeds("guest", peer("guest"))[1]).toEqual([]);
  });
});

describe("what hosts do to oneself", () => {
  const audio = { medium: "audio", by: "b" } as const;
  const camera = { medium: "camera", by: "b" } as const;

  test("is told once", () => {
    expect(hostDeeds(self("guest"), self("guest", [audio]))).toEqual([audio]);
    expect(hostDeeds(self("guest", [audio]), self("guest", [audio, camera]))).toEqual([camera]);
    expect(hostDeeds(self("guest", [audio]), self("guest"))).toEqual([]);
    expect(hostDeeds(self("guest"), self("host"))).toEqual(["made-host"]);
    expect(hostDeeds(self("host"), self("host"))).toEqual([]);
  });

  test("is told with the host's name", () => {
    expect(hostNotice(audio, () => "Ben", english)).toBe("Switched off by Ben: Microphone");
    expect(hostNotice("made-host", () => "", english)).toBe("You are a host of this call now");
  });
});

describe("the screen shown", () => {
  test("is the door while a host has to decide", () => {
    const call = { state: "joining", place: 2 };
    expect(phaseOf({ status: "open", call: call as never })).toBe("door");
    expect(phaseOf({ status: "open", call: { state: "joining" } as never })).toBe("prejoin");
  });

  test.each([
    ["password-required", "password"],
    ["wrong-password", "password"],
    ["not-admitted", "retry"],
    ["room-locked", "retry"],
    ["removed", "retry"],
    ["call-ended", "join-again"],
    ["banned", "none"],
    ["token-expired", "none"],
  ] as const)("after %s offers %s", (problem, remedy) => {
    expect(remedyOf(problem)).toBe(remedy);
  });
});
