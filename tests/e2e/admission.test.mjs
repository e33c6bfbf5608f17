// Hosts decide who gets in, through the page's own buttons, in both browsers.

/* global Event, document, window */

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

async function knock(kind, room, name) {
  const person = await Participant.open(browsers[kind].browser, server.origin, room, name);
  await person.press("join");
  return person;
}

const sees = (person, headline) =>
  person.until(
    `"${headline}"`,
    (text) => [...window.probe.findAll("h1")].some((one) => one.textContent === text),
    headline,
  );

// Chooses where the door leads to, as a person does with the list.
async function chooseDoor(host, door) {
  await host.until(
    "the list of doors",
    () => window.probe.findAll("select[part=door]").next().value,
  );
  await host.page.evaluate((wanted) => {
    const list = window.probe.findAll("select[part=door]").next().value;
    list.value = wanted;
    list.dispatchEvent(new Event("change", { bubbles: true }));
  }, door);
  await host.until(
    `the door ${door}`,
    (wanted) => document.querySelector("parley-call").call.settings.door === wanted,
    door,
  );
}

async function type(person, text) {
  await person.until(
    "a field for the password",
    () => window.probe.findAll("input[part=password]").next().value,
  );
  const field = await person.page.evaluateHandle(
    () => window.probe.findAll("input[part=password]").next().value,
  );
  await field.asElement().click();
  await person.page.keyboard.type(text);
}

for (const [hosts, guests] of [
  ["chromium", "firefox"],
  ["firefox", "chromium"],
]) {
  test(`a host in ${hosts} and guests in ${guests}`, async (t) => {
    const room = `door-${hosts}`;
    const ana = await Participant.join(browsers[hosts].browser, server.origin, room, "Ana");
    let ben;

    await t.test("who comes to a waiting room waits, and is let in", async () => {
      await ana.press("people");
      await chooseDoor(ana, "waiting-room");
      ben = await knock(guests, room, "Ben");
      await sees(ben, "The host will let you in");
      await ben.waitForState("joining");
      await ana.press("admit");
      await Promise.all([ana.seesAndHears(1), ben.seesAndHears(1)]);
    });

    await t.test("who is refused is told so", async () => {
      const cho = await knock(guests, room, "Cho");
      await sees(cho, "The host will let you in");
      await ana.press("refuse");
      await sees(cho, "You were not let in");
      await cho.waitForState("failed");
      await cho.close();
    });

    await t.test("who is muted is silent, and may speak again", async () => {
      await ana.press("mute-audio");
      await ana.seesOthersMedia("audio", "off");
      await ana.hearsSilence();
      await ben.press("microphone");
      await ana.seesOthersMedia("audio", "on");
    });

    await t.test("the password is asked for, and a wrong one said to be wrong", async () => {
      await chooseDoor(ana, "open");
      await type(ana, "north wind");
      await ana.press("set-password");
      await ana.until(
        "that there is a password",
        () => document.querySelector("parley-call").call.settings.hasPassword,
      );
      const dan = await knock(guests, room, "Dan");
      await sees(dan, "This room has a password");
      await type(dan, "south wind");
      await dan.press("again");
      await sees(dan, "The password is wrong");
      await type(dan, "north wind");
      await dan.press("again");
      await dan.waitForState("connecting", "connected");

      await ana.until("two others", () => {
        return document.querySelector("parley-call").call.participants.length === 2;
      });
      await dan.press("people");
      assert.equal(
        await dan.page.evaluate(() => [...window.probe.findAll("button[part=remove]")].length),
        0,
      );
      await dan.press("leave");
      await ana.until("Dan gone", () => {
        return document.querySelector("parley-call").call.participants.length === 1;
      });
      await dan.close();
    });

    await t.test("a guest is made a host, and ends the call for all", async () => {
      await ana.press("make-host");
      await ben.until(
        "that it is a host",
        () => document.querySelector("parley-call").call.role === "host",
      );
      await ben.press("people");
      await ben.press("end-for-all");
      await ben.press("sure-end");
      for (const person of [ana, ben]) {
        await person.waitForState("ended");
        await sees(person, "The call is over");
        const journal = await person.journal();
        assert.ok(!journal.includes("north wind"), "no password is in a report");
        await replays(journal);
      }
    });

    await ana.close();
    await ben.close();
  });
}
