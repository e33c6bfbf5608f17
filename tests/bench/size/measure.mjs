// Prints how many bytes a call takes to load: what Chromium fetches from Parley, before and after
// Join, and the scripts of others, bundled and compressed the same way.

/* global performance */

import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";
import { stacks } from "../call/stacks.mjs";
import { launchBrowser } from "../../e2e/lib/browsers.mjs";
import { freePort, startServer } from "../../e2e/lib/processes.mjs";
import { figure, printTable } from "../lib/table.mjs";

const here = fileURLToPath(new URL("./", import.meta.url));
const lookMs = 2000; // at the preview: longer than anything takes to load from this machine

// The body of everything a page has fetched so far, as it came over the wire (brotli).
function fetched() {
  const entries = performance
    .getEntries()
    .filter(({ entryType }) => entryType === "navigation" || entryType === "resource")
    .map(({ name, encodedBodySize }) => [new URL(name).pathname, encodedBodySize]);
  // What was asked for again was in the cache.
  return [...new Map(entries)].map(([path, bytes]) => ({ path, bytes }));
}

async function measureParley() {
  const port = await freePort();
  const server = await startServer(...stacks.parley.server(port), port);
  const { browser, close } = await launchBrowser("chromium");
  try {
    const page = await browser.newPage();
    await page.goto(`http://localhost:${port}${stacks.parley.path("size", "first")}`);
    const button = await page.waitForSelector(stacks.parley.joinButton);
    await pause(lookMs);
    const before = await page.evaluate(fetched);
    await button.click();
    await page.waitForFunction(stacks.parley.joined);
    await pause(lookMs);
    return { before, after: (await page.evaluate(fetched)).slice(before.length) };
  } finally {
    await close();
    await server.stop();
  }
}

// What a page has to import for a call.
const others = {
  peerjs: "{ Peer }",
  "simple-peer": "{ default }",
  "livekit-client": "{ Room }",
};

async function bundleSize(name) {
  const { outputFiles } = await build({
    stdin: { contents: `export ${others[name]} from "${name}";`, resolveDir: here },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    // simple-peer was written for bundlers that define it.
    define: { global: "globalThis" },
    write: false,
    logLevel: "error",
  });
  const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  return brotliCompressSync(outputFiles[0].contents, { params: quality }).length;
}

const { before, after } = await measureParley();
// The core as WASM and Emscripten's script around it; they load while the preview shows.
const isCore = ({ path }) => path === "/parley.wasm" || path === "/parley-core.js";
const sum = (files) => files.reduce((bytes, file) => bytes + file.bytes, 0);
const kB = (bytes) => figure(bytes / 1000);

printTable(
  ["Parley's page of a call", "kB, brotli"],
  [...before, ...after].map(({ path, bytes }) => [path, kB(bytes)]),
);

const all = sum([...before, ...after]);
const rows = [
  ["Parley, before Join, without the core", sum(before.filter((file) => !isCore(file)))],
  ["Parley, before Join, the core", sum(before.filter(isCore))],
  ["Parley, after Join", sum(after)],
  ["Parley, everything", all],
];
for (const name of Object.keys(others)) {
  rows.push([`${name}, script alone`, await bundleSize(name)]);
}
printTable(
  ["", "kB, brotli", "× Parley"],
  rows.map(([name, bytes]) => [name, kB(bytes), figure(bytes / all)]),
);
