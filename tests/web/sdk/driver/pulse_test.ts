import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import type { AnyInput } from "../../../../web/sdk/driver/outputs.ts";
import { Pulse } from "../../../../web/sdk/driver/pulse.ts";

let inputs: AnyInput[];
let pulse: Pulse;
let newest: number;

const receiver = {
  getSynchronizationSources: () => [{ timestamp: newest, source: 1, rtpTimestamp: 0 }],
} as unknown as RTCRtpReceiver;

beforeEach(() => {
  jest.useFakeTimers();
  inputs = [];
  newest = 0;
  pulse = new Pulse((input) => inputs.push(input));
  pulse.watch(1, 1000, () => [receiver]);
});

afterEach(() => {
  pulse.forget(1);
  jest.useRealTimers();
});

/** Time passes in which packets come, or none does. */
function pass(ms: number, packets: "come" | "stop"): void {
  for (let passed = 0; passed < ms; passed += 50) {
    if (packets === "come") newest += 50;
    jest.advanceTimersByTime(50);
  }
}

test("a link over which packets came and then none is silent, and that is told once", () => {
  pass(2000, "come");
  pass(900, "stop");
  expect(inputs).toEqual([]);
  pass(3000, "stop");
  expect(inputs).toEqual([{ type: "link-silent", link: 1 }]);
});

test("silence that goes on is told again to who asks again", () => {
  pass(2000, "come");
  pass(2000, "stop");
  pulse.watch(1, 1000, () => [receiver]);
  pass(2000, "stop");
  expect(inputs.map(({ type }) => type)).toEqual(["link-silent", "link-silent"]);
});

test("the first packet after silence is told", () => {
  pass(2000, "come");
  pass(2000, "stop");
  pass(500, "come");
  expect(inputs.map(({ type }) => type)).toEqual(["link-silent", "link-heard"]);
});

test("a link over which nothing ever came is not silent", () => {
  pass(5000, "stop");
  expect(inputs).toEqual([]);
});

test("a page that slept does not take its own sleep for silence", () => {
  pass(2000, "come");
  pass(200, "stop");
  jest.setSystemTime(Date.now() + 3_600_000);
  pass(300, "stop");
  expect(inputs).toEqual([]);
});

test("a link that is closed is watched no longer", () => {
  pass(2000, "come");
  pulse.forget(1);
  pass(3000, "stop");
  expect(inputs).toEqual([]);
});
