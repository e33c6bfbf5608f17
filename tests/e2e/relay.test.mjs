// Calls over the server's own relay, which it has on the UDP port of its number without any option.

/* global window */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launchBrowser } from "./lib/browsers.mjs";
import { Participant } from "./lib/participant.mjs";
import { startParley } from "./lib/server.mjs";

const relayOnly = readFileSync(new URL("./lib/relay_only.js", import.meta.url), "utf8");

const browsers = {};
let server;

before(async () => {
  server = await startParley();
  for (const kind of ["chromium", "firefox"]) browsers[kind] = await launchBrowser(kind);
});

after(async () => {
  for (const browser of Object.values(browsers)) await browser.close();
  await server?.stop();
});

// The pair of candidates in use, the ports of this side's relays (one for each network that it has),
// the addresses of relays that it was given, and the frames decoded so far.
const path = (person) =>
  person.page.evaluate(async () => {
    const [connection] = window.probe.connections;
    const reports = [...(await connection.getStats()).values()];
    const transport = reports.find(({ type }) => type === "transport");
    // Firefox has no selectedCandidatePairId, and marks the pair.
    const pair = reports.find(({ id, type, selected }) =>
      transport?.selectedCandidatePairId === undefined
        ? type === "candidate-pair" && selected
        : id === transport.selectedCandidatePairId,
    );
    const candidate = (wanted) => reports.find(({ id }) => id === wanted);
    return {
      local: candidate(pair?.localCandidateId),
      remote: candidate(pair?.remoteCandidateId),
      relayPorts: reports
        .filter(
          ({ type, candidateType }) => type === "local-candidate" && candidateType === "relay",
        )
        .map(({ port }) => port),
      urls: connection.getConfiguration().iceServers.flatMap(({ urls }) => urls),
      frames: reports
        .filter(({ type }) => type === "inbound-rtp")
        .reduce((sum, { framesDecoded = 0 }) => sum + framesDecoded, 0),
    };
  });

// The number behind a name in the server's metrics.
async function metric(name) {
  const text = await (await fetch(`${server.origin}/metrics`)).text();
  const line = text.split("\n").find((each) => each.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1));
}

for (const [first, second] of [
  ["chromium", "chromium"],
  ["chromium", "firefox"],
  ["firefox", "firefox"],
]) {
  test(`${first} and ${second} over the server's own relay`, async () => {
    const room = `relay-${first}-${second}`;
    const people = [];
    for (const [kind, name] of [
      [first, "Ana"],
      [second, "Ben"],
    ]) {
      const { browser } = browsers[kind];
      people.push(await Participant.join(browser, server.origin, room, name, [relayOnly]));
    }
    await Promise.all(people.map((person) => person.seesAndHears(1)));
    const carried = await metric('parley_turn_packets_total{to="client"}');
    const earlier = await Promise.all(people.map(path));
    await Promise.all(people.map((person) => person.seesAndHears(1)));
    const now = await Promise.all(people.map(path));
    for (const [index, person] of people.entries()) {
      const { local, remote, urls, frames } = now[index];
      const { relayPorts } = now[1 - index];
      assert.deepEqual([local.candidateType, local.relayProtocol], ["relay", "udp"], person.name);
      // The other's relay. Firefox goes on calling it peer-reflexive (RFC 8445 section 7.3.1.3) where
      // its first check came before the candidate.
      assert.ok(["relay", "prflx"].includes(remote.candidateType), remote.candidateType);
      assert.ok(relayPorts.includes(remote.port), `${person.name}: ${remote.port}, ${relayPorts}`);
      assert.deepEqual(urls, [`turn:127.0.0.1:${server.port}?transport=udp`], person.name);
      assert.ok(frames >= earlier[index].frames + 10, `${person.name}: ${frames} frames`);
    }
    assert.ok((await metric('parley_turn_packets_total{to="client"}')) > carried + 20);
    // Firefox complains of each attempt to connect that failed, as if it were a script's error.
    for (const person of people) await person.close({ expected: /ICE failed/ });
  });
}
