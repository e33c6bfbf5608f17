import { afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { Call } from "../../../../web/sdk/call.ts";
import type { CoreModule } from "../../../../web/sdk/core/module.ts";
import type { DrillOptions } from "../../../../web/sdk/driver/drills.ts";
import { installBrowser, settled, until } from "../../support/browser.ts";
import { loadBuiltCore } from "../../support/core.ts";
import { FakePeerConnection } from "../../support/fake_peer_connection.ts";
import { FakeWebSocket } from "../../support/relay.ts";

// Seconds.
const brief = 0.3;
const longer_than_browsers_wait = 2.6;

let core: CoreModule;
let ana: Call;
let ben: Call;

beforeAll(async () => {
  core = await loadBuiltCore();
});

beforeEach(async () => {
  installBrowser();
  ana = await join("Ana");
  ben = await join("Ben");
  for (const call of [ana, ben]) await until(call, () => call.state === "connected");
});

afterEach(() => {
  for (const call of [ana, ben]) call.leave();
});

async function join(name: string): Promise<Call> {
  const call = new Call(core, {
    room: "demo",
    server: new URL("https://calls.example/"),
    loadStats: () => import("../../../../web/sdk/stats/reader.ts"),
    drills: () => import("../../../../web/sdk/driver/drills.ts"),
  });
  call.join(name);
  await until(call, () => !["idle", "joining"].includes(call.state));
  return call;
}

/** The inputs that the core was told, as its journal has them. */
async function inputs(call: Call): Promise<Record<string, unknown>[]> {
  const lines = (await call.journal().text()).trimEnd().split("\n");
  return lines.flatMap((line) => {
    const { in: input } = JSON.parse(line) as { in?: Record<string, unknown> };
    return input ? [input] : [];
  });
}

const backAgain = (call: Call) => until(call, () => call.state === "connected");

test("a lost signal closes the socket and comes to the core without a close frame", async () => {
  const [socket] = FakeWebSocket.all;
  await ana.simulate("signal-loss");
  expect(socket?.readyState).toBe(3);
  expect(ana.state).toBe("reconnecting");
  await backAgain(ana);
  expect(await inputs(ana)).toContainEqual({ type: "socket-closed", socket: 1, code: 1006 });
});

test("while the server restarts no socket opens, and then one does", async () => {
  const before = FakeWebSocket.all.length;
  const restarted = ana.simulate("server-restart", { seconds: brief });
  await settled();
  expect(ana.state).toBe("reconnecting");
  await restarted;
  expect(FakeWebSocket.all).toHaveLength(before);
  const closings = (await inputs(ana)).filter(({ type }) => type === "socket-closed");
  expect(closings.length).toBeGreaterThan(1);
  await backAgain(ana);
  expect(FakeWebSocket.all).toHaveLength(before + 1);
});

test("a failed path is mended by a new connection, and not before", async () => {
  const connection = FakePeerConnection.all.find((one) => one.connectionState === "connected");
  const mended = ana.simulate("ice-failure", { participant: ana.participants[0]?.id ?? "" });
  await until(ana, () => ana.state === "reconnecting");
  // What the browser says of the path that is taken for lost is held back.
  connection?.onconnectionstatechange?.();
  expect(ana.participants[0]?.state).toBe("reconnecting");
  await mended;
  await backAgain(ana);
  expect(connection?.connectionState).toBe("closed");
});

test("a frozen page hears everything afterwards, in order, and then that it woke up", async () => {
  const told: string[] = [];
  ana.on("participant-changed", ({ name }) => told.push(name));
  const thawed = ana.simulate("freeze", { seconds: brief });
  await settled();
  ben.setName("Benny");
  ben.setName("Benedict");
  await until(ben, () => ben.self.name === "Benedict");
  await settled();
  expect(told).toEqual([]);
  await thawed;
  expect(told).toEqual(["Benny", "Benedict"]);
  const types = (await inputs(ana)).map(({ type }) => type);
  expect(types.slice(0, types.indexOf("hint")).at(-1)).toBe("socket-message");
});

test("without a network neither server nor path is there, and both are back with it", async () => {
  const online = ana.simulate("offline", { seconds: longer_than_browsers_wait });
  await settled();
  expect(ana.state).toBe("reconnecting");
  await online;
  await backAgain(ana);
  const causes = (await inputs(ana)).filter(({ type }) => type === "hint");
  expect(causes).toEqual([{ type: "hint", cause: "online" }]);
  const paths = (await inputs(ana)).filter(({ type }) => type === "link-path");
  expect(paths.map(({ state }) => state)).toContain("disconnected");
});

test("drills that follow one another do not hinder each other", async () => {
  await Promise.all([
    ana.simulate("server-restart", { seconds: brief }),
    ana.simulate("freeze", { seconds: brief / 2 }),
  ]);
  await backAgain(ana);
});

test.each([
  ["no-such", {}, TypeError],
  ["toString", {}, TypeError],
  ["freeze", { seconds: -1 }, RangeError],
  ["freeze", { seconds: Infinity }, RangeError],
  ["ice-failure", { participant: "nobody" }, RangeError],
])("%s with %j is refused", async (drill, options: DrillOptions, kind) => {
  await expect(ana.simulate(drill as "freeze", options)).rejects.toBeInstanceOf(kind);
  expect(ana.state).toBe("connected");
});

test("a call that was not opened for it simulates nothing", async () => {
  const call = new Call(core, {
    room: "demo",
    server: new URL("https://calls.example/"),
    loadStats: () => import("../../../../web/sdk/stats/reader.ts"),
  });
  await expect(call.simulate("freeze")).rejects.toMatchObject({ code: "not-in-debug" });
  call.leave();
});
