// Calls over a real relay whose credentials expire after ten seconds. With PARLEY_LONG=1 the first
// goes on for three minutes.

/* global window */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { launchBrowser } from "./lib/browsers.mjs";
import { Participant } from "./lib/participant.mjs";
import { expiryOf, startRelay } from "./lib/relay.mjs";
import { replays } from "./lib/replay.mjs";
import { startParley } from "./lib/server.mjs";

const relayOnly = readFileSync(new URL("./lib/relay_only.js", import.meta.url), "utf8");

const lifeSeconds = 10;
const renewedEverySeconds = lifeSeconds / 2;
const callSeconds = process.env.PARLEY_LONG === "1" ? 180 : 4 * lifeSeconds;

// The part of all sound that may be concealed: a busy machine plays late what came in time. A path
// that is interrupted loses packets, which nothing else does on loopback; of them none may be.
const concealedAtMost = 0.02;

const inSeconds = () => Date.now() / 1000;

// What one person's browser says of the connection with the other.
const figures = (person) =>
  person.page.evaluate(async () => {
    const [connection, ...more] = window.probe.connections;
    const reports = [...(await connection.getStats()).values()];
    const inbound = (kind) =>
      reports.find((one) => one.type === "inbound-rtp" && one.kind === kind);
    const transport = reports.find(({ type }) => type === "transport");
    // Firefox has no selectedCandidatePairId, and marks the pair.
    const pair = reports.find(({ id, type, selected }) =>
      transport?.selectedCandidatePairId === undefined
        ? type === "candidate-pair" && selected
        : id === transport.selectedCandidatePairId,
    );
    const { concealedSamples, totalSamplesReceived, packetsLost } = inbound("audio");
    return {
      connections: 1 + more.length,
      frames: reports
        .filter(({ type }) => type === "inbound-rtp")
        .reduce((sum, { framesDecoded = 0 }) => sum + framesDecoded, 0),
      concealed: concealedSamples,
      lost: packetsLost,
      samples: totalSamplesReceived,
      candidate: reports.find(({ id }) => id === pair?.localCandidateId)?.candidateType,
      userName: connection
        .getConfiguration()
        .iceServers.map(({ username }) => username)
        .find(Boolean),
    };
  });

// Waits until the person's peer connection is configured with credentials that still count.
async function hasGoodCredentials(person) {
  await person.until("credentials that count", () =>
    [...window.probe.connections].every((connection) =>
      connection
        .getConfiguration()
        .iceServers.some(({ username = "0" }) => Number.parseInt(username) > Date.now() / 1000),
    ),
  );
}

// As after a change of the network: the call looks for a better path.
const restartIce = (person) =>
  person.page.evaluate(() => window.dispatchEvent(new window.Event("online")));

