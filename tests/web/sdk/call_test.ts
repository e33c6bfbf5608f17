import { afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { Call } from "../../../web/sdk/call.ts";
import type { CallOptions } from "../../../web/sdk/call_options.ts";
import type { CoreModule } from "../../../web/sdk/core/module.ts";
import type { ParleyError } from "../../../web/sdk/errors.ts";
import { type FakeBrowser, installBrowser, settled, until } from "../support/browser.ts";
import { loadBuiltCore } from "../support/core.ts";
import { FakeStream, FakeTrack } from "../support/fake_media.ts";
import { FakePeerConnection } from "../support/fake_peer_connection.ts";
import { FakeWebSocket } from "../support/relay.ts";

let core: CoreModule;
let browser: FakeBrowser;
let calls: Call[];

beforeAll(async () => {
  core = await loadBuiltCore();
});

beforeEach(() => {
  browser = installBrowser();
  calls = [];
});

afterEach(() => {
  for (const call of calls) call.leave();
});

function open(options: Partial<CallOptions> = {}): Call {
  const call = new Call(core, {
    room: "demo",
    server: new URL("https://calls.example/"),
    loadStats: () => import("../../../web/sdk/stats/reader.ts"),
    ...options,
  });
  calls.push(call);
  return call;
}

async function join(name: string, options: Partial<CallOptions> = {}): Promise<Call> {
  const call = open(options);
  call.join(name);
  await until(call, () => !["idle", "joining"].includes(call.state));
  return call;
}

async function connectedPair(): Promise<[ana: Call, ben: Call]> {
  const ana = await join("Ana");
  const ben = await join("Ben");
  for (const call of [ana, ben]) await until(call, () => call.state === "connected");
  return [ana, ben];
}

describe("before joining", () => {
  test("connects, takes the devices and makes an offer, unseen", async () => {
    const call = open();
    await until(call, () => call.self.media.camera === "on");
    await settled();
    expect(FakeWebSocket.all.map(({ url, protocol }) => [url, protocol])).toEqual([
      ["wss://calls.example/ws?room=demo", "parley.v1"],
    ]);
    expect(browser.devices.requests).toHaveLength(1);
    expect(call.self.stream.getTracks()).toHaveLength(2);
    expect(FakePeerConnection.all.map((pc) => pc.signalingState)).toEqual(["have-local-offer"]);
    expect(call.state).toBe("idle");
  });

  test("asks for no camera where none is wanted", async () => {
    const call = open({ video: false });
    await until(call, () => call.self.media.audio === "on");
    expect(browser.devices.requests.map((asked) => Object.keys(asked))).toEqual([["audio"]]);
    expect(call.self.media.camera).toBe("off");
  });

  test("says that the browser is asking, and when it has been answered", async () => {
    let answer = () => {};
    browser.devices.prompt = new Promise((resolve) => (answer = resolve));
    const call = open();
    expect(call.self.asking).toBe(true);
    answer();
    await until(call, () => !call.self.asking);
    expect(call.self.media.camera).toBe("on");
  });
});

describe("two people", () => {
  test("are connected, know each other and have each other's streams", async () => {
    const [ana, ben] = await connectedPair();
    expect(ana.participants.map(({ name, state }) => [name, state])).toEqual([
      ["Ben", "connected"],
    ]);
    expect(ben.participants.map(({ name, state }) => [name, state])).toEqual([
      ["Ana", "connected"],
    ]);
    expect(ana.participants[0]?.stream?.getTracks()).toHaveLength(2);
    expect(ana.participants[0]?.screenStream?.getVideoTracks()).toHaveLength(1);
  });

  test("send their tracks in the order audio, camera, screen, on both sides", async () => {
    await connectedPair();
    const connected = FakePeerConnection.all.filter((pc) => pc.connectionState === "connected");
    expect(connected).toHaveLength(2);
    for (const { transceivers } of connected) {
      expect(transceivers.map(({ kind }) => kind)).toEqual(["audio", "video", "video"]);
      expect(transceivers.map(({ direction }) => direction)).toEqual(Array(3).fill("sendrecv"));
      const sent = transceivers.map(({ sender }) => sender.track?.kind);
      expect(sent).toEqual(["audio", "video", undefined]);
    }
  });

  test("see a mute at once, while the device stays open", async () => {
    const [ana, ben] = await connectedPair();
    ana.setMuted("audio", true);
    await until(ben, () => ben.participants[0]?.media.audio === "off");
    const [track] = ana.self.stream.getAudioTracks();
    expect([track?.enabled, track?.readyState]).toEqual([false, "live"]);
    ana.setMuted("audio", false);
    await until(ben, () => ben.participants[0]?.media.audio === "on");
    expect(ana.self.stream.getAudioTracks()[0]?.enabled).toBe(true);
  });

  test("see a shared screen, sent without another offer, and its end", async () => {
    const [ana, ben] = await connectedPair();
    const connected = FakePeerConnection.all.filter((pc) => pc.connectionState === "connected");
    ana.shareScreen();
    await until(ben, () => ben.participants[0]?.media.screen === "on");
    const screens = connected.map(({ transceivers }) => transceivers[2]?.sender.track);
    expect(screens.filter((track) => track?.contentHint === "detail")).toHaveLength(1);
    expect(connected.map((pc) => pc.signalingState)).toEqual(["stable", "stable"]);
    browser.devices.given.at(-1)?.unplug();
    await until(ben, () => ben.participants[0]?.media.screen === "none");
    expect(ana.self.screenStream.getTracks()).toHaveLength(0);
  });

  test("hear of a new name", async () => {
    const [ana, ben] = await connectedPair();
    ana.setName("  Ana\n Maria ");
    await until(ben, () => ben.participants[0]?.name === "Ana Maria");
    expect(ana.self.name).toBe("Ana Maria");
  });

  test("send each other text, bytes and views, and lines of chat apart from those", async () => {
    const [ana, ben] = await connectedPair();
    const got: unknown[] = [];
    const lines: unknown[] = [];
    ben.on("message", ({ from, data }) => got.push([from, data]));
    ben.on("chat", ({ data }) => lines.push(data));
    await ana.send("hello");
    await ana.send(new Uint8Array([1, 2, 3]).subarray(1), { to: ben.self.id ?? "" });
    await ana.send(new Blob(["blob"]), { reliable: false });
    await ana.sendChat('a "line"');
    await settled();
    const bytes = got.map((one) => (one as [string, unknown])[1]);
    expect(bytes[0]).toBe("hello");
    expect([...new Uint8Array(bytes[1] as ArrayBuffer)]).toEqual([2, 3]);
    expect(new TextDecoder().decode(bytes[2] as ArrayBuffer)).toBe("blob");
    expect(got.every((one) => (one as [string])[0] === ana.self.id)).toBe(true);
    expect(lines).toEqual(['a "line"']);
  });

  test("cannot send to somebody who is not there", async () => {
    const [ana] = await connectedPair();
    await expect(ana.send("x", { to: "nobody" })).rejects.toMatchObject({ code: "not-connected" });
  });

  test("notice a leave, and the one who left has given everything back", async () => {
    const [ana, ben] = await connectedPair();
    const left: string[] = [];
    ana.on("participant-left", ({ name }) => left.push(name));
    ben.leave();
    await until(ana, () => ana.state === "waiting");
    expect(left).toEqual(["Ben"]);
    expect(ben.state).toBe("ended");
    expect(ben.self.stream.getTracks()).toHaveLength(0);
    expect(browser.devices.given.filter((track) => track.readyState === "live")).toHaveLength(2);
  });

  test("come back after the network between them was cut", async () => {
    const [ana, ben] = await connectedPair();
    const states: string[] = [];
    ana.on("state", ({ state }) => states.push(state));
    for (const pc of FakePeerConnection.all) pc.fail();
    await until(ana, () => states.at(-1) === "connected");
    await until(ben, () => ben.state === "connected");
    expect(states).toEqual(["reconnecting", "connected"]);
  });

  test("come back after the server was cut off", async () => {
    const [ana, ben] = await connectedPair();
    browser.relay.cut();
    for (const call of [ana, ben]) {
      await until(call, () => call.state === "connected" && call.participants.length === 1);
    }
    expect(FakeWebSocket.all.length).toBeGreaterThan(2);
  });
});

describe("devices", () => {
  test.each([
    [new DOMException("Permission denied", "NotAllowedError"), "media-denied-by-user"],
    [new DOMException("Permission denied by system", "NotAllowedError"), "media-denied-by-system"],
    [new DOMException("Could not start", "NotReadableError"), "media-in-use"],
    [new DOMException("Requested device not found", "NotFoundError"), "media-not-found"],
  ])("a camera that fails with %s leaves the voice, and says %s", async (failure, code) => {
    browser.devices.failures.video = failure;
    const call = open();
    const errors: ParleyError[] = [];
    call.on("error", (error) => errors.push(error));
    await until(call, () => errors.length > 0 && call.self.media.audio === "on");
    expect(errors.map((error) => [error.code, error.medium])).toEqual([[code, "camera"]]);
    expect(call.self.media.camera).toBe("none");
  });

  test("the application's own stream is used, and left running", async () => {
    const own = new FakeStream([new FakeTrack("audio"), new FakeTrack("video")]);
    const call = open({ stream: own as unknown as MediaStream });
    await until(call, () => call.self.media.camera === "on");
    expect(browser.devices.requests).toHaveLength(0);
    call.leave();
    expect(own.getTracks().map(({ readyState }) => readyState)).toEqual(["live", "live"]);
  });

  test("another camera replaces the one before, for the others too", async () => {
    const [ana] = await connectedPair();
    const before = ana.self.stream.getVideoTracks()[0];
    await ana.useDevice("camera", "Rear");
    expect(ana.deviceInUse("camera")).toBe("Rear");
    expect(before?.readyState).toBe("ended");
    const sent = FakePeerConnection.all.flatMap((pc) => pc.transceivers[1]?.sender.track ?? []);
    expect(sent.some(({ deviceId }) => deviceId === "Rear")).toBe(true);
  });

  test("a device that is given after all was over is given back", async () => {
    let answer = () => {};
    browser.devices.prompt = new Promise((resolve) => (answer = resolve));
    const call = open();
    call.leave();
    answer();
    await settled();
    expect(browser.devices.given.map(({ readyState }) => readyState)).toEqual(["ended", "ended"]);
  });
});

describe("the end", () => {
  test("a full room is told as such", async () => {
    browser.relay.capacity = 1;
    await join("Ana");
    const ben = await join("Ben");
    expect([ben.state, ben.problem]).toEqual(["failed", "room-full"]);
  });

  test("a page that goes away leaves, and keeps the ticket for the next", async () => {
    const [ana, ben] = await connectedPair();
    const ids = [ana.self.id, ben.self.id];
    browser.page.dispatchEvent(new Event("pagehide"));
    expect([ana.state, ben.state]).toEqual(["ended", "ended"]);
    const kept = [...browser.storage.values()].map((text) => JSON.parse(text) as { id: string });
    expect(kept).toHaveLength(1);
    expect(ids).toContain(kept[0]?.id);
    const again = open();
    expect(again.resumes).toBe(true);
    expect(browser.storage.size).toBe(0);
    expect(open().resumes).toBe(false);
  });

  test("the journal can be had during the call and after it", async () => {
    const [ana] = await connectedPair();
    const during = await ana.journal().text();
    ana.leave();
    const after = await ana.journal().text();
    for (const journal of [during, after]) {
      const lines = journal
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { journal?: number });
      expect(lines[0]?.journal).toBe(1);
      expect(lines.length).toBeGreaterThan(10);
    }
    expect(after.length).toBeGreaterThan(during.length);
  });
});
