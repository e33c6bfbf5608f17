import { beforeEach, describe, expect, test } from "@jest/globals";
import type { AnyInput } from "../../../../web/sdk/driver/outputs.ts";
import { DeviceList } from "../../../../web/sdk/media/devices.ts";
import { LocalMedia } from "../../../../web/sdk/media/local_media.ts";
import { type FakeBrowser, installBrowser, settled } from "../../support/browser.ts";

let browser: FakeBrowser;
let inputs: AnyInput[];
let media: LocalMedia;
let devices: DeviceList;

beforeEach(() => {
  browser = installBrowser();
  inputs = [];
  devices = new DeviceList(() => {});
  media = new LocalMedia(
    (input) => inputs.push(input),
    () => {},
    devices,
  );
});

const acquire = (
  audio: boolean,
  camera: boolean,
  wanted: { audioDevice?: string; cameraDevice?: string } = {},
) =>
  media.handlers["acquire-media"]({ type: "acquire-media", action: 1, audio, camera, ...wanted });

test("a device is asked for by the id that its name has now", async () => {
  await devices.refresh();
  acquire(true, false, { audioDevice: "Built-in" });
  await media.settled();
  expect(browser.devices.requests).toMatchObject([{ audio: { deviceId: { exact: "Built-in" } } }]);
  expect(inputs).toEqual([{ type: "media-acquired", action: 1, audioDevice: "Built-in" }]);
});

test("a name that is not known yet is looked up before the browser is asked", async () => {
  acquire(false, true, { cameraDevice: "Rear" });
  await media.settled();
  expect(browser.devices.requests).toMatchObject([{ video: { deviceId: { exact: "Rear" } } }]);
});

test("the track before is stopped, in silence, before another device is asked for", async () => {
  acquire(false, true);
  await media.settled();
  const [before] = browser.devices.given;
  acquire(false, true, { cameraDevice: "Rear" });
  expect(before?.readyState).toBe("ended");
  before?.interrupt(true);
  before?.unplug();
  expect(inputs).toHaveLength(1);
  await media.settled();
  expect(media.deviceInUse("camera")).toBe("Rear");
});

describe("what the system interrupts", () => {
  test("is told of, and when it goes on", async () => {
    acquire(true, true);
    await media.settled();
    browser.devices.given[0]?.interrupt(true);
    browser.devices.given[0]?.interrupt(false);
    expect(inputs.slice(1)).toEqual([
      { type: "media-interrupted", medium: "audio", interrupted: true },
      { type: "media-interrupted", medium: "audio", interrupted: false },
    ]);
  });

  test("from the beginning is told of after the device is there", async () => {
    const open = browser.devices.getUserMedia;
    browser.devices.getUserMedia = async (constraints) => {
      const stream = await open(constraints);
      for (const track of stream.getTracks()) track.muted = true;
      return stream;
    };
    acquire(false, true);
    await media.settled();
    expect(inputs.map(({ type }) => type)).toEqual(["media-acquired", "media-interrupted"]);
  });

  test("is nobody's business where it is a screen", async () => {
    media.handlers["acquire-screen"]({ type: "acquire-screen", action: 4 });
    await media.settled();
    browser.devices.given[0]?.interrupt(true);
    expect(inputs.map(({ type }) => type)).toEqual(["media-acquired"]);
  });
});

test("a medium that is released while the person is asked is not lit up, the other one is", async () => {
  acquire(true, true);
  media.handlers["release-media"]({ type: "release-media", medium: "camera" });
  await settled();
  const states = browser.devices.given.map(({ kind, readyState }) => [kind, readyState]);
  expect(states).toEqual([
    ["audio", "live"],
    ["video", "ended"],
  ]);
  expect(inputs).toEqual([{ type: "media-acquired", action: 1, audioDevice: "Headset" }]);
});

test("a mute before the device is there holds when it comes", async () => {
  media.handlers["enable-track"]({ type: "enable-track", medium: "audio", enabled: false });
  acquire(true, false);
  await settled();
  expect(media.track("audio")?.enabled).toBe(false);
});

test("an unplugged device is told of, one that is given back is not", async () => {
  acquire(true, true);
  await settled();
  browser.devices.given[1]?.unplug();
  media.handlers["release-media"]({ type: "release-media", medium: "audio" });
  expect(inputs.slice(1)).toEqual([{ type: "media-ended", medium: "camera" }]);
});

test("closing the picker of screens is no failure of a device", async () => {
  browser.devices.failures.screen = new DOMException("Permission denied", "NotAllowedError");
  media.handlers["acquire-screen"]({ type: "acquire-screen", action: 4 });
  await settled();
  expect(inputs).toEqual([{ type: "media-failed", action: 4, problem: "cancelled" }]);
});

test("a page without devices is an insecure page", async () => {
  Object.assign(globalThis, { navigator: { permissions: navigator.permissions } });
  acquire(true, true);
  await settled();
  expect(inputs).toEqual([{ type: "media-failed", action: 1, problem: "insecure-page" }]);
});
