// Packets that stop while the path is still there, noticed by the page before the browser says a
// word.

/* global document, RTCPeerConnection, window, setInterval */

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

// Stops all that is sent, behind the call's back: the others are told nothing of it. Without a track
// alone Firefox still sends a packet of padding every second.
const setPackets = (person, flow) =>
  person.page.evaluate(async (wanted) => {
    window.held ??= [...window.probe.connections]
      .flatMap((each) => each.getSenders())
      .map((sender) => [sender, sender.track]);
    await Promise.all(
      window.held.map(async ([sender, track]) => {
        await sender.replaceTrack(wanted ? track : null);
        const parameters = sender.getParameters();
        for (const encoding of parameters.encodings) encoding.active = wanted;
        await sender.setParameters(parameters);
      }),
    );
  }, flow);

const holdPackets = (person) => setPackets(person, false);
const letPacketsGo = (person) => setPackets(person, true);

// Keeps the page from answering a new connection until allowAnswers.
const holdAnswers = (person) =>
  person.page.evaluate(() => {
    const allowed = new Promise((resolve) => (window.allowAnswers = resolve));
    const { prototype } = RTCPeerConnection;
    const { setRemoteDescription } = prototype;
    prototype.setRemoteDescription = async function (description) {
      await allowed;
      return setRemoteDescription.call(this, description);
    };
  });

const allowAnswers = (person) => person.page.evaluate(() => window.allowAnswers());

const sees = (person, state, interruption) =>
  person.until(
    `${state} with the other, ${interruption ?? "without interruption"}`,
    (...wanted) => {
      const [other] = document.querySelector("parley-call").call.participants;
      return other?.state === wanted[0] && (other.interruption ?? null) === wanted[1];
    },
    state,
    interruption ?? null,
  );

// Whether the other's tile has shown nothing at any moment since this was called.
const watchTile = (person) =>
  person.page.evaluate(() => {
    const { stream } = document.querySelector("parley-call").call.participants[0];
    const tile = [...window.probe.findAll("video")].find(({ srcObject }) => srcObject === stream);
    window.wasBlank = tile === undefined;
    setInterval(() => (window.wasBlank ||= tile.readyState < tile.HAVE_CURRENT_DATA), 5);
  });

for (const kind of ["chromium", "firefox"]) {
  describe(kind, () => {
    let browser;

    before(async () => {
      browser = await launchBrowser(kind);
    });

    after(() => browser?.close());

    test("silence is shown as such, and ends with the first packet", async () => {
      const ana = await Participant.join(browser.browser, server.origin, `silence-${kind}`, "Ana");
      await ana.waitForState("waiting");
      const ben = await Participant.join(browser.browser, server.origin, `silence-${kind}`, "Ben");
      await Promise.all([ana.seesAndHears(1), ben.seesAndHears(1)]);

      await holdAnswers(ben);
      await holdPackets(ben);
      await sees(ana, "reconnecting", "silent");
      const [status] = await ana.page.evaluate(() =>
        [...window.probe.findAll("[part=status]")].map(({ textContent }) => textContent),
      );
      assert.equal(status, "Nothing arrives. Reconnecting…");

      await letPacketsGo(ben);
      await sees(ana, "connected");
      await allowAnswers(ben);
      await Promise.all([ana.seesAndHears(1), ben.seesAndHears(1)]);
      for (const person of [ana, ben]) {
        await replays(await person.journal());
        await person.close();
      }
    });

    test("what stays silent gives way to a new connection", async () => {
      const ana = await Participant.join(browser.browser, server.origin, `anew-${kind}`, "Ana");
      await ana.waitForState("waiting");
      const ben = await Participant.join(browser.browser, server.origin, `anew-${kind}`, "Ben");
      await Promise.all([ana.seesAndHears(1), ben.seesAndHears(1)]);

      await ana.page.evaluate(() => ([window.silent] = window.probe.connections));
      await Promise.all([watchTile(ana), watchTile(ben)]);
      await holdPackets(ben);
      await ana.until(
        "another connection in the place of the silent one",
        () => window.probe.connections.size === 1 && !window.probe.connections.has(window.silent),
      );
      await Promise.all([ana.seesAndHears(1), ben.seesAndHears(1)]);
      await sees(ana, "connected");
      for (const person of [ana, ben]) {
        assert.equal(await person.page.evaluate(() => window.wasBlank), false);
        await replays(await person.journal());
        await person.close();
      }
    });
  });
}
