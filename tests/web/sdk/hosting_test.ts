// Who gets in and who decides it, through the SDK and the real core.
import { afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { Call } from "../../../web/sdk/call.ts";
import type { CoreModule } from "../../../web/sdk/core/module.ts";
import type { Credentials } from "../../../web/sdk/hosting.ts";
import { type FakeBrowser, installBrowser, settled, until } from "../support/browser.ts";
import { loadBuiltCore } from "../support/core.ts";
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

function knock(name: string, credentials: Credentials = {}): Call {
  const call = new Call(core, {
    room: "demo",
    server: new URL("https://calls.example/"),
    loadStats: () => import("../../../web/sdk/stats/reader.ts"),
  });
  calls.push(call);
  call.join(name, credentials);
  return call;
}

async function join(name: string, credentials: Credentials = {}): Promise<Call> {
  const call = knock(name, credentials);
  await until(call, () => !["idle", "joining"].includes(call.state));
  return call;
}

/** What the last frame of this type said, as the server got it. */
const lastSent = (type: string) =>
  FakeWebSocket.sent
    .map((text) => JSON.parse(text) as { type: string; [member: string]: unknown })
    .filter((frame) => frame.type === type)
    .at(-1);

const idOf = (of: Call, name: string) =>
  of.participants.find((one) => one.name === name)?.id ?? "nobody";

test("the first is the host, the others are guests, and everybody is told", async () => {
  const ana = await join("Ana");
  const ben = await join("Ben");
  expect([ana.role, ana.self.role, ben.role]).toEqual(["host", "host", "guest"]);
  expect(ben.participants[0]?.role).toBe("host");
  expect(ana.settings).toEqual({ door: "open", hasPassword: false });
});

test("who waits knows its place, and hosts see the queue in order", async () => {
  const ana = await join("Ana");
  ana.setDoor("waiting-room");
  await until(ana, () => ana.settings?.door === "waiting-room");
  const places: unknown[] = [];
  const ben = knock("Ben");
  await until(ben, () => ben.place === 1);
  const cho = knock("Cho");
  cho.on("place-changed", (place) => places.push(place));
  await until(cho, () => cho.place === 2);
  await until(ana, () => ana.waiting.length === 2);
  expect(ana.waiting.map(({ name }) => name)).toEqual(["Ben", "Cho"]);
  expect(ben.state).toBe("joining");

  ana.admit(ana.waiting[0]?.id ?? "");
  await until(ben, () => ben.state !== "joining");
  expect([ben.place, ben.role]).toEqual([undefined, "guest"]);
  await until(cho, () => cho.place === 1);

  ana.refuse(ana.waiting[0]?.id ?? "");
  await until(cho, () => cho.state === "failed");
  expect(cho.problem).toBe("not-admitted");
  expect(places).toEqual([2, 1, undefined]);
  await until(ana, () => ana.waiting.length === 0);
});

test("all who wait are admitted at once", async () => {
  const ana = await join("Ana");
  ana.setDoor("waiting-room");
  await until(ana, () => ana.settings?.door === "waiting-room");
  const others = [knock("Ben"), knock("Cho")];
  await until(ana, () => ana.waiting.length === 2);
  ana.admit("all");
  for (const call of others) await until(call, () => call.state !== "joining");
  expect(lastSent("moderate")?.action).toEqual({ type: "admit" });
});

test("a password that is wanted or wrong is said, and the right one opens", async () => {
  browser.relay.password = "north wind";
  expect((await join("Ana")).problem).toBe("password-required");
  expect((await join("Ana", { password: "south" })).problem).toBe("wrong-password");
  expect((await join("Ana", { password: "north wind" })).state).toBe("waiting");
});

test("a token goes with the join", async () => {
  await join("Ana", { token: "a.b.c" });
  expect(lastSent("join")?.token).toBe("a.b.c");
});

test("a locked room refuses, and unlocked leads where it led before", async () => {
  const ana = await join("Ana");
  ana.setDoor("waiting-room");
  await until(ana, () => ana.settings?.door === "waiting-room");
  ana.lock();
  await until(ana, () => ana.settings?.door === "locked");
  expect((await join("Ben")).problem).toBe("room-locked");
  ana.lock(false);
  await until(ana, () => ana.settings?.door === "waiting-room");
});

test("a mute is done and told by whom, until the person speaks again", async () => {
  const ana = await join("Ana");
  const ben = await join("Ben");
  await until(ana, () => ana.participants.length === 1);
  ana.mute(idOf(ana, "Ben"));
  await until(ben, () => ben.self.mutedBy.length === 1);
  expect(ben.self.mutedBy).toEqual([{ medium: "audio", by: ana.self.id }]);
  expect(ben.self.media.audio).toBe("off");
  ben.setMuted("audio", false);
  await until(ben, () => ben.self.media.audio === "on");
  expect(ben.self.mutedBy).toEqual([]);
});

test("a guest is made a host, removed, banned; and the call ends for all", async () => {
  const ana = await join("Ana");
  const [ben, cho, dan] = [await join("Ben"), await join("Cho"), await join("Dan")];
  await until(ana, () => ana.participants.length === 3);
  ana.handOver(idOf(ana, "Ben"));
  await until(ben, () => ben.role === "host");
  await until(ana, () => ana.participants.some(({ role }) => role === "host"));

  ben.remove(idOf(ben, "Cho"));
  await until(cho, () => cho.state === "failed");
  expect(cho.problem).toBe("removed");
  ben.remove(idOf(ben, "Dan"), { ban: true });
  await until(dan, () => dan.state === "failed");
  expect(dan.problem).toBe("banned");

  ben.end();
  for (const call of [ana, ben]) await until(call, () => call.state === "ended");
  expect([ana.problem, ben.problem]).toEqual(["call-ended", "call-ended"]);
});

test("what a guest asks for is not sent", async () => {
  await join("Ana");
  const ben = await join("Ben");
  ben.end();
  expect(lastSent("moderate")).toBe(undefined);
  expect(ben.state).not.toBe("ended");
});

test("what whoever runs the server says is passed on as it is, and calls go on", async () => {
  const ana = await join("Ana");
  const heard: unknown[] = [];
  ana.on("notice", (notice) => heard.push(notice));
  FakeWebSocket.all.at(-1)?.deliver({ type: "notice", text: "At <b>18:00</b>.\nGo on." });
  FakeWebSocket.all.at(-1)?.deliver({ type: "notice", text: "" });
  FakeWebSocket.all.at(-1)?.deliver({ type: "of-a-newer-server", text: "x" });
  await settled();
  expect(heard).toEqual([{ from: "operator", text: "At <b>18:00</b>.\nGo on." }]);
  expect(ana.state).toBe("waiting");
});
