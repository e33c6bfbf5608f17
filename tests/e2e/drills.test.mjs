// The failure drills of the SDK, each in a call between two real pages: it comes back, with media.

/* global document */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launchBrowser } from "./lib/browsers.mjs";
import { Participant } from "./lib/participant.mjs";
import { replays } from "./lib/replay.mjs";
import { startParley } from "./lib/server.mjs";

let server;

before(async () => {
  server = await startParley();
});

after(() => server?.stop());

// Notes from now on which states the call goes through.
const watchStates = (person) =>
  person.page.evaluate(() => {
    const { call } = document.querySelector("parley-call");
    const states = (globalThis.states = [call.state]);
    call.on("state", ({ state }) => states.push(state));
  });

// Each with what only it leaves in the journal.
const drills = [
  ["signal-loss", {}, '"type":"socket-closed","socket":1,"code":1006'],
  ["server-restart", { seconds: 3 }, '"type":"socket-closed","socket":3,"code":1006'],
  ["ice-failure", {}, '"state":"failed"'],
  ["freeze", { seconds: 3 }, '"cause":"page-visible"'],
  ["offline", { seconds: 5 }, '"cause":"online"'],
];

for (const kind of ["chromium", "firefox"]) {
  describe(kind, () => {
    let launched;
    let ana;
    let ben;

    before(async () => {
      launched = await launchBrowser(kind);
      ana = await join("Ana");
      await ana.waitForState("waiting");
      ben = await join("Ben");
      await Promise.all([ana.seesAndHears(1), ben.seesAndHears(1)]);
    });

    after(() => launched?.close());

    function join(name) {
      const parameters = { debug: 1, autojoin: 1 };
      return Participant.open(launched.browser, server.origin, `drills-${kind}`, name, parameters);
    }

    for (const [drill, options, trace] of drills) {
      test(`the call comes back after ${drill}`, { timeout: 60_000 }, async () => {
        assert.ok(!(await ana.journal()).includes(trace));
        await watchStates(ana);
        await ana.page.evaluate(
          (name, wanted) => document.querySelector("parley-call").call.simulate(name, wanted),
          drill,
          options,
        );
        await Promise.all([ana.seesAndHears(1), ben.seesAndHears(1)]);
        const states = await ana.page.evaluate(() => globalThis.states);
        // Nothing is shown of a freeze, because nothing was lost.
        assert.equal(states.includes("reconnecting"), drill !== "freeze", states.join(", "));
        assert.equal(states.at(-1), "connected");
        assert.ok((await ana.journal()).includes(trace));
        for (const person of [ana, ben]) await replays(await person.journal());
      });
    }
  });
}

test("nobody can simulate anything where the address does not ask for it", async (context) => {
  const chromium = await launchBrowser("chromium");
  context.after(() => chromium.close());
  const person = await Participant.open(chromium.browser, server.origin, "serious", "Cleo");
  await person.until("a call", () => document.querySelector("parley-call")?.call !== undefined);
  const code = await person.page.evaluate(() =>
    document
      .querySelector("parley-call")
      .call.simulate("freeze")
      .then(
        () => "simulated",
        (error) => error.code,
      ),
  );
  assert.equal(code, "not-in-debug");
  await person.close();
});
