// The server under test, as scripts/run builds it.

import { fileURLToPath } from "node:url";
import { freePort, startServer } from "./processes.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));

export const parleyBinary = `${root}build/native/server/parley`;
export const replayBinary = `${root}build/native/core/parley-replay`;

// `port` and `state` (a folder, "" for none) of a server that is started anew; `host` is the address
// it listens on, if not loopback alone; `options` are further ones.
export async function startParley({ port, state = "", host, options = [] } = {}) {
  const where = port ?? (await freePort());
  const args = ["--port", `${where}`, "--state-dir", state, ...options];
  if (host !== undefined) args.push("--host", host);
  const server = await startServer(parleyBinary, args, where);
  return { ...server, port: where, origin: `http://localhost:${where}` };
}
