// A call of two grows into a mesh and shrinks again, over both browsers.

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

test("a third and a fourth join, and all see and hear all", async (t) => {
  const people = [];
  const join = async (kind, name) => {
    people.push(await Participant.join(browsers[kind].browser, server.origin, "mesh", name));
    await Promise.all(people.map((person) => person.seesAndHears(people.length - 1)));
  };
  people.push(await Participant.join(browsers.chromium.browser, server.origin, "mesh", "Ana"));

  await t.test("two", () => join("firefox", "Ben"));
  await t.test("three", () => join("chromium", "Cho"));
  await t.test("four", () => join("firefox", "Dan"));

  await t.test("to three others a camera goes at half its width", () =>
    Promise.all(people.map((person) => person.seesPicturesWithin(640))),
  );

  await t.test("the first leaves, the others go on", async () => {
    const ana = people.shift();
    await ana.press("leave");
    await ana.waitForState("ended");
    await Promise.all(people.map((person) => person.seesAndHears(2)));
    await replays(await ana.journal());
    await ana.close();
  });

  await t.test("a page is loaded again, and its person is back", async () => {
    const [ben, cho, dan] = people;
    await cho.page.reload();
    await Promise.all(people.map((person) => person.seesAndHears(2)));
    for (const person of [ben, dan]) {
      assert.equal((await person.others()).filter(({ name }) => name === "Cho").length, 1);
    }
  });

  await t.test("the journals of all replay without a difference", async () => {
    for (const person of people) await replays(await person.journal());
  });

  for (const person of people) await person.close();
});
