// A thousand clients of a server that ends: how soon all are back in their rooms under their ids,
// and how busy that makes the server.
//
//   node measure.mjs [--rounds N] [--clients N]

import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { startParley } from "../../e2e/lib/server.mjs";
import { figure, median, printTable, progress } from "../lib/table.mjs";
import { Client } from "./client.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    clients: { type: "string", default: "1000" },
  },
});
const clientCount = Number(options.clients);
const windowMs = 250; // of the busiest moment
const steadyMs = 10_000;
const patienceMs = 60_000;

async function loadCore() {
  const folder = join(root, "build/wasm/wasm");
  const glue = pathToFileURL(join(folder, "parley-core.mjs"));
  const { default: createCore } = await import(glue.href);
  return createCore({ wasmBinary: readFileSync(join(folder, "parley-core.wasm")) });
}

// Processor time of a process in ms, over its threads.
function busyMs(pid) {
  const tasks = readdirSync(`/proc/${pid}/task`);
  const read = (task) => readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0];
  return tasks.reduce((all, task) => all + Number(read(task)), 0) / 1e6;
}

async function until(condition, what) {
  const begin = performance.now();
  while (!condition()) {
    if (performance.now() - begin > patienceMs) throw new Error(`${what} took over a minute`);
    await pause(5);
  }
  return performance.now() - begin;
}

// Watches how busy a server is until the function that it returns is called: in all, and in its
// busiest window. `begin` is when the process began, if not now.
function watch(pid, begin = { at: performance.now(), busy: busyMs(pid) }) {
  const samples = [begin];
  const timer = globalThis.setInterval(
    () => samples.push({ at: performance.now(), busy: busyMs(pid) }),
    windowMs,
  );
  return () => {
    globalThis.clearInterval(timer);
    samples.push({ at: performance.now(), busy: busyMs(pid) });
    const shares = samples
      .slice(1)
      .map((each, i) => [each.at - samples[i].at, each.busy - samples[i].busy])
      .filter(([ms]) => ms > windowMs / 2)
      .map(([ms, busy]) => (100 * busy) / ms);
    return { busy: samples.at(-1).busy - begin.busy, peak: Math.max(...shares) };
  };
}

async function round(core, { end, awayMs }) {
  const state = await mkdtemp(join(tmpdir(), "parley-bench-"));
  let server = await startParley({ state });
  const clients = [];
  try {
    const rampUp = watch(server.pid);
    for (let i = 0; i < clientCount; i += 1) {
      clients.push(new Client(core, server.origin, `room-${i >> 1}`, i + 1));
      if (i % 20 === 19) await pause(50); // 400 a second
    }
    const settled = (joins) => () =>
      clients.every((client) => client.joins === joins && client.isSettled);
    await until(settled(1), "joining");
    const joining = rampUp();
    const ids = clients.map(({ id }) => id);
    const steady = watch(server.pid);
    await pause(steadyMs);
    const { busy } = steady();

    const ended = performance.now();
    await server[end]();
    await pause(awayMs);
    const started = { at: performance.now(), busy: 0 };
    server = await startParley({ port: server.port, state });
    const gap = performance.now() - ended;
    const cost = watch(server.pid, started);
    const back = await until(settled(2), "coming back");
    const same = clients.filter(({ id }, i) => id === ids[i]).length;
    return {
      gap,
      back,
      same,
      ...cost(),
      joiningPeak: joining.peak,
      joiningBusy: joining.busy,
      steady: (100 * busy) / steadyMs,
    };
  } finally {
    for (const client of clients) client.close();
    await server.stop();
    await rm(state, { recursive: true, force: true });
  }
}

const core = await loadCore();
// Away for ten seconds, a server finds its clients where chance has put them; one that is there again
// at once is met by their first attempts, which do not wait.
const endings = {
  "killed, started after 10 s": { end: "kill", awayMs: 10_000 },
  "killed, started at once": { end: "kill", awayMs: 0 },
  "stopped, started at once": { end: "stop", awayMs: 0 },
};
const results = Object.fromEntries(Object.keys(endings).map((name) => [name, []]));
for (let n = 1; n <= Number(options.rounds); n += 1) {
  for (const [name, ending] of Object.entries(endings)) {
    progress(`round ${n}: ${name}`);
    results[name].push(await round(core, ending));
  }
}
progress("");

console.log(`${clientCount} clients in rooms of two, medians of ${options.rounds} rounds\n`);
const columns = [
  ["without a server, ms", "gap"],
  ["all back, ms", "back"],
  ["same ids", "same"],
  ["CPU, ms", "busy"],
  ["busiest, %", "peak"],
  ["CPU of first joining, ms", "joiningBusy"],
  ["busiest then, %", "joiningPeak"],
  ["idle, %", "steady"],
];
printTable(
  ["the server was", ...columns.map(([label]) => label)],
  Object.entries(results).map(([name, rounds]) => [
    name,
    ...columns.map(([, field]) => figure(median(rounds.map((each) => each[field])))),
  ]),
);
