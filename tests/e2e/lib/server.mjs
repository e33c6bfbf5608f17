// The server under test, as scripts/run builds it.

import { fileURLToPath } from "node:url";
import { freePort, startServer } from "./processes.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));

export const parleyBinary = `${root}build/native/server/parley`;
export const replayBinary = `${root}build/native/core/parley-replay`;

export async function startParley(args = []) {
  const port = await freePort();
  const server = await startServer(parleyBinary, ["--port", `${port}`, ...args], port);
  return { ...server, port, origin: `http://localhost:${port}` };
}
