// What happens to a call that nobody ends: the server dies and comes back, the page is reloaded.

/* global document, window */

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { launchBrowser } from "./lib/browsers.mjs";
import { Participant } from "./lib/participant.mjs";
import { replays } from "./lib/replay.mjs";
import { startParley } from "./lib/server.mjs";

const outageMs = 10_000;
const backWithinMs = 2000;
// Ten frames a second come; a stall of half a second is far below what a person puts up with.
const longestStallMs = 500;

let state;
let server;
let chromium;

before(async () => {
  state = await mkdtemp(join(tmpdir(), "parley-e2e-"));
  server = await startParley({ state });
  chromium = await launchBrowser("chromium");
});

after(async () => {
  await chromium?.close();
  await server?.stop();
  await rm(state, { recursive: true, force: true });
});

const selfId = (person) =>
  person.page.evaluate(() => document.querySelector("parley-call").call.self.id);

// Notes from now on the longest time in ms without a new frame decoded.
const watchStalls = (person) =>
  person.page.evaluate(() => {
    let frames = 0;
    let since = Date.now();
    window.longestStall = 0;
    window.setInterval(async () => {
      const now = (await window.probe.received()).reduce((all, each) => all + each.frames, 0);
      window.longestStall = Math.max(window.longestStall, Date.now() - since);
      if (now > frames) [frames, since] = [now, Date.now()];
    }, 50);
  });

test("nobody notices that the server was killed and started again", async () => {
  const ana = await Participant.join(chromium.browser, server.origin, "restart", "Ana");
  await ana.waitForState("waiting");
  const ben = await Participant.join(chromium.browser, server.origin, "restart", "Ben");
  await Promise.all([ana.seesAndHears(1), ben.seesAndHears(1)]);
  const ids = [await selfId(ana), await selfId(ben)];
  await Promise.all([watchStalls(ana), watchStalls(ben)]);

  await server.kill();
  await Promise.all([ana.waitForState("reconnecting"), ben.waitForState("reconnecting")]);
  await pause(outageMs);
  server = await startParley({ port: server.port, state });
  const back = Date.now();
  await Promise.all([ana.waitForState("connected"), ben.waitForState("connected")]);
  const took = Date.now() - back;

  assert.ok(took < backWithinMs, `everybody was back after ${took} ms`);
  assert.deepEqual([await selfId(ana), await selfId(ben)], ids);
  assert.deepEqual(
    [...(await ana.others()), ...(await ben.others())].map(({ id }) => id),
    [ids[1], ids[0]],
  );
  await Promise.all([ana.seesAndHears(1), ben.seesAndHears(1)]);
  for (const person of [ana, ben]) {
    const stall = await person.page.evaluate(() => window.longestStall);
    assert.ok(stall < longestStallMs, `${person.name} saw nothing new for ${stall} ms`);
    await replays(await person.journal());
    await person.close();
  }
});

test("a reloaded page comes back as the same participant", async () => {
  const ana = await Participant.join(chromium.browser, server.origin, "reload", "Ana");
  await ana.waitForState("waiting");
  const ben = await Participant.join(chromium.browser, server.origin, "reload", "Ben");
  await Promise.all([ana.seesAndHears(1), ben.seesAndHears(1)]);
  const id = await selfId(ben);
  await ben.page.reload();
  await ben.waitForState("connected");
  assert.equal(await selfId(ben), id);
  await Promise.all([ana.seesAndHears(1), ben.seesAndHears(1)]);
  assert.deepEqual(
    (await ana.others()).map((other) => other.id),
    [id],
  );
  await Promise.all([ana.close(), ben.close()]);
});
