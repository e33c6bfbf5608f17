// Runs the scenarios, prints a table and writes RESULTS.md; see ./run.

import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { progress } from "../bench/lib/table.mjs";
import { areRostersEqual, figuresOf } from "./lib/figures.mjs";
import { Laboratory } from "./lib/laboratory.mjs";
import { whatIsMissing } from "./lib/requirements.mjs";
import { printResults, writeResults } from "./lib/results.mjs";
import { scenarios } from "./lib/scenarios.mjs";

const badArguments = 2;
const interrupted = 130;

function refuse(reason) {
  console.error(`tests/netlab/run: ${reason}`);
  process.exit(badArguments);
}

function parseOptions() {
  try {
    return parseArgs({
      options: {
        rounds: { type: "string", default: "3" },
        only: { type: "string", default: Object.keys(scenarios).join(",") },
        browsers: { type: "string", default: "chromium,firefox" },
        seed: { type: "string", default: "1" },
        to: { type: "string", default: "RESULTS.md" },
      },
    }).values;
  } catch (error) {
    return refuse(error.message);
  }
}

const options = parseOptions();
const [rounds, seed] = [options.rounds, options.seed].map(Number);
const names = options.only.split(",");
const browsers = options.browsers.split(",");
for (const name of names) {
  if (!(name in scenarios)) {
    refuse(`there is no scenario "${name}"; there are ${Object.keys(scenarios).join(", ")}`);
  }
}
for (const kind of browsers) {
  if (!["chromium", "firefox"].includes(kind)) refuse(`"${kind}" is not chromium or firefox`);
}
for (const number of [rounds, seed]) {
  if (!Number.isSafeInteger(number) || number < 1)
    refuse("rounds and seed are whole numbers above 0");
}
const missing = await whatIsMissing();
if (missing !== undefined) refuse(missing);

// Each with its like, and both together.
const pairs = browsers.map((kind) => ({ ana: kind, ben: kind }));
if (browsers.length > 1) pairs.push({ ana: browsers[0], ben: browsers[1] });

const raw = fileURLToPath(new URL("../../build/netlab/", import.meta.url));
mkdirSync(raw, { recursive: true });

const interruption = new Promise((_, reject) => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => reject(new Interrupted(signal)));
  }
});
interruption.catch(() => {}); // it may come between two runs

class Interrupted extends Error {}

// One run in a laboratory of its own: browsers that have seen a network vanish are not as new.
async function runOnce(pair, name, round) {
  const lab = new Laboratory(pair, seed + round - 1, scenarios[name].around);
  try {
    await Promise.race([lab.opened(), interruption]);
    const { journals, ...run } = await Promise.race([lab.run(scenarios[name]), interruption]);
    const file = `${raw}${pair.ana}-${pair.ben}-${name}-${round}`;
    writeFileSync(`${file}.json`, JSON.stringify(run));
    for (const [person, journal] of Object.entries(journals)) {
      writeFileSync(`${file}-${person}.jsonl`, journal);
    }
    const figures = Object.fromEntries(
      Object.entries(run.records).map(([person, record]) => [person, figuresOf(record, run)]),
    );
    return {
      figures,
      isWell: run.isWell,
      areRostersEqual: areRostersEqual(run.rosters),
      paths: run.paths,
      versions: lab.versions,
    };
  } finally {
    await lab.close();
  }
}

async function runAll() {
  const results = [];
  for (const pair of pairs) {
    const rows = names.map((name) => ({ name, runs: [] }));
    results.push({ pair, rows });
    for (let round = 1; round <= rounds; round += 1) {
      for (const { name, runs } of rows) {
        progress(`${pair.ana} and ${pair.ben}, round ${round}: ${name}`);
        runs.push(await runOnce(pair, name, round));
      }
    }
    progress("");
    printResults(results.at(-1));
  }
  return results;
}

try {
  const command = ["tests/netlab/run", ...process.argv.slice(2)];
  writeResults(await runAll(), { rounds, seed, command, file: options.to });
} catch (error) {
  if (!(error instanceof Interrupted)) throw error;
  console.error(`tests/netlab/run: ended by ${error.message}`);
  process.exit(interrupted);
}
