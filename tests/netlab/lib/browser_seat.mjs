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
    async launch(kind, origin) {
      launched = await launchBrowser(kind, { framesPerSecond, origin });
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
