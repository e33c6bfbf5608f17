// A server that asks for tokens, and whoever runs it by the API, as an application does.

/* global document, window */

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launchBrowser } from "./lib/browsers.mjs";
import { Participant } from "./lib/participant.mjs";
import { startParley } from "./lib/server.mjs";

const key = "0123456789abcdef0123456789abcdef";

let folder, server;
const browsers = {};

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "parley-tokens-"));
  const [adminKey, secret] = ["admin.key", "token.secret"].map((name) => join(folder, name));
  for (const file of [adminKey, secret]) await writeFile(file, `${key}\n`);
  const options = ["--auth", "token", "--token-secret-file", secret, "--admin-key-file", adminKey];
  server = await startParley({ options });
  for (const kind of ["chromium", "firefox"]) browsers[kind] = await launchBrowser(kind);
});

after(async () => {
  for (const browser of Object.values(browsers)) await browser.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function order(path, body) {
  const response = await fetch(`${server.origin}/api/v1${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  assert.ok(response.ok, `${path}: ${response.status}`);
  return response.status === 204 ? {} : response.json();
}

async function knock(kind, room, name, parameters = {}) {
  const { browser } = browsers[kind];
  const person = await Participant.open(browser, server.origin, room, name, parameters);
  await person.press("join");
  return person;
}

const reads = (person, text, selector) =>
  person.until(
    `"${text}"`,
    ([wanted, where]) => [...window.probe.findAll(where)].some((one) => one.textContent === wanted),
    [text, selector],
  );

for (const kind of ["chromium", "firefox"]) {
  test(`in ${kind} who has a token comes in, and who has none is told so`, async () => {
    const room = `tokens-${kind}`;
    const { token } = await order("/tokens", { room, name: "Ana", role: "host" });
    const ana = await knock(kind, room, "Somebody", { token });
    await ana.waitForState("waiting");
    assert.equal(
      await ana.page.evaluate(() => document.querySelector("parley-call").call.role),
      "host",
    );

    const ben = await knock(kind, room, "Ben");
    await reads(ben, "You need an invitation", "h1");
    await ben.waitForState("failed");
    const eve = await knock(kind, "elsewhere", "Eve", { token });
    await reads(eve, "The invitation is not valid", "h1");

    const heard = ana.page.evaluate(
      () =>
        new Promise((resolve) => {
          document.addEventListener("parley-notice", ({ detail }) => resolve(detail), {
            once: true,
          });
        }),
    );
    const text = "At <b>18:00</b>.\nYour calls go on.";
    await order(`/rooms/${room}/messages`, { text });
    assert.deepEqual(await heard, { from: "operator", text });
    await reads(ana, `Announcement: ${text}`, "p.announcement");
    for (const person of [ana, ben, eve]) await person.close();
  });
}
