// Journals of real calls, run through the native core.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { replayBinary } from "./server.mjs";

// Less than this is no call: opening, joining, an offer, an answer, candidates.
const fewestInputs = 10;

function replay(journal, ...options) {
  const folder = mkdtempSync(join(tmpdir(), "parley-journal-"));
  try {
    const file = join(folder, "call.jsonl");
    writeFileSync(file, journal);
    return spawnSync(replayBinary, [...options, file], { encoding: "utf8" });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// What happened to the call of a journal, in plain words.
export function explained(journal) {
  const { stdout, stderr } = replay(journal, "--explain");
  return stdout + stderr;
}

// Fails with the first difference if the native core does not answer as the browser's did.
export async function replays(journal) {
  const { status, stdout, stderr } = replay(journal);
  assert.equal(status, 0, stdout + stderr);
  assert.ok(Number.parseInt(stdout) >= fewestInputs, stdout);
}
