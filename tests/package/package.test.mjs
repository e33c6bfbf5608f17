// The Debian package in a bare Debian (PARLEY_DEBIAN_ROOT, a folder): what an operator gets.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";

const root = process.env.PARLEY_DEBIAN_ROOT;
const packages = "build/package";
const waitMs = 120_000;

// Runs a command in the bare Debian, with a /proc that goes with it.
function inside(command, ...args) {
  const mounted = 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"';
  return ["unshare", ["--mount", "sh", "-c", mounted, root, command, ...args]];
}

function run(command, ...args) {
  const [program, all] = inside(command, ...args);
  const env = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", DEBIAN_FRONTEND: "noninteractive" };
  return execFileSync(program, all, { env, encoding: "utf8", stdio: "pipe", timeout: waitMs });
}

// Starts the server as a user without rights, as the unit does; resolves with its address.
async function serve(...options) {
  const user = ["setpriv", "--reuid=65534", "--regid=65534", "--groups=parley-secrets"];
  const [program, all] = inside(...user, "/usr/bin/parley", "--state-dir", "", ...options);
  const child = spawn(program, all, { stdio: ["ignore", "pipe", "pipe"] });
  let complaints = "";
  child.stderr.on("data", (data) => (complaints += data));
  const ended = once(child, "exit");
  const ready = once(createInterface(child.stdout), "line").then(([line]) => line);
  const line = await Promise.race([ready, ended.then(() => complaints)]);
  assert.match(line, /^Parley is ready: https?:\/\/localhost:\d+$/);
  return { address: line.split(": ")[1], child, ended };
}

test("installs with what it depends on", () => {
  const [file] = readdirSync(packages).filter((name) => name.endsWith(".deb"));
  assert.ok(file, "a package was made");
  mkdirSync(join(root, "tmp"), { recursive: true });
  copyFileSync(join(packages, file), join(root, "tmp/parley.deb"));
  copyFileSync("/etc/resolv.conf", join(root, "etc/resolv.conf"));
  run("apt-get", "update");
  run("apt-get", "install", "--yes", "--no-install-recommends", "/tmp/parley.deb");
  assert.match(run("/usr/bin/parley", "--version"), /^parley \d+\.\d+\.\d+\n$/);
});

test("serves its pages from where they are installed, and ends in good order", async () => {
  const { address, child, ended } = await serve("--port", "0");
  const page = await fetch(`${address}/`);
  assert.equal(page.status, 200);
  assert.match(await page.text(), /<script type="module"/);
  const core = await fetch(`${address}/parley.wasm`);
  assert.equal(core.headers.get("content-type"), "application/wasm");
  assert.ok(WebAssembly.validate(await core.arrayBuffer()));
  child.kill("SIGTERM");
  assert.deepEqual(await ended, [0, null]);
});

test("takes the configuration file that it brings", async () => {
  const { address, child, ended } = await serve("--config", "/etc/parley/parley.toml", "--port=0");
  assert.equal((await fetch(`${address}/healthz`)).status, 200);
  child.kill("SIGTERM");
  await ended;
});

test("reads a key that is its group's alone", async () => {
  const lineage = join(root, "tmp/lineage");
  mkdirSync(lineage, { recursive: true });
  execFileSync("openssl", [
    ...["req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
    ...["-subj", "/CN=localhost", "-days", "2"],
    ...["-keyout", join(lineage, "privkey.pem"), "-out", join(lineage, "fullchain.pem")],
  ]);
  // As the hook in docs/operating.md does.
  run("sh", "-c", "install -m 640 -g parley-secrets -Dt /etc/parley/tls /tmp/lineage/*.pem");
  const files = [
    "--tls-cert=/etc/parley/tls/fullchain.pem",
    "--tls-key=/etc/parley/tls/privkey.pem",
  ];
  const { child, ended } = await serve("--port=0", ...files);
  child.kill("SIGTERM");
  assert.deepEqual(await ended, [0, null]);
  const stranger = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
  assert.throws(() => run(...stranger, "cat", "/etc/parley/tls/privkey.pem"), /Permission denied/);
});

test("brings a unit that systemd finds nothing wrong with", () => {
  assert.equal(run("systemd-analyze", "verify", "/usr/lib/systemd/system/parley.service"), "");
});

test("keeps a changed configuration when it is removed, and takes it along when purged", () => {
  const file = join(root, "etc/parley/parley.toml");
  writeFileSync(file, 'host = "127.0.0.1"\nport = 9000\n');
  run("apt-get", "remove", "--yes", "parley");
  assert.match(readFileSync(file, "utf8"), /9000/);
  run("apt-get", "purge", "--yes", "parley");
  assert.ok(!existsSync(file));
});
