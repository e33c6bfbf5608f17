// What the laboratory needs of the machine.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parleyBinary } from "../../e2e/lib/server.mjs";
import { shell } from "./shell.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));

export const forwarderBinary = `${root}build/native/tests/netlab/parley-netlab-forwarder`;

const works = (...command) =>
  shell(...command).then(
    () => true,
    () => false,
  );

// Why no laboratory can be built on this machine, in one sentence; undefined where it can.
export async function whatIsMissing() {
  if (process.platform !== "linux") return "network namespaces are Linux's";
  if (process.getuid() !== 0) return "making network namespaces takes root";
  if (!existsSync("/dev/net/tun")) return "there is no /dev/net/tun";
  if (!(await works("ip", "-Version"))) return "iproute2 is not installed";
  if (!(await works("nft", "--version"))) return "nftables is not installed";
  const trial = `parley-${process.pid}-trial`;
  if (!(await works("ip", "netns", "add", trial))) return "network namespaces cannot be made here";
  await shell("ip", "netns", "delete", trial);
  for (const binary of [parleyBinary, forwarderBinary]) {
    if (!existsSync(binary)) return `${binary.slice(root.length)} is not built`;
  }
  return undefined;
}
