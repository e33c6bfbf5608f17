// Runs clang-tidy on every first-party source, several at a time. Takes the sources of a folder as
// one (build/tidy, see cmake/ParleyUnity.cmake), which needs a fifth of the time; skips the folders
// that were clean before and of which nothing has changed since, nor any header they include.
// build/native must be built: there the compiler has noted who includes what.
//
//   node scripts/lib/clang-tidy.mjs JOBS

import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

const native = "build/native";
const tidyBuild = "build/tidy";
const cleanFolder = "build/clang-tidy"; // one empty file for each state of a folder that was clean
const root = process.cwd();
const jobs = Number(process.argv[2] ?? 1);

// The sources of the unity builds, and the first-party sources each of them is made of.
function readUnits() {
  return commandsOf(tidyBuild).map(({ file }) => ({ file, sources: sourcesOf(file) }));
}

// A unity build's source names those it takes together.
function sourcesOf(file) {
  if (!/\/Unity\/unity_[^/]*$/.test(file)) return [file];
  return [...readFileSync(file, "utf8").matchAll(/^#include "(.*)"$/gm)].map(([, path]) => path);
}

function commandsOf(build) {
  return JSON.parse(readFileSync(`${build}/compile_commands.json`, "utf8"));
}

// What each source includes, as the compiler told Ninja.
function readDependencies() {
  const text = execFileSync("ninja", ["-C", native, "-t", "deps"], {
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  const ofObject = new Map();
  for (const block of text.split("\n\n")) {
    const [head, ...files] = block.trim().split("\n");
    ofObject.set(
      head.split(":")[0],
      files.map((file) => resolve(native, file.trim())),
    );
  }
  return new Map(
    commandsOf(native).flatMap(({ file, command }) => {
      const files = ofObject.get(/ -o (\S+)/.exec(command)[1]);
      return sourcesOf(file).map((source) => [source, files]);
    }),
  );
}

const hashes = new Map();
function hashOf(file) {
  if (!hashes.has(file)) {
    hashes.set(file, createHash("sha256").update(readFileSync(file)).digest("hex"));
  }
  return hashes.get(file);
}

const dependencies = readDependencies();
const settings = [
  execFileSync("clang-tidy", ["--version"], { encoding: "utf8" }),
  existsSync(".clang-tidy") ? hashOf(".clang-tidy") : "",
];

// The path of the marker for the state a unit is in, or nothing if a part was never compiled.
function markerOf({ file, sources }) {
  const all = sources.flatMap((source) => dependencies.get(source) ?? [""]);
  const own = [...new Set(all)].filter((path) => path === "" || path.startsWith(`${root}/`));
  if (own.some((path) => !existsSync(path))) return undefined;
  const hash = createHash("sha256").update([...settings, file, ...own.map(hashOf)].join("\n"));
  return `${cleanFolder}/${hash.digest("hex")}`;
}

function tidy(file) {
  // A unity build includes sources; that is its point.
  const checks = "--checks=-bugprone-suspicious-include";
  const args = ["--quiet", "--warnings-as-errors=*", checks, "-p", tidyBuild, file];
  return new Promise((done) => {
    execFile("clang-tidy", args, { maxBuffer: 1 << 28 }, (error, output, complaints) => {
      done(error === null ? undefined : output || complaints);
    });
  });
}

mkdirSync(cleanFolder, { recursive: true });
const units = readUnits();
const bytesOf = ({ sources }) => sources.reduce((sum, path) => sum + statSync(path).size, 0);
const waiting = units
  .map((unit) => ({ file: unit.file, marker: markerOf(unit), bytes: bytesOf(unit) }))
  .filter(({ marker }) => marker === undefined || !existsSync(marker))
  .sort((a, b) => a.bytes - b.bytes); // taken from the end: the longest first
console.log(`${units.length} folders, ${waiting.length} changed`);

let bad = 0;
async function work() {
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const complaint = await tidy(next.file);
    if (complaint === undefined) {
      if (next.marker !== undefined) writeFileSync(next.marker, "");
    } else {
      bad += 1;
      console.log(complaint);
    }
  }
}
await Promise.all(Array.from({ length: jobs }, work));
if (bad > 0) {
  console.log(`clang-tidy complains about ${bad} of ${units.length} folders`);
  process.exit(1);
}
