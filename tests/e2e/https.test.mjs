// A call over https with the certificate that the server makes itself, from an address from which a
// page by plain http would get no camera.

/* global document, location, window */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launchBrowser } from "./lib/browsers.mjs";
import { keyOf } from "./lib/certificates.mjs";
import { Participant } from "./lib/participant.mjs";
import { startParley } from "./lib/server.mjs";

// Of this machine; loopback where it has no other.
const address =
  Object.values(networkInterfaces())
    .flat()
    .find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? "127.0.0.1";

const state = mkdtempSync(join(tmpdir(), "parley-state-"));
const browsers = {};
let server;
let host;

before(async () => {
  server = await startParley({ state, host: "0.0.0.0", options: ["--tls-self-signed"] });
  host = `${address}:${server.port}`;
  const trustedKey = keyOf(readFileSync(join(state, "self-signed.pem")));
  for (const kind of ["chromium", "firefox"]) {
    browsers[kind] = await launchBrowser(kind, { trustedKey });
  }
});

after(async () => {
  for (const browser of Object.values(browsers)) await browser.close();
  await server?.stop();
  rmSync(state, { recursive: true, force: true });
});

test("Chromium and Firefox have a call over https", async () => {
  const { browser } = browsers.chromium;
  const ana = await Participant.join(browser, `https://${host}`, "https", "Ana");
  const ben = await Participant.join(browsers.firefox.browser, `https://${host}`, "https", "Ben");
  await Promise.all([ana.seesAndHears(1), ben.seesAndHears(1)]);
  for (const person of [ana, ben]) {
    assert.ok(await person.page.evaluate(() => window.isSecureContext));
    await person.close();
  }
});

test("who comes by plain http is sent to the same room by https", async () => {
  for (const { browser } of Object.values(browsers)) {
    const person = await Participant.open(browser, `http://${host}`, "elsewhere", "Cleo");
    await person.until("a widget", () => document.querySelector("parley-call") !== null);
    const url = new URL(await person.page.evaluate(() => location.href));
    assert.equal(url.origin, `https://${host}`);
    assert.equal(url.pathname, "/r/elsewhere");
    assert.equal(url.searchParams.get("name"), "Cleo");
    await person.close();
  }
});

test("the certificate is the same after a restart", async () => {
  const before = readFileSync(join(state, "self-signed.pem"), "utf8");
  await server.stop();
  server = await startParley({
    port: server.port,
    state,
    host: "0.0.0.0",
    options: ["--tls-self-signed"],
  });
  assert.equal(readFileSync(join(state, "self-signed.pem"), "utf8"), before);
});
