// A call survives what networks and servers do: media come back, and everybody is told the truth.
// How long it takes is for ./run to say, not for a test on a busy machine.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { areRostersEqual, figuresOf } from "./lib/figures.mjs";
import { Laboratory } from "./lib/laboratory.mjs";
import { whatIsMissing } from "./lib/requirements.mjs";
import { scenarios } from "./lib/scenarios.mjs";

const skip = (await whatIsMissing()) ?? false;
const seed = 1;
const watchMs = 6000; // longer than Chromium takes to see that a path is dead

let lab;

before(async () => {
  if (skip) return;
  lab = new Laboratory({ ana: "chromium", ben: "chromium" }, seed);
  await lab.opened();
});

after(() => lab?.close());

for (const name of ["move-silent", "outage", "server"]) {
  test(`a call survives: ${scenarios[name].title}`, { skip, timeout: 80_000 }, async () => {
    const { isWell, rosters, records, ...run } = await lab.run(scenarios[name], { watchMs });
    assert.ok(isWell, "no connected call with sound and pictures came of it");
    assert.ok(areRostersEqual(rosters), JSON.stringify(rosters));
    for (const record of Object.values(records)) assert.equal(figuresOf(record, run).blankMs, 0);
  });
}

test(
  `a call moves to the relay: ${scenarios.parted.title}`,
  { skip, timeout: 80_000 },
  async () => {
    const { isWell, paths } = await lab.run(scenarios.parted, { watchMs });
    assert.ok(isWell, "no connected call with sound and pictures came of it");
    for (const { candidateType } of Object.values(paths)) assert.equal(candidateType, "relay");
  },
);
