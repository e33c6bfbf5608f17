// What happens to a call that nobody ends: the server dies and comes back, the page is reloaded.

/* global document, window */

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { launchBrowser } from "./lib/browsers.mjs";
import { Participant } from "./lib/participant.mjs";
import { replays } from "./lib/replay.mjs";
import { startParley } from "./lib/server.mjs";

const outageMs = 10_000;
const backWithinMs = 2000;

let state;
let server;

before(async () => {
  state = await mkdtemp(join(tmpdir(), "parley-e2e-"));
  server = await startParley({ state });
});

after(async () => {
  await server?.stop();
  await rm(state, { recursive: true, force: true });
});

const selfId = (person) =>
  person.page.evaluate(() => document.querySelector("parley-call").call.self.id);

// Notes from now on every state in which the other is shown. A second without a packet is shown as
// such (silence.test.mjs), so that "connected" alone means media without a gap.
const watchTheOther = (person) =>
  person.page.evaluate(() => {
    const { call } = document.querySelector("parley-call");
    window.statesOfOther = [];
    const [other] = call.participants;
    const note = (state, { id }) => id === other.id && window.statesOfOther.push(state);
    call.on("participant-changed", (one) => note(one.state, one));
    call.on("participant-left", (one) => note("left", one));
  });

async function startCall(browser, room) {
  const ana = await Participant.join(browser, server.origin, room, "Ana");
  await ana.waitForState("waiting");
  const ben = await Participant.join(browser, server.origin, room, "Ben");
  const people = [ana, ben];
  await Promise.all(people.map((person) => person.seesAndHears(1)));
  const ids = await Promise.all(people.map(selfId));
  await Promise.all(people.map(watchTheOther));
  return { people, ids };
}

// The same two are in the room, and neither saw or heard anything of what happened.
async function nobodyNoticed({ people, ids }) {
  assert.deepEqual(await Promise.all(people.map(selfId)), ids);
  const [bens, anas] = await Promise.all(people.map((person) => person.others()));
  assert.deepEqual(
    [...anas, ...bens].map(({ id }) => id),
    ids,
  );
  await Promise.all(people.map((person) => person.seesAndHears(1)));
  const seen = await Promise.all(
    people.map(({ page }) => page.evaluate(() => window.statesOfOther)),
  );
  for (const [index, person] of people.entries()) {
    const states = seen[index];
    assert.ok(
      states.every((each) => each === "connected"),
      `${person.name} saw ${states}`,
    );
    await replays(await person.journal());
    await person.close();
  }
}

for (const kind of ["chromium", "firefox"]) {
  describe(kind, () => {
    let browser;

    before(async () => {
      browser = await launchBrowser(kind);
    });

    after(() => browser?.close());

    test("nobody notices that the server was killed and started again", async () => {
      const call = await startCall(browser.browser, `restart-${kind}`);
      await server.kill();
      await Promise.all(call.people.map((person) => person.waitForState("reconnecting")));
      await pause(outageMs);
      server = await startParley({ port: server.port, state });
      const back = Date.now();
      await Promise.all(call.people.map((person) => person.waitForState("connected")));
      const took = Date.now() - back;
      assert.ok(took < backWithinMs, `everybody was back after ${took} ms`);
      await nobodyNoticed(call);
    });

    test("a server that is stopped hands its people over to another", async () => {
      const next = await startParley({ state });
      await server.stop();
      server = await startParley({
        port: server.port,
        state,
        options: ["--drain-to", next.origin],
      });
      const call = await startCall(browser.browser, `hand-over-${kind}`);
      await server.stop();
      // Whoever joins at the other server meets both there.
      const late = await Participant.join(browser.browser, next.origin, `hand-over-${kind}`, "Cem");
      await late.seesAndHears(2);
      await late.close();
      const isTwo = () => document.querySelector("parley-call").call.participants.length === 1;
      await Promise.all(call.people.map((person) => person.until("Cem leave", isTwo)));
      server = next;
      await nobodyNoticed(call);
    });
  });
}

test("a reloaded page comes back as the same participant", async (context) => {
  const chromium = await launchBrowser("chromium");
  context.after(() => chromium.close());
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
