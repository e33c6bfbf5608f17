// Two people see and hear each other, whichever browsers they have and whoever comes first.

/* global window */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser } from "./lib/browsers.mjs";
import { Participant } from "./lib/participant.mjs";
import { replays } from "./lib/replay.mjs";
import { startParley } from "./lib/server.mjs";

let server;
const browsers = {};

before(async () => {
  server = await startParley();
  for (const kind of ["chromium", "firefox"]) browsers[kind] = await launchBrowser(kind);
});

after(async () => {
  for (const browser of Object.values(browsers)) await browser.close();
  await server?.stop();
});

for (const kind of ["chromium", "firefox"]) {
  test(`who goes to another page in ${kind} has left within a second`, async () => {
    const room = `gone-${kind}`;
    const ben = await Participant.join(browsers.chromium.browser, server.origin, room, "Ben");
    const ana = await Participant.join(browsers[kind].browser, server.origin, room, "Ana");
    await ben.seesAndHears(1);
    const went = Date.now();
    await ana.page.goto("about:blank");
    await ben.waitForState("waiting");
    const left = (await ben.page.evaluate(() => window.probe.times.left))[0];
    assert.ok(left - went < 1000, `seen after ${left - went} ms`);
    await ana.page.close();
    await ben.close();
  });
}

for (const first of ["chromium", "firefox"]) {
  for (const second of ["chromium", "firefox"]) {
    test(`${first} and then ${second}`, async (t) => {
      const room = `${first}-${second}`;
      const ana = await Participant.join(browsers[first].browser, server.origin, room, "Ana");
      await ana.waitForState("waiting");
      const ben = await Participant.join(browsers[second].browser, server.origin, room, "Ben");

      await t.test("both see and hear the other", async () => {
        await Promise.all([ana.seesAndHears(1), ben.seesAndHears(1)]);
        assert.deepEqual(
          (await ana.others()).map(({ name }) => name),
          ["Ben"],
        );
        assert.deepEqual(
          (await ben.others()).map(({ name }) => name),
          ["Ana"],
        );
        // What is received is also played: a video of somebody else may begin muted, and must not stay so.
        for (const person of [ana, ben]) {
          await person.until("the other's sound played", () =>
            [...window.probe.findAll("video")].some(
              ({ muted, paused, srcObject }) =>
                !muted && !paused && srcObject?.getAudioTracks().length === 1,
            ),
          );
        }
      });

      await t.test("muting is seen, and nothing is heard any more", async () => {
        await ana.press("microphone");
        await ben.seesOthersMedia("audio", "off");
        await ben.hearsSilence();
        await ana.press("microphone");
        await ben.seesOthersMedia("audio", "on");
        await ben.seesAndHears(1);
      });

      await t.test("switching the camera off and on is seen", async () => {
        await ben.press("camera");
        await ana.seesOthersMedia("camera", "off");
        await ben.press("camera");
        await ana.seesOthersMedia("camera", "on");
        await ana.seesAndHears(1);
      });

      await t.test("leaving is seen within a second", async () => {
        await ana.press("leave");
        await ana.waitForState("ended");
        await ben.waitForState("waiting");
        const left = (await ben.page.evaluate(() => window.probe.times.left))[0];
        const clicked = await ana.page.evaluate(() => window.probe.times.clicked);
        assert.ok(left - clicked < 1000, `seen after ${left - clicked} ms`);
      });

      await t.test("the journals of both replay without a difference", async () => {
        await replays(await ana.journal());
        await replays(await ben.journal());
      });

      await ana.close();
      await ben.close();
    });
  }
}
