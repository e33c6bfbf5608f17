// The table on the screen and RESULTS.md.

import { readFileSync, writeFileSync } from "node:fs";
import { release } from "node:os";
import { median, printTable } from "../../bench/lib/table.mjs";
import { scenarios } from "./scenarios.mjs";

const whole = (value) => {
  if (value === Infinity) return "never";
  return Number.isNaN(value) ? "–" : `${Math.round(value)}`;
};
const tenths = (value) => (Number.isFinite(value) ? value.toFixed(1) : "–");

// The median of a middle of two of which one is Infinity is Infinity, which says what it should.
const columns = [
  ["video back", (all) => whole(median(all.map((each) => each.videoBackMs)))],
  ["audio back", (all) => whole(median(all.map((each) => each.audioBackMs)))],
  ["video gap", (all) => whole(median(all.map((each) => each.videoGapMs)))],
  ["audio gap", (all) => whole(median(all.map((each) => each.audioGapMs)))],
  ["concealed", (all) => whole(median(all.map((each) => each.concealedMs)))],
  ["blank", (all) => whole(median(all.map((each) => each.blankMs)))],
  ["lost", (all) => whole(median(all.map((each) => each.packetsLost)))],
  ["freezes", (all) => whole(median(all.map((each) => each.freezes)))],
  ["frozen s", (all) => tenths(median(all.map((each) => each.freezeSeconds)))],
];

// Of the run in the middle, by when the picture was back.
function typicalStates(all) {
  const sorted = [...all].sort((a, b) => a.videoBackMs - b.videoBackMs);
  return sorted[Math.floor((sorted.length - 1) / 2)].states
    .map(([time, state], i) => (i === 0 ? state : `${(time / 1000).toFixed(1)} ${state}`))
    .join(", ");
}

// How media left at the end, in the runs' order where they differ.
function pathsOf(runs) {
  const show = ({ candidateType = "none", relayProtocol }) =>
    candidateType === "relay" ? `relay by ${relayProtocol}` : candidateType;
  return [...new Set(runs.map(({ paths: { ana, ben } }) => `${show(ana)} / ${show(ben)}`))].join(
    ", ",
  );
}

function rowsOf({ rows }) {
  return rows.map(({ name, runs }) => {
    const of = (person) => runs.map(({ figures }) => figures[person]);
    const [ana, ben] = [of("ana"), of("ben")];
    return {
      name,
      cells: columns.map(([, show]) => `${show(ana)} / ${show(ben)}`),
      paths: pathsOf(runs),
      states: [typicalStates(ana), typicalStates(ben)],
      well: `${runs.filter(({ isWell }) => isWell).length} of ${runs.length}`,
      rosters: `${runs.filter((run) => run.areRostersEqual).length} of ${runs.length}`,
    };
  });
}

const header = ["scenario", ...columns.map(([label]) => label), "path", "well", "rosters"];

const titleOf = ({ ana, ben }) => `Ana with ${capital(ana)}, Ben with ${capital(ben)}`;
const capital = (word) => word[0].toUpperCase() + word.slice(1);

/** @param result { pair, rows: [{ name, runs }] } */
export function printResults(result) {
  console.log(`${titleOf(result.pair)}: what Ana / what Ben receives; times in ms`);
  const rows = rowsOf(result);
  printTable(
    header,
    rows.map(({ name, cells, paths, well, rosters }) => [name, ...cells, paths, well, rosters]),
  );
}

const explanation = readFileSync(new URL("./results_text.md", import.meta.url), "utf8");

function markdownTable(cells) {
  const [first, ...rest] = cells;
  const line = (row) => `| ${row.join(" | ")} |`;
  return [line(first), line(first.map(() => "---")), ...rest.map(line)].join("\n");
}

export function writeResults(results, { rounds, seed, command, file }) {
  const versions = new Set(
    results.flatMap(({ rows }) =>
      rows.flatMap(({ runs }) => runs.flatMap((run) => Object.values(run.versions))),
    ),
  );
  const parts = [
    "# Calls over networks that break: results",
    `Medians of ${rounds} ${rounds === 1 ? "run" : "runs"} each, made by \`${command.join(" ")}\` ` +
      `(seed ${seed}) on ${new Date().toISOString().slice(0, 10)}, with ` +
      `${[...versions].sort().join(", ")}, Node.js ${process.version}, Linux ${release()}.`,
    explanation.trim(),
    "## What happens",
    markdownTable([
      ["scenario", "what"],
      ...results[0].rows.map(({ name }) => [`\`${name}\``, scenarios[name].title]),
    ]),
  ];
  for (const result of results) {
    const rows = rowsOf(result);
    parts.push(
      `## ${titleOf(result.pair)}`,
      markdownTable([
        header,
        ...rows.map(({ name, cells, paths, well, rosters }) => [
          `\`${name}\``,
          ...cells,
          paths,
          well,
          rosters,
        ]),
      ]),
      "What each page showed, with the seconds since the event began:",
      markdownTable([
        ["scenario", "Ana's page", "Ben's page"],
        ...rows.map(({ name, states }) => [`\`${name}\``, ...states]),
      ]),
    );
  }
  writeFileSync(new URL(`../${file}`, import.meta.url), `${parts.join("\n\n")}\n`);
}
