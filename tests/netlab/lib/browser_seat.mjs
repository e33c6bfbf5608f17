// A person with a browser in their namespace.

/* global document, window */

import { readFileSync } from "node:fs";
import { launchBrowser } from "../../e2e/lib/browsers.mjs";
import { Participant } from "../../e2e/lib/participant.mjs";
import { serve } from "./seat.mjs";

const sampler = readFileSync(new URL("./sampler.js", import.meta.url), "utf8");

// Enough to tell when pictures stop; two browsers and their codecs share this one machine.
const framesPerSecond = 15;

// Firefox reports a WebSocket that breaks or finds no server, and a path that fails, as if it were an
// error of a script.
const networkTrouble =
  /^(The connection to ws|Firefox can.t establish a connection to the server at ws|WebRTC: ICE failed)/;

let launched;
let person;

serve(
  {
    // `trust`: whom to give a camera, an `origin` or a `trustedKey` as launchBrowser() has them.
    async launch(kind, trust) {
      launched = await launchBrowser(kind, { framesPerSecond, ...trust });
      return launched.browser.version();
    },
    async join(origin, room, name) {
      person = await Participant.join(launched.browser, origin, room, name);
      await person.page.evaluate(sampler);
    },
    seesAndHears: () => person.seesAndHears(1),
    isWell: (forMs) => person.page.evaluate((ms) => window.sampler.isWell(ms), forMs),
    record: () => person.page.evaluate(() => window.sampler.record),
    roster: () =>
      person.page.evaluate(() => {
        const { self, participants, state } = document.querySelector("parley-call").call;
        return { self: self.id, others: participants.map(({ id }) => id), state };
      }),
    // How this side's media leave: `candidateType`, `relayProtocol` and `address` of the candidate in
    // use.
    path: () =>
      person.page.evaluate(async () => {
        let used = {};
        // One that waits for somebody else to come has none; of those that have, the last was made
        // last.
        for (const connection of window.probe.connections) {
          const reports = [...(await connection.getStats()).values()];
          const transport = reports.find(({ type }) => type === "transport");
          // Firefox has no selectedCandidatePairId, and marks the pair.
          const pair = reports.find(({ id, type, selected }) =>
            transport?.selectedCandidatePairId === undefined
              ? type === "candidate-pair" && selected
              : id === transport.selectedCandidatePairId,
          );
          used = reports.find(({ id }) => id === pair?.localCandidateId) ?? used;
        }
        const { candidateType, relayProtocol, address } = used;
        return { candidateType, relayProtocol, address };
      }),
    journal: () => person.journal(),
    async leave() {
      await person.close({ expected: networkTrouble });
    },
    async close() {
      await launched?.close();
      launched = undefined;
    },
  },
  () => launched?.close(),
);
