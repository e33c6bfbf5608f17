// Runs the same load through each TURN server, round by round, and prints medians and ratios.
//
//   node measure.mjs [--rounds N] [--clients N] [--messages N] [--bytes N] [--only NAME,NAME]
//
// A message goes from a client over the relay to the peer, which sends it back: two relayed packets.
// What a server costs is its own CPU time, so that the load's does not matter.

import { Buffer } from "node:buffer";
import { execFile, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { freePort } from "../../e2e/lib/processes.mjs";
import { figure, median, printTable, progress } from "../lib/table.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    clients: { type: "string", default: "100" },
    messages: { type: "string", default: "1000" },
    bytes: { type: "string", default: "1000" },
    only: { type: "string", default: "parley,coturn" },
  },
});

const secret = "north";
const folder = await mkdtemp(join(tmpdir(), "parley-turn-bench-"));
await writeFile(join(folder, "secret"), secret);

const servers = {
  parley: (port) => [
    `${root}build/native/server/parley`,
    ...["--port", `${port}`, "--threads", "1", "--state-dir", folder, "--log-level", "warn"],
    ...["--turn-secret-file", join(folder, "secret"), "--turn-allow-peer", "127.0.0.0/8"],
    ...["--turn-allocations-per-user", "100000", "--turn-bandwidth", "0"],
  ],
  coturn: (port) => [
    "turnserver",
    ...["-n", "--use-auth-secret", `--static-auth-secret=${secret}`, "--realm=parley"],
    ...["--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", `--listening-port=${port}`],
    ...["--allow-loopback-peers", "--no-cli", "--no-tls", "--no-dtls", "--no-tcp"],
    ...["--relay-threads=1", "--log-file=/dev/null", `--pidfile=${folder}/pid`],
    ...["--no-software-attribute", "--no-stdout-log"],
  ],
};

// Answers once a STUN server does. Asked again and again: what is sent before the server listens is
// lost, and UDP says nothing of it.
async function waitForStun(port) {
  const request = Buffer.from("000100002112a442000000000000000000000000", "hex");
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const socket = createSocket("udp4");
    socket.on("error", () => {});
    const answered = new Promise((resolve) => socket.on("message", () => resolve(true)));
    socket.send(request, port, "127.0.0.1");
    const isThere = await Promise.race([answered, sleep(100)]);
    socket.close();
    if (isThere) return;
  }
  throw new Error("the server does not answer");
}

// Of all threads, in nanoseconds (/proc/PID/task/TID/schedstat): the ticks of /proc/PID/stat are of
// ten milliseconds, and lose what is done between two of them.
async function cpuSeconds(pid) {
  let nanoseconds = 0;
  for (const task of await readdir(`/proc/${pid}/task`)) {
    const [onCpu] = (await readFile(`/proc/${pid}/task/${task}/schedstat`, "utf8")).split(" ");
    nanoseconds += Number(onCpu);
  }
  return nanoseconds / 1e9;
}

async function memoryKib(pid, field) {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(status.match(new RegExp(`${field}:\\s+(\\d+)`))[1]);
}

// turnutils_uclient binds two channels for each client, of numbers that it draws from 16,384, and
// gives up where the second is the first again: a number is for one peer (RFC 8656 section 12.2),
// and any server answers 400.
const channelNumbers = 16_384;
class ChannelRefused extends Error {}

async function load(port, peerPort, clients, more) {
  const { stdout } = await promisify(execFile)(
    "turnutils_uclient",
    [
      ...["-e", "127.0.0.1", "-r", `${peerPort}`, "-p", `${port}`, "-W", secret, "-u", "bench"],
      ...["-m", `${clients}`, "-l", options.bytes, "-c", ...more, "127.0.0.1"],
    ],
    { maxBuffer: 1 << 28 },
  ).catch((failure) => {
    const isRefused = /channel bind: error 400/.test(failure.stdout);
    throw isRefused ? new ChannelRefused("a channel was refused", { cause: failure }) : failure;
  });
  const all = (pattern) => [...stdout.matchAll(pattern)].at(-1)?.[1];
  return {
    sent: Number(all(/tot_send_msgs=(\d+)/g)),
    received: Number(all(/tot_recv_msgs=(\d+)/g)),
  };
}