for (const kind of ["chromium", "firefox"]) {
  describe(kind, () => {
    let browser, relay, state;

    before(async () => {
      state = mkdtempSync(join(tmpdir(), "parley-state-"));
      relay = await startRelay();
      browser = await launchBrowser(kind);
    });

    after(async () => {
      await browser?.close();
      await relay?.stop();
      rmSync(state, { recursive: true, force: true });
    });

    const serve = (port) =>
      startParley({
        port,
        state,
        options: [
          ...["--turn", "off"], // else the calls might go over the server's own relay
          ...["--turn-server", relay.url, "--turn-secret-file", relay.secretFile],
          ...["--turn-ttl", `${lifeSeconds}`],
        ],
      });

    async function call(server, room) {
      const people = [];
      for (const name of ["Ana", "Ben"]) {
        people.push(
          await Participant.join(browser.browser, server.origin, room, name, [relayOnly]),
        );
      }
      await Promise.all(people.map((person) => person.seesAndHears(1)));
      return people;
    }

    // Firefox complains of each attempt to connect that failed, as if it were a script's error.
    async function end(people) {
      for (const person of people) {
        await replays(await person.journal());
        await person.close({ expected: /ICE failed/ });
      }
    }

    test("a relayed call outlives its credentials many times without a gap", async (context) => {
      const server = await serve();
      try {
        const people = await call(server, `rotation-${kind}`);
        const userNames = people.map(() => new Set());
        const gaps = [0, 0];
        let refreshed = 0;
        let refreshedLate = 0;
        const began = inSeconds();
        let last = await Promise.all(people.map(figures));
        const first = last;
        while (inSeconds() - began < callSeconds) {
          await pause(1000);
          const now = await Promise.all(people.map(figures));
          for (const [index, person] of people.entries()) {
            const where = `${person.name} after ${Math.round(inSeconds() - began)} s`;
            const [before, present] = [last[index], now[index]];
            assert.equal(present.connections, 1, where);
            assert.equal(present.candidate, "relay", where);
            assert.ok(present.frames > before.frames, `${where}: no picture in a second`);
            assert.ok(present.samples > before.samples, `${where}: no sound in a second`);
            assert.ok(expiryOf(present.userName) > inSeconds(), `${where}: expired credentials`);
            assert.equal(present.lost, before.lost, `${where}: packets of sound were lost`);
            const concealedMs = (present.concealed - before.concealed) / 48;
            gaps[index] = Math.max(gaps[index], concealedMs);
            userNames[index].add(present.userName);
          }
          last = now;
          const names = relay.refreshedBy();
          refreshedLate += names
            .slice(refreshed)
            .filter((name) => expiryOf(name) < inSeconds() - 1).length;
          refreshed = names.length;
        }
        // The relay went on with allocations whose credentials had expired by then.
        assert.ok(refreshedLate >= people.length, `${refreshedLate} refreshed`);

        const fewest = Math.floor(callSeconds / renewedEverySeconds) - 1;
        for (const [index, person] of people.entries()) {
          assert.ok(userNames[index].size >= fewest, `${person.name}: ${userNames[index].size}`);
          const concealed = last[index].concealed - first[index].concealed;
          const samples = last[index].samples - first[index].samples;
          assert.ok(
            concealed < concealedAtMost * samples,
            `${person.name}: ${concealed} concealed`,
          );
          context.diagnostic(
            `${person.name}: ${last[index].frames - first[index].frames} frames and ` +
              `${userNames[index].size} user names in ${callSeconds} s; ` +
              `at most ${gaps[index].toFixed(1)} ms concealed in a second, ` +
              `${(concealed / 48).toFixed(1)} ms in all`,
          );
        }

        // The relay gives new allocations for credentials that count, and for no others.
        const allocations = relay.allocatedBy().length;
        await restartIce(people[0]);
        const renewed = await relay.newAllocations(allocations, 2);
        for (const name of renewed) assert.ok(expiryOf(name) > began + callSeconds, name);
        await Promise.all(people.map((person) => person.seesAndHears(1)));
        assert.equal((await figures(people[0])).candidate, "relay");
        await end(people);
      } finally {
        await server.stop();
      }
    });

    test("what expired while the server was away is replaced before a path is mended", async () => {
      let server = await serve();
      try {
        const people = await call(server, `away-${kind}`);
        await server.kill();
        await pause((lifeSeconds + 1) * 1000);
        for (const person of people) {
          assert.ok(expiryOf((await figures(person)).userName) < inSeconds());
          await person.waitForState("reconnecting");
        }
        // All allocations are gone, and with them the path.
        await relay.kill();
        await relay.start();
        server = await serve(server.port);
        const back = inSeconds();
        await Promise.all(people.map(hasGoodCredentials));
        await Promise.all(people.map((person) => person.seesAndHears(1)));
        assert.ok(relay.allocatedBy().some((name) => expiryOf(name) >= Math.floor(back)));
        await end(people);
      } finally {
        await server.stop();
      }
    });
  });
}
