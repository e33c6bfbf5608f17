// A server with its own relay names another one, too (coturn, with a secret that both know), and calls
// go over either.

/* global window */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launchBrowser } from "./lib/browsers.mjs";
import { Participant } from "./lib/participant.mjs";
import { startRelay } from "./lib/relay.mjs";
import { startParley } from "./lib/server.mjs";

const relayOnly = readFileSync(new URL("./lib/relay_only.js", import.meta.url), "utf8");

let browser, other, server;

before(async () => {
  other = await startRelay();
  server = await startParley({
    options: ["--turn-server", other.url, "--turn-secret-file", other.secretFile],
  });
  browser = await launchBrowser("chromium");
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await other?.stop();
});

// A call that may use what `pattern` matches of the addresses that the server names. Which those are,
// and over which of them the first person's media go.
async function callOver(pattern, room) {
  const scripts = [`window.relaysUsed = /${pattern}/;`, relayOnly];
  const people = [];
  for (const name of ["Ana", "Ben"]) {
    people.push(await Participant.join(browser.browser, server.origin, room, name, scripts));
  }
  await Promise.all(people.map((person) => person.seesAndHears(1)));
  const used = await people[0].page.evaluate(async () => {
    const [connection] = window.probe.connections;
    const reports = await connection.getStats();
    const transport = [...reports.values()].find(({ type }) => type === "transport");
    const pair = reports.get(transport.selectedCandidatePairId);
    return {
      named: connection.getConfiguration().iceServers.flatMap(({ urls }) => urls),
      over: reports.get(pair.localCandidateId).url,
    };
  });
  for (const person of people) await person.close();
  return used;
}

test("clients are told of both relays, and may use either", async () => {
  const own = `turn:127.0.0.1:${server.port}`;
  const both = await callOver("=udp$", "both-relays");
  assert.deepEqual(both.named, [`${own}?transport=udp`, other.url]);

  const overOther = await callOver(`:${new URL(other.url).pathname.split(":").at(-1)}[?]`, "other");
  assert.deepEqual(overOther, { named: [other.url], over: other.url });
  assert.ok(other.allocatedBy().length >= 2);

  const overOwn = await callOver(`:${server.port}[?].*=udp$`, "own-relay");
  assert.deepEqual(overOwn, { named: [`${own}?transport=udp`], over: `${own}?transport=udp` });
});
