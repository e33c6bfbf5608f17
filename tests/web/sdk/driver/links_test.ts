import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { Links } from "../../../../web/sdk/driver/links.ts";
import type { AnyInput } from "../../../../web/sdk/driver/outputs.ts";
import { define, installBrowser, settled } from "../../support/browser.ts";
import { FakeTrack } from "../../support/fake_media.ts";
import { FakePeerConnection } from "../../support/fake_peer_connection.ts";

let inputs: AnyInput[];
let links: Links;

beforeEach(() => {
  installBrowser();
  inputs = [];
  const nothing = () => {};
  links = new Links(
    (input) => inputs.push(input),
    () => null,
    nothing,
    nothing,
  );
});

afterEach(() => {
  jest.useRealTimers();
  Reflect.deleteProperty(globalThis, "webkitRTCPeerConnection");
});

const create = (role: "offering" | "answering" = "offering") =>
  links.handlers["create-link"]({ type: "create-link", link: 1, role, iceServers: [] });

const answered = () =>
  inputs.flatMap((input) => ("action" in input ? [[input.type, input.action]] : []));

test("an offer is answered with the whole description", async () => {
  create();
  links.handlers["set-local"]({ type: "set-local", action: 7, link: 1, kind: "offer" });
  await settled();
  expect(answered()).toEqual([["action-done", 7]]);
  const [done] = inputs.filter((input) => input.type === "action-done");
  expect(done?.sdp).toBe(FakePeerConnection.all[0]?.localDescription?.sdp);
});

test("what the browser refuses is answered with its name and message", async () => {
  create();
  links.handlers["set-local"]({ type: "set-local", action: 7, link: 1, kind: "answer" });
  await settled();
  expect(inputs).toEqual([
    { type: "action-failed", action: 7, error: "InvalidStateError: answer" },
  ]);
});

test("what is under way when a link is closed is answered, once", async () => {
  create();
  links.handlers["set-local"]({ type: "set-local", action: 7, link: 1, kind: "offer" });
  links.handlers["close-link"]({ type: "close-link", link: 1 });
  expect(answered()).toEqual([["action-failed", 7]]);
  await settled();
  expect(answered()).toEqual([["action-failed", 7]]);
});

test("an action on a link that is not there fails", () => {
  links.handlers["set-local"]({ type: "set-local", action: 9, link: 3, kind: "offer" });
  expect(answered()).toEqual([["action-failed", 9]]);
});

test("a link that the browser would not make fails its actions with the reason", () => {
  define({
    RTCPeerConnection: class {
      constructor() {
        throw new DOMException("bad URL", "SyntaxError");
      }
    },
  });
  create();
  links.handlers["set-local"]({ type: "set-local", action: 9, link: 1, kind: "offer" });
  expect(inputs).toEqual([{ type: "action-failed", action: 9, error: "SyntaxError: bad URL" }]);
});

test("candidates are told with their generation, and their end once", async () => {
  create();
  links.handlers["set-local"]({ type: "set-local", action: 7, link: 1, kind: "offer" });
  await settled();
  const told = inputs.filter(({ type }) => type.startsWith("link-candidate"));
  expect(told.map(({ type }) => type)).toEqual(["link-candidate", "link-candidates-end"]);
  expect(told[0]).toMatchObject({ candidate: { usernameFragment: "u0g1", sdpMLineIndex: 0 } });
});

test("an answering link takes its transceivers from the offer", async () => {
  create();
  links.handlers["set-local"]({ type: "set-local", action: 1, link: 1, kind: "offer" });
  await settled();
  const sdp = FakePeerConnection.all[0]?.localDescription?.sdp ?? "";
  links.handlers["create-link"]({
    type: "create-link",
    link: 2,
    role: "answering",
    iceServers: [],
  });
  expect(FakePeerConnection.all[1]?.transceivers).toHaveLength(0);
  links.handlers["set-remote"]({ type: "set-remote", action: 2, link: 2, kind: "offer", sdp });
  await settled();
  const directions = FakePeerConnection.all[1]?.transceivers.map(({ direction }) => direction);
  expect(directions).toEqual(["sendrecv", "sendrecv", "sendrecv"]);
  const scales = FakePeerConnection.all[1]?.transceivers.map(({ sender }) => sender.scale);
  expect(scales).toEqual([1, 1, 1]);
  expect(links.get(2)?.receiver("screen")?.track.kind).toBe("video");
});

test("a camera's picture is sent whole a second after two have connected", async () => {
  Object.assign(globalThis, { webkitRTCPeerConnection: FakePeerConnection });
  jest.useFakeTimers();
  const scales = (link: number) =>
    FakePeerConnection.all[link]?.transceivers.map(({ sender }) => sender.scale);
  create();
  expect(scales(0)).toEqual([1, 2, 1]);
  FakePeerConnection.all[0]!.connectionState = "connected";
  FakePeerConnection.all[0]!.onconnectionstatechange?.();
  await jest.advanceTimersByTimeAsync(999);
  expect(scales(0)).toEqual([1, 2, 1]);
  await jest.advanceTimersByTimeAsync(1);
  expect(scales(0)).toEqual([1, 1, 1]);
});

