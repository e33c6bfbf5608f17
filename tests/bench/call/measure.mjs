// Measures, in one Chromium and round by round in turn, how long the second one of a room takes
// from the click on Join to a connected peer connection and to the first remote frame.
//
//   node measure.mjs [--rounds N] [--round-trips MS,MS] [--only NAME,NAME]

/* global window */

import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launchBrowser } from "../../e2e/lib/browsers.mjs";
import { freePort, startServer } from "../../e2e/lib/processes.mjs";
import { figure, median, printTable, progress } from "../lib/table.mjs";
import { startDelayRelay } from "./delay-relay.mjs";
import { stacks } from "./stacks.mjs";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "15" },
    "round-trips": { type: "string", default: "0,100" },
    only: { type: "string", default: Object.keys(stacks).join(",") },
  },
});
const names = options.only.split(",");
const probe = readFileSync(fileURLToPath(new URL("./probe.js", import.meta.url)), "utf8");

// A person looks at the preview before pressing Join; what a page does meanwhile is its own choice,
// and each has the same time for it.
const lookMs = 1000;
const patienceMs = 20_000;

async function openPage(browser, url) {
  // A window each: Chromium does not draw the videos of a tab in the background.
  const page = await browser.newPage({ type: "window" });
  page.setDefaultTimeout(patienceMs);
  await page.evaluateOnNewDocument(probe);
  await page.goto(url);
  await page.waitForFunction(() => window.benchMarks.preview !== undefined);
  return page;
}

async function measureOnce(browser, stack, origin, room) {
  const first = await openPage(browser, `${origin}${stack.path(room, "first")}`);
  await first.locator(stack.joinButton).click();
  await first.waitForFunction(stack.joined);

  const second = await openPage(browser, `${origin}${stack.path(room, "second")}`);
  const button = await second.waitForSelector(stack.joinButton);
  await pause(lookMs);
  await button.click();
  await second.waitForFunction(
    () => window.benchMarks.connected !== undefined && window.benchMarks.remoteFrame !== undefined,
  );
  const marks = await second.evaluate(() => window.benchMarks);
  await second.close();
  await first.close();
  return {
    connected: marks.connected - marks.clicked,
    remoteFrame: marks.remoteFrame - marks.clicked,
  };
}

async function measureAll(browser, roundTripMs) {
  const results = new Map(names.map((name) => [name, []]));
  const running = new Map();
  try {
    for (const name of names) {
      const port = await freePort();
      const server = await startServer(...stacks[name].server(port), port);
      const relay = roundTripMs > 0 ? await startDelayRelay(port, roundTripMs / 2) : undefined;
      running.set(name, { server, relay, origin: `http://localhost:${relay?.port ?? port}` });
    }
    // The first round warms everything up and does not count.
    for (let round = 0; round <= Number(options.rounds); round += 1) {
      for (const name of names) {
        progress(`${roundTripMs} ms: round ${round}, ${name}`);
        const room = `bench-${round}`;
        const result = await measureOnce(browser, stacks[name], running.get(name).origin, room);
        if (round > 0) results.get(name).push(result);
      }
    }
  } finally {
    for (const { server, relay } of running.values()) {
      relay?.stop();
      await server.stop();
    }
  }
  progress("");
  return results;
}

function print(roundTripMs, results) {
  console.log(`${roundTripMs} ms of round trip to the server, medians of ${options.rounds} joins`);
  const value = (name, field) => median(results.get(name).map((result) => result[field]));
  const rows = names.map((name) => [
    name,
    ...["connected", "remoteFrame"].flatMap((field) => [
      figure(value(name, field)),
      figure(value(name, field) / value(names[0], field)),
    ]),
  ]);
  printTable(
    ["stack", "connected, ms", `× ${names[0]}`, "first remote frame, ms", `× ${names[0]}`],
    rows,
  );
}

const { browser, close } = await launchBrowser("chromium", { framesPerSecond: 30 });
try {
  for (const roundTrip of options["round-trips"].split(",").map(Number)) {
    print(roundTrip, await measureAll(browser, roundTrip));
  }
} finally {
  await close();
}