// Starts a server and its peer, gives their ports to `use` with a way to read the server's CPU time,
// and ends both.
async function withServer(name, use) {
  const [port, peerPort] = [await freePort(), await freePort()];
  const [command, ...args] = servers[name](port);
  const server = spawn(command, args, { stdio: "ignore" });
  const peer = spawn("turnutils_peer", ["-L", "127.0.0.1", "-p", `${peerPort}`], {
    stdio: "ignore",
  });
  try {
    await waitForStun(port);
    return await use({ port, peerPort, pid: server.pid });
  } finally {
    server.kill("SIGKILL");
    peer.kill("SIGKILL");
  }
}

// What allocations alone cost is taken off what the packets cost: a load of one message each comes
// before the long one, and all that is counted is the difference.
const measure = (name) =>
  withServer(name, async ({ port, peerPort, pid }) => {
    const clients = Number(options.clients);
    const idle = { memory: await memoryKib(pid, "VmRSS"), cpu: await cpuSeconds(pid) };
    const short = await load(port, peerPort, clients, ["-n", "1", "-z", "2"]);
    const opened = { memory: await memoryKib(pid, "VmHWM"), cpu: await cpuSeconds(pid) };
    const long = await load(port, peerPort, clients, ["-n", options.messages, "-z", "2"]);
    const openingCpu = opened.cpu - idle.cpu;
    const cpu = (await cpuSeconds(pid)) - opened.cpu - openingCpu;
    const packets = long.sent + long.received - short.sent - short.received;
    return {
      cpuMicroseconds: (cpu * 1e6) / packets,
      perSecondAndCore: packets / cpu,
      // Each with its refused first request, permissions, a channel and its end.
      allocationsPerSecond: clients / openingCpu,
      lostPercent: (100 * (long.sent - long.received)) / long.sent,
      kibPerAllocation: (opened.memory - idle.memory) / clients,
    };
  });

const names = options.only.split(",");
const results = Object.fromEntries(names.map((name) => [name, []]));
const refusals = Object.fromEntries(names.map((name) => [name, 0]));

// Each round with a channel refused is told, because from here a server that refuses one without
// reason looks the same: it would do so more often than chance does, or twice in a row.
async function measureOnceMoreWhereRefused(name) {
  try {
    return await measure(name);
  } catch (failure) {
    if (!(failure instanceof ChannelRefused)) throw failure;
    refusals[name] += 1;
    return measure(name);
  }
}

try {
  for (let round = 1; round <= Number(options.rounds); round += 1) {
    for (const name of names) {
      progress(`round ${round}: ${name}`);
      results[name].push(await measureOnceMoreWhereRefused(name));
    }
  }
} finally {
  await rm(folder, { recursive: true });
}
progress("");

const value = (name, field) => median(results[name].map((result) => result[field]));
const columns = [
  ["CPU µs/packet", "cpuMicroseconds"],
  ["packets/s and core", "perSecondAndCore"],
  ["allocations/s and core", "allocationsPerSecond"],
  ["lost %", "lostPercent"],
  ["KiB/allocation", "kibPerAllocation"],
];
console.log(
  `Medians of ${options.rounds} rounds, ${options.clients} clients, ${options.bytes} bytes a packet\n`,
);
printTable(
  ["server", ...columns.map(([label]) => label), `CPU × ${names[0]}`],
  names.map((name) => [
    name,
    ...columns.map(([, field]) => figure(value(name, field))),
    figure(value(name, "cpuMicroseconds") / value(names[0], "cpuMicroseconds")),
  ]),
);

// Two loads a round.
const drawnTwice = (2 * Number(options.rounds) * Number(options.clients)) / channelNumbers;
for (const name of names.filter((each) => refusals[each] > 0)) {
  console.log(
    `\n${name}: ${refusals[name]} of ${options.rounds} rounds measured again, because a channel was ` +
      `refused (400). Clients that draw a number twice explain ${figure(drawnTwice)}.`,
  );
}
