// Measures the relays one after another, round by round, and prints medians and ratios.
//
//   node measure.mjs [--rounds N] [--seconds N] [--rooms N] [--idle-rooms N] [--only NAME,NAME]

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { freePort, startServer } from "../../e2e/lib/processes.mjs";
import { figure, median, printTable, progress } from "../lib/table.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const here = fileURLToPath(new URL("./", import.meta.url));
const steadyRate = 5000; // messages a second

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "8" },
    rooms: { type: "string", default: "1000" },
    "idle-rooms": { type: "string", default: "5000" },
    only: { type: "string", default: "parley,parley-tls,bare,ws,socket.io" },
  },
});

// Every message is counted against limits, as it is for people, but for the numbers: all of the load
// comes from one address, as fast as it can.
const highLimits = [
  ...[
    "--unlimited-address",
    "192.0.2.1",
    "--address-connections",
    "0",
    "--address-websockets",
    "0",
  ],
  ...["connection", "websocket", "join", "room", "message", "byte"].flatMap((flow) => [
    `--address-${flow}-rate`,
    "1000000000:1000000000",
  ]),
  ...["message", "byte", "join"].flatMap((flow) => [
    `--websocket-${flow}-rate`,
    "1000000000:1000000000",
  ]),
];

const servers = {
  parley: (port) => [`${root}build/native/server/parley`, ["--port", `${port}`, ...highLimits]],
  "parley-tls": (port) => [
    `${root}build/native/server/parley`,
    ["--port", `${port}`, "--tls-self-signed", "--state-dir", "", ...highLimits],
  ],
  bare: (port) => [`${root}build/bench/bare_relay`, [`${port}`]],
  ws: (port) => [process.execPath, [`${here}peers/ws.mjs`, `${port}`]],
  "socket.io": (port) => [process.execPath, [`${here}peers/socket-io.mjs`, `${port}`]],
};

const settleSeconds = "5"; // for the memory that connecting took to be given back
const load = ["--rooms", options.rooms, "--seconds", options.seconds, "traffic"];
const measurements = {
  idle: ["--rooms", options["idle-rooms"], "--seconds", settleSeconds, "idle"],
  rate: [...load, "--rate", `${steadyRate}`],
  saturation: [...load, "--rate", "0"],
};

async function measure(name, args) {
  const port = await freePort();
  const [command, serverArgs] = servers[name](port);
  // Ten thousand connections are more descriptors than a process may have by default.
  const server = await startServer(
    "sh",
    ["-c", 'ulimit -n $(ulimit -Hn); exec "$0" "$@"', command, ...serverArgs],
    port,
    { env: { ...process.env, NODE_ENV: "production" } },
  );
  try {
    const [dialect, encryption] = name.split("-");
    const { stdout } = await promisify(execFile)(`${root}build/bench/relay_load`, [
      ...(encryption === "tls" ? ["--tls"] : []),
      ...["--dialect", dialect, "--port", `${port}`, "--server", `${server.pid}`],
      ...args,
    ]);
    return JSON.parse(stdout);
  } finally {
    await server.stop();
  }
}

const names = options.only.split(",");
const results = Object.fromEntries(
  Object.keys(measurements).map((kind) => [
    kind,
    Object.fromEntries(names.map((name) => [name, []])),
  ]),
);
for (let round = 1; round <= Number(options.rounds); round += 1) {
  for (const [kind, args] of Object.entries(measurements)) {
    for (const name of names) {
      progress(`round ${round}: ${kind}, ${name}`);
      results[kind][name].push(await measure(name, args));
    }
  }
}
progress("");

function print(title, kind, columns) {
  console.log(title);
  const value = (name, field) => median(results[kind][name].map((result) => result[field]));
  const rows = names.map((name) => [
    name,
    ...columns.map(([, field]) => figure(value(name, field))),
    figure(value(name, columns[0][1]) / value(names[0], columns[0][1])),
  ]);
  printTable(["server", ...columns.map(([label]) => label), `× ${names[0]}`], rows);
}

const traffic = [
  ["CPU µs/message", "cpuMicroseconds"],
  ["messages/s", "perSecond"],
  ["p50 µs", "p50Microseconds"],
  ["p99 µs", "p99Microseconds"],
];
console.log(
  `Medians of ${options.rounds} rounds, ${options.rooms} rooms of two, 1.2 kB a message\n`,
);
print(`${steadyRate} messages a second`, "rate", traffic);
print("As many as it relays, one under way in each room", "saturation", traffic);
print(`Memory of idle connections (${2 * options["idle-rooms"]})`, "idle", [
  ["KiB/connection", "kibPerConnection"],
]);
