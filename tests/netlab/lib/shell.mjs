// The system's own tools, each run to its end.

import { execFile } from "node:child_process";
import { promisify } from "node:util";

const withinMs = 10_000;

// Runs a program; what it complains about is the error.
export async function shell(command, ...args) {
  try {
    const { stdout } = await promisify(execFile)(command, args, { timeout: withinMs });
    return stdout;
  } catch (error) {
    throw new Error(`${[command, ...args].join(" ")}: ${error.stderr || error.message}`.trim(), {
      cause: error,
    });
  }
}

// Inside a network namespace.
export const shellIn = (namespace, ...command) =>
  shell("ip", "netns", "exec", namespace, ...command);
