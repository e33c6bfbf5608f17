// Every page, looked through by axe for what keeps people out: contrast, names, roles, order.

/* global document, window */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { launchBrowser } from "./lib/browsers.mjs";
import { Participant } from "./lib/participant.mjs";
import { startParley } from "./lib/server.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let server;
let chromium;

before(async () => {
  server = await startParley();
  chromium = await launchBrowser("chromium");
});

after(async () => {
  await chromium?.close();
  await server?.stop();
});

async function keepsNobodyOut(page) {
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() => window.axe.run(document));
  const told = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`),
  );
  assert.deepEqual(told, []);
  const named = ["button-name", "link-name"];
  assert.ok(
    passes.some(({ id }) => named.includes(id)),
    "axe has seen nothing to press",
  );
}

const open = (room, name) => Participant.open(chromium.browser, server.origin, room, name);
const sees = (person, part) =>
  person.until(`"${part}"`, (one) => window.probe.findAll(`[part=${one}]`).next().value, part);

for (const [what, path] of [
  ["the first page", "/"],
  ["the page of who embeds", "/embed"],
  ["an address where nothing is", "/nothing"],
]) {
  test(what, async () => {
    const page = await chromium.browser.newPage({ type: "window" });
    await page.goto(server.origin + path);
    await keepsNobodyOut(page);
  });
}

test("a call, from the preview to its end", async (t) => {
  const ana = await open("call", "Ana");
  const ben = await open("call", "Ben");
  await sees(ana, "join");
  await t.test("preview", () => keepsNobodyOut(ana.page));
  await ana.press("join");
  await ana.waitForState("waiting");
  await t.test("alone", () => keepsNobodyOut(ana.page));
  await ben.press("join");
  await ana.seesAndHears(1);
  await t.test("two in a call", () => keepsNobodyOut(ana.page));
  await ben.press("leave");
  await ben.waitForState("ended");
  await t.test("left", () => keepsNobodyOut(ben.page));
});

test("who comes in", async (t) => {
  const ana = await open("door", "Ana");
  await ana.press("join");
  await ana.waitForState("waiting");
  const set = (...order) =>
    ana.page.evaluate(([name, value]) => {
      document.querySelector("parley-call").call[name](value);
    }, order);
  await set("setDoor", "waiting-room");
  const ben = await open("door", "Ben");
  await ben.press("join");
  await sees(ben, "door");
  await t.test("at the door", () => keepsNobodyOut(ben.page));
  await sees(ana, "admit");
  await t.test("the queue over the call", () => keepsNobodyOut(ana.page));
  await ana.press("admit");
  await ana.seesAndHears(1);
  await ana.press("people");
  await ana.press("remove");
  await sees(ana, "sure-remove");
  await t.test("people, one of them to be removed", () => keepsNobodyOut(ana.page));
  await set("setPassword", "open sesame");
  await set("setDoor", "open");
  const cho = await open("door", "Cho");
  await cho.press("join");
  await sees(cho, "password");
  await t.test("a password", () => keepsNobodyOut(cho.page));
});
