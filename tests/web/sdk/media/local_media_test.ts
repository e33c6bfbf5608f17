import { beforeEach, describe, expect, test } from "@jest/globals";
import type { AnyInput } from "../../../../web/sdk/driver/outputs.ts";
import { LocalMedia } from "../../../../web/sdk/media/local_media.ts";
import { type FakeBrowser, installBrowser, settled } from "../../support/browser.ts";

let browser: FakeBrowser;
let inputs: AnyInput[];
let media: LocalMedia;

beforeEach(() => {
  browser = installBrowser();
  inputs = [];
  media = new LocalMedia(
    (input) => inputs.push(input),
    () => {},
  );
});

const acquire = (audio: boolean, camera: boolean) =>
  media.handlers["acquire-media"]({ type: "acquire-media", action: 1, audio, camera });

describe("another device", () => {
  test("that fails leaves the one before in use", async () => {
    acquire(true, true);
    await settled();
    const before = media.deviceInUse("camera");
    browser.devices.getUserMedia = failOnce(browser, new DOMException("busy", "NotReadableError"));
    await expect(media.useDevice("camera", "other")).rejects.toThrow("busy");
    expect(media.deviceInUse("camera")).toBe(before);
    expect(media.track("camera")?.readyState).toBe("live");
  });

  test("that fails where the one before is gone as well ends the medium", async () => {
    acquire(true, true);
    await settled();
    browser.devices.failures.video = new DOMException("gone", "NotFoundError");
    await expect(media.useDevice("camera", "other")).rejects.toThrow("gone");
    expect(inputs).toContainEqual({ type: "media-ended", medium: "camera" });
  });

  test("chosen before there is any is the one that is asked for", async () => {
    await media.useDevice("audio", "headset");
    acquire(true, false);
    await settled();
    expect(browser.devices.requests).toMatchObject([{ audio: { deviceId: { ideal: "headset" } } }]);
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
  expect(inputs).toEqual([{ type: "media-acquired", action: 1 }]);
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

function failOnce({ devices }: FakeBrowser, error: DOMException): typeof devices.getUserMedia {
  const original = devices.getUserMedia;
  return () => {
    devices.getUserMedia = original;
    return Promise.reject(error);
  };
}
