// Devices that come and go in the middle of a call, with the real core.
import { afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { Call } from "../../../web/sdk/call.ts";
import type { DeviceChange } from "../../../web/sdk/call_events.ts";
import type { CallOptions } from "../../../web/sdk/call_options.ts";
import type { CoreModule } from "../../../web/sdk/core/module.ts";
import type { ParleyError } from "../../../web/sdk/errors.ts";
import { type FakeBrowser, installBrowser, settled, until } from "../support/browser.ts";
import { loadBuiltCore } from "../support/core.ts";
import { device, FakeStream, FakeTrack } from "../support/fake_media.ts";
import { FakePeerConnection } from "../support/fake_peer_connection.ts";

let core: CoreModule;
let browser: FakeBrowser;
let calls: Call[];
let changes: DeviceChange[];
let errors: ParleyError[];

beforeAll(async () => {
  core = await loadBuiltCore();
});

beforeEach(() => {
  browser = installBrowser();
  calls = [];
  changes = [];
  errors = [];
});

afterEach(() => {
  for (const call of calls) call.leave();
});

const loadStats = () => import("../../../web/sdk/stats/reader.ts");

async function join(name: string, options: Partial<CallOptions> = {}): Promise<Call> {
  const server = new URL("https://calls.example/");
  const call = new Call(core, { room: "demo", server, loadStats, ...options });
  calls.push(call);
  call.on("device-replaced", (change) => changes.push(change));
  call.on("error", (error) => errors.push(error));
  call.join(name);
  await until(call, () => !["idle", "joining"].includes(call.state));
  await settled();
  return call;
}

const headset = device("audioinput", "Headset");
const busy = new DOMException("busy", "NotReadableError");

test("the chosen devices are taken, by name", async () => {
  const ana = await join("Ana", { devices: { audio: "Built-in", camera: "Rear" } });
  expect([ana.deviceInUse("audio"), ana.deviceInUse("camera")]).toEqual(["Built-in", "Rear"]);
  expect(browser.devices.requests).toHaveLength(1);
});

test("a headset that is pulled out gives way, and is used again when it is back", async () => {
  const ana = await join("Ana", { devices: { audio: "Headset" } });
  const ben = await join("Ben", { devices: { audio: "Built-in" } });
  for (const call of [ana, ben]) await until(call, () => call.state === "connected");
  browser.devices.plug(browser.devices.without("Headset"));
  await settled();
  expect(changes).toEqual([{ medium: "audio", device: "Built-in", lost: "Headset" }]);
  expect(ana.deviceInUse("audio")).toBe("Built-in");
  expect(ana.self.media.audio).toBe("on");
  expect(ana.devices.audio.map(({ label }) => label)).toEqual(["Built-in"]);

  browser.devices.plug([...browser.devices.list, headset]);
  await settled();
  await settled();
  expect(changes.slice(1)).toEqual([{ medium: "audio", device: "Headset" }]);
  expect(ana.deviceInUse("audio")).toBe("Headset");
  const sent = FakePeerConnection.all.flatMap((pc) => pc.transceivers[0]?.sender.track ?? []);
  const live = sent.filter(({ readyState }) => readyState === "live");
  expect(live.map(({ deviceId }) => deviceId)).toContain("Headset");
  expect(errors).toEqual([]);
});

test("without another one the call goes on, and says so", async () => {
  const ana = await join("Ana");
  browser.devices.plug(browser.devices.list.filter(({ kind }) => kind !== "videoinput"));
  await settled();
  expect(errors.map(({ code, medium }) => [code, medium])).toEqual([["media-lost", "camera"]]);
  expect(ana.self.media).toEqual({ audio: "on", camera: "none", screen: "none" });
  expect(ana.self.stream.getVideoTracks()).toEqual([]);
  browser.devices.plug([...browser.devices.list, device("videoinput", "New")]);
  await settled();
  expect(ana.self.media.camera).toBe("on");
});

test("a camera that another program takes is tried again when the page comes to the front", async () => {
  const ana = await join("Ana");
  browser.devices.failures.video = busy;
  browser.devices.given.find(({ kind }) => kind === "video")?.unplug();
  for (let round = 0; round < 6; round++) await settled();
  expect(errors.map(({ code }) => code)).toEqual(["media-in-use"]);
  delete browser.devices.failures.video;
  document.dispatchEvent(new Event("visibilitychange"));
  await settled();
  expect(ana.self.media.camera).toBe("on");
  expect(changes).toEqual([{ medium: "camera", device: "Front" }]);
});

test("another device that fails leaves the one before in use", async () => {
  const ana = await join("Ana");
  const open = browser.devices.getUserMedia;
  browser.devices.getUserMedia = () => {
    browser.devices.getUserMedia = open;
    return Promise.reject(busy);
  };
  await expect(ana.useDevice("camera", "Rear")).rejects.toThrow("cannot be used");
  expect(ana.deviceInUse("camera")).toBe("Front");
  expect(ana.self.media.camera).toBe("on");
  expect(errors.map(({ code }) => code)).toEqual(["device-unavailable"]);
});

test("a device chosen while the camera is off is the one that is asked for", async () => {
  const ana = await join("Ana", { video: false });
  await ana.useDevice("camera", "Rear");
  expect(browser.devices.requests).toHaveLength(1);
  ana.setCamera(true);
  await settled();
  expect(ana.deviceInUse("camera")).toBe("Rear");
});

test("what the system interrupts is off for the others, and taken anew when one looks", async () => {
  const ana = await join("Ana");
  const ben = await join("Ben");
  for (const call of [ana, ben]) await until(call, () => call.state === "connected");
  browser.devices.given[1]?.interrupt(true);
  await until(ben, () => ben.participants[0]?.media.camera === "off");
  expect(ana.self.interrupted).toEqual(["camera"]);
  browser.devices.given[1]?.interrupt(false);
  await until(ben, () => ben.participants[0]?.media.camera === "on");
  browser.devices.given[1]?.interrupt(true);
  document.dispatchEvent(new Event("visibilitychange"));
  await until(ben, () => ben.participants[0]?.media.camera === "on");
  expect(ana.self.interrupted).toEqual([]);
  expect(browser.devices.given[1]?.readyState).toBe("ended");
});

test("an application's own stream is left alone", async () => {
  const own = new FakeStream([new FakeTrack("audio", "a"), new FakeTrack("video", "v")]);
  const ana = await join("Ana", { stream: own as unknown as MediaStream });
  own.getVideoTracks()[0]?.interrupt(true);
  browser.devices.plug([]);
  await ana.useDevice("camera", "Rear");
  await settled();
  expect(ana.self.media).toMatchObject({ audio: "on", camera: "on" });
  expect(browser.devices.requests).toEqual([]);
  expect(own.getTracks().map(({ readyState }) => readyState)).toEqual(["live", "live"]);
});
