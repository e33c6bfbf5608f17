// Journals of real calls, run through the native core.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { replayBinary } from "./server.mjs";

// Less than this is no call: opening, joining, an offer, an answer, candidates.
const fewestInputs = 10;

// Fails with the first difference if the native core does not answer as the browser's did.
export async function replays(journal) {
  const folder = mkdtempSync(join(tmpdir(), "parley-journal-"));
  try {
    const file = join(folder, "call.jsonl");
    writeFileSync(file, journal);
    const { status, stdout, stderr } = spawnSync(replayBinary, [file], { encoding: "utf8" });
    assert.equal(status, 0, stdout + stderr);
    assert.ok(Number.parseInt(stdout) >= fewestInputs, stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
