// Runs clang-tidy on every first-party source of build/native, several at a time; skips those that
// were clean before and have not changed since, nor has any header they include.
//
//   node scripts/lib/clang-tidy.mjs JOBS

import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

const build = "build/native";
const cleanFolder = "build/clang-tidy"; // one empty file for each state of a source that was clean
const root = process.cwd();
const jobs = Number(process.argv[2] ?? 1);

const sources = JSON.parse(readFileSync(`${build}/compile_commands.json`, "utf8"))
  .map(({ file, output }) => ({ file: resolve(file), output }))
  .filter(({ file }) => file.startsWith(`${root}/`) && !file.startsWith(`${root}/build/`));

// What each object was made from, as the compiler told Ninja.
function readDependencies() {
  const text = execFileSync("ninja", ["-C", build, "-t", "deps"], {
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  const dependencies = new Map();
  for (const block of text.split("\n\n")) {
    const [head, ...files] = block.trim().split("\n");
    dependencies.set(
      head.split(":")[0],
      files.map((file) => resolve(build, file.trim())),
    );
  }
  return dependencies;
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

// The path of the marker for the state a source is in, or nothing if it was never compiled.
function markerOf({ file, output }) {
  const own = dependencies.get(output)?.filter((path) => path.startsWith(`${root}/`));
  if (own === undefined || own.some((path) => !existsSync(path))) return undefined;
  const hash = createHash("sha256").update([...settings, file, ...own.map(hashOf)].join("\n"));
  return `${cleanFolder}/${hash.digest("hex")}`;
}

function tidy(file) {
  const args = ["--quiet", "--warnings-as-errors=*", "-p", build, file];
  return new Promise((done) => {
    execFile("clang-tidy", args, { maxBuffer: 1 << 28 }, (error, output, complaints) => {
      done(error === null ? undefined : output || complaints);
    });
  });
}

mkdirSync(cleanFolder, { recursive: true });
const waiting = sources
  .map((source) => ({ file: source.file, marker: markerOf(source) }))
  .filter(({ marker }) => marker === undefined || !existsSync(marker));
console.log(`${sources.length} sources, ${waiting.length} changed`);

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
  console.log(`clang-tidy complains about ${bad} of ${sources.length} sources`);
  process.exit(1);
}
