// Where no direct path can be, calls are made over the server's own relay.

import assert from "node:assert/strict";
import { test } from "node:test";
import { areRostersEqual } from "./lib/figures.mjs";
import { Laboratory } from "./lib/laboratory.mjs";
import { whatIsMissing } from "./lib/requirements.mjs";
import { scenarios } from "./lib/scenarios.mjs";

const skip = (await whatIsMissing()) ?? false;
const seed = 1;

// `ways` are those by which Ana may reach the relay.
for (const [name, browsers, ways] of [
  ["symmetric", { ana: "chromium", ben: "firefox" }, ["udp"]],
  ["https-only", { ana: "firefox", ben: "chromium" }, ["tcp", "tls"]],
  ["behind-nat", { ana: "chromium", ben: "firefox" }, ["tcp", "tls"]],
]) {
  const title = `a call is made: ${scenarios[name].title}`;
  test(title, { skip, timeout: 80_000 }, async () => {
    const around = new Laboratory(browsers, seed, scenarios[name].around);
    try {
      await around.opened();
      const { isWell, rosters, paths } = await around.run(scenarios[name], { watchMs: 0 });
      assert.ok(isWell, "no connected call with sound and pictures came of it");
      assert.ok(areRostersEqual(rosters), JSON.stringify(rosters));
      assert.equal(paths.ana.candidateType, "relay");
      assert.ok(ways.includes(paths.ana.relayProtocol), paths.ana.relayProtocol);
      assert.equal(paths.ana.address, around.network.serverAddress);
    } finally {
      await around.close();
    }
  });
}
