// Calls over the server's own relay, which it has on its one port, of UDP and of TCP, without any
// option; with TLS where it serves pages with that.

/* global window */

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { launchBrowser } from "./lib/browsers.mjs";
import { keyOf } from "./lib/certificates.mjs";
import { Participant } from "./lib/participant.mjs";
import { startParley } from "./lib/server.mjs";

const relayOnly = readFileSync(new URL("./lib/relay_only.js", import.meta.url), "utf8");

const state = mkdtempSync(join(tmpdir(), "parley-state-"));
const browsers = {};
let server;

before(async () => {
  server = await startParley({ state, options: ["--tls-self-signed"] });
  // Chromium and Firefox ask of a relay's certificate what they ask of a page's.
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

const origin = () => `https://localhost:${server.port}`;

// The body behind an address of this server, whose certificate nobody has vouched for.
async function fetchTrusting(url) {
  const [response] = await once(get(url, { rejectUnauthorized: false }), "response");
  return text(response);
}

// The number behind a name in the server's metrics.
async function metric(name) {
  const figures = await fetchTrusting(`${origin()}/metrics`);
  const line = figures.split("\n").find((each) => each.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1));
}

// What a browser may use of the addresses that the server announces, and what it then reports.
const ways = {
  udp: { pattern: "^turn:.*=udp$", reported: "udp" },
  tcp: { pattern: "^turn:.*=tcp$", reported: "tcp" },
  tls: { pattern: "^turns:.*=tcp$", reported: "tls" },
};

for (const [first, second, way] of [
  ["chromium", "chromium", "udp"],
  ["chromium", "firefox", "udp"],
  ["firefox", "firefox", "udp"],
  ["chromium", "firefox", "tcp"],
  ["chromium", "firefox", "tls"],
]) {
  test(`${first} and ${second} over the server's own relay by ${way}`, async () => {
    const room = `relay-${first}-${second}-${way}`;
    const { pattern, reported } = ways[way];
    const people = [];
    for (const [kind, name] of [
      [first, "Ana"],
      [second, "Ben"],
    ]) {
      const { browser } = browsers[kind];
      const scripts = [`window.relaysUsed = /${pattern}/;`, relayOnly];
      people.push(await Participant.join(browser, origin(), room, name, scripts));
    }
    await Promise.all(people.map((person) => person.seesAndHears(1)));
    const carried = await metric('parley_turn_packets_total{to="client"}');
    const earlier = await Promise.all(people.map(path));
    await Promise.all(people.map((person) => person.seesAndHears(1)));
    const now = await Promise.all(people.map(path));
    const host = way === "tls" ? "localhost" : "127.0.0.1";
    const scheme = way === "tls" ? "turns" : "turn";
    const url = `${scheme}:${host}:${server.port}?transport=${way === "udp" ? "udp" : "tcp"}`;
    for (const [index, person] of people.entries()) {
      const { local, remote, urls, frames } = now[index];
      const { relayPorts } = now[1 - index];
      assert.deepEqual(
        [local.candidateType, local.relayProtocol],
        ["relay", reported],
        person.name,
      );
      // The other's relay. Firefox goes on calling it peer-reflexive (RFC 8445 section 7.3.1.3) where
      // its first check came before the candidate.
      assert.ok(["relay", "prflx"].includes(remote.candidateType), remote.candidateType);
      assert.ok(relayPorts.includes(remote.port), `${person.name}: ${remote.port}, ${relayPorts}`);
      assert.deepEqual(urls, [url], person.name);
      assert.ok(frames >= earlier[index].frames + 10, `${person.name}: ${frames} frames`);
    }
    assert.ok((await metric('parley_turn_packets_total{to="client"}')) > carried + 20);
    // Firefox complains of each attempt to connect that failed, as if it were a script's error.
    for (const person of people) await person.close({ expected: /ICE failed/ });
  });
}
