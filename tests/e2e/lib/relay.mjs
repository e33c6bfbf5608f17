// A real TURN server (coturn) on loopback, which takes credentials that expire.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort, startServer } from "./processes.mjs";

const secret = "north-wind";

// Browsers ask for an allocation of ten minutes and refresh it shortly before its end. With so short
// a life they do it several times in a test, and with a stale nonce (RFC 8489 section 9.2.4) in
// between, so that the server looks at the credentials again.
const allocationSeconds = 30;
const nonceSeconds = 15;

const allocatedWithinMs = 30_000;

/** Starts anew on the same port with `start()`; without a word to its clients it goes by `kill()`. */
export async function startRelay() {
  const folder = mkdtempSync(join(tmpdir(), "parley-relay-"));
  const port = await freePort();
  const log = join(folder, "turn.log");
  const secretFile = join(folder, "turn.secret");
  writeFileSync(secretFile, `${secret}\n`);
  writeFileSync(
    join(folder, "turnserver.conf"),
    [
      "listening-ip=127.0.0.1",
      "relay-ip=127.0.0.1",
      `listening-port=${port}`,
      "allow-loopback-peers",
      "use-auth-secret",
      `static-auth-secret=${secret}`,
      "realm=parley.test",
      `max-allocate-lifetime=${allocationSeconds}`,
      `stale-nonce=${nonceSeconds}`,
      "no-tls",
      "no-dtls",
      "no-cli",
      "verbose",
      "simple-log",
      `log-file=${log}`,
      `userdb=${join(folder, "turndb")}`,
      `pidfile=${join(folder, "turnserver.pid")}`,
    ].join("\n"),
  );
  const allocatedBy = () => userNames(readFileSync(log, "utf8"), "new");
  const start = () => startServer("turnserver", ["-c", join(folder, "turnserver.conf")], port);
  let server = await start();
  return {
    url: `turn:127.0.0.1:${port}?transport=udp`,
    secretFile,
    kill: () => server.kill(),
    async start() {
      server = await start();
    },
    // The user names with which allocations were made or refreshed, in order, each as often as it was.
    allocatedBy,
    // Those after the first `before`, once there are `count` of them.
    async newAllocations(before, count) {
      const deadline = Date.now() + allocatedWithinMs;
      for (;;) {
        const names = allocatedBy().slice(before);
        if (names.length >= count) return names;
        if (Date.now() > deadline) throw new Error(`only ${names.length} of ${count} allocations`);
        await pause(100);
      }
    },
    refreshedBy: () => userNames(readFileSync(log, "utf8"), "refreshed"),
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function userNames(log, event) {
  const line = new RegExp(`: ${event}, realm=<[^>]*>, username=<([^>]*)>, lifetime=[1-9]`, "g");
  return [...log.matchAll(line)].map(([, name]) => name);
}

/** When the credentials of this user name expire, in seconds since 1970. */
export const expiryOf = (userName) => Number.parseInt(userName);