test("a camera's picture is made smaller over the links that are there and those to come", async () => {
  const scales = (link: number) =>
    FakePeerConnection.all[link]?.transceivers.map(({ sender }) => sender.scale);
  create();
  links.handlers["scale-camera"]({ type: "scale-camera", divisor: 4 });
  expect(scales(0)).toEqual([1, 4, 1]);
  links.handlers["create-link"]({
    type: "create-link",
    link: 2,
    role: "offering",
    iceServers: [],
  });
  expect(scales(1)).toEqual([1, 4, 1]);

  links.handlers["set-local"]({ type: "set-local", action: 1, link: 2, kind: "offer" });
  await settled();
  const sdp = FakePeerConnection.all[1]?.localDescription?.sdp ?? "";
  links.handlers["create-link"]({
    type: "create-link",
    link: 3,
    role: "answering",
    iceServers: [],
  });
  links.handlers["set-remote"]({ type: "set-remote", action: 2, link: 3, kind: "offer", sdp });
  await settled();
  expect(scales(2)).toEqual([1, 4, 1]);
  links.handlers["scale-camera"]({ type: "scale-camera", divisor: 1 });
  expect([0, 1, 2].map(scales)).toEqual(Array(3).fill([1, 1, 1]));
});

test("a picture that is to be small stays so when two have connected", async () => {
  Object.assign(globalThis, { webkitRTCPeerConnection: FakePeerConnection });
  jest.useFakeTimers();
  create();
  const [, camera] = FakePeerConnection.all[0]!.transceivers;
  links.handlers["scale-camera"]({ type: "scale-camera", divisor: 2 });
  FakePeerConnection.all[0]!.connectionState = "connected";
  FakePeerConnection.all[0]!.onconnectionstatechange?.();
  await jest.advanceTimersByTimeAsync(1000);
  expect(camera!.sender.scale).toBe(2);
  links.handlers["scale-camera"]({ type: "scale-camera", divisor: 1 });
  expect(camera!.sender.scale).toBe(1);
});

test("who asks for statistics is answered also where the connection is closed meanwhile", async () => {
  create();
  FakePeerConnection.all[0]!.getStats = () => new Promise(() => {});
  const asked = links.get(1)?.getStats();
  links.handlers["close-link"]({ type: "close-link", link: 1 });
  expect((await asked)?.size).toBe(0);
});

test("new ICE servers go to the connection", () => {
  create();
  const iceServers = [{ urls: ["stun:stun.example.org"] }];
  links.handlers["set-ice-servers"]({
    type: "set-ice-servers",
    transport: "relay",
    link: 1,
    iceServers,
  });
  expect(FakePeerConnection.all[0]?.configuration).toMatchObject({
    iceServers,
    bundlePolicy: "max-bundle",
  });
});

test("whole pictures are sent of what is sent, and of nothing else", async () => {
  create();
  const [audio, camera, screen] = FakePeerConnection.all[0]!.transceivers;
  audio!.sender.track = new FakeTrack("audio");
  camera!.sender.track = new FakeTrack("video");
  links.handlers["refresh-pictures"]({ type: "refresh-pictures", link: 1 });
  await settled();
  const keyFrames = [audio, camera, screen].map((each) => each!.sender.keyFrames);
  expect(keyFrames).toEqual([0, 1, 0]);
});

test("another way is told of a link that is watched, until it is closed", () => {
  create();
  const { iceTransport } = FakePeerConnection.all[0]!.transceivers[0]!.sender.transport;
  const reroute = () => (iceTransport.onselectedcandidatepairchange as (() => void) | null)?.();
  reroute();
  expect(inputs).toEqual([]);
  const watched = { link: 1, silentAfterMilliseconds: 1000 };
  links.handlers["watch-link"]({ type: "watch-link", ...watched });
  reroute();
  expect(inputs).toEqual([{ type: "link-rerouted", link: 1 }]);
  links.handlers["close-link"]({ type: "close-link", link: 1 });
  reroute();
  expect(inputs).toHaveLength(1);
});

/** A picture of each of these has come. */
const show = (...media: ("camera" | "screen")[]) => {
  for (const medium of media) {
    const index = medium === "camera" ? 1 : 2;
    const { receiver } = FakePeerConnection.all[0]!.transceivers[index]!;
    receiver.getSynchronizationSources = () => [{ source: 1 }];
  }
};

const awaitPictures = () => {
  jest.useFakeTimers();
  create();
  const media = ["camera", "screen"] as ("camera" | "screen")[];
  const output = { type: "await-pictures" as const, link: 1, media, withinMilliseconds: 1000 };
  links.handlers["await-pictures"](output);
};

test("pictures that are waited for are told once all are there", () => {
  awaitPictures();
  show("camera");
  jest.advanceTimersByTime(500);
  expect(inputs).toEqual([]);
  show("screen");
  jest.advanceTimersByTime(5000);
  expect(inputs).toEqual([{ type: "link-pictured", link: 1 }]);
});

test("pictures are waited for only so long, and not of a link that is closed", () => {
  awaitPictures();
  jest.advanceTimersByTime(1100);
  show("camera", "screen");
  jest.advanceTimersByTime(1000);
  expect(inputs).toEqual([]);
  expect(jest.getTimerCount()).toBe(0);
  awaitPictures();
  links.handlers["close-link"]({ type: "close-link", link: 1 });
  jest.advanceTimersByTime(100);
  expect(jest.getTimerCount()).toBe(0);
});
