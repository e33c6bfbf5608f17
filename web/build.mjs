// Makes build/web/, which the server serves: scripts and pages, the core, and each of them
// compressed. With --quiet it prints nothing but errors; otherwise a table of sizes.
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build, transform } from "esbuild";

const web = dirname(fileURLToPath(import.meta.url));
const core = join(web, "../build/wasm/wasm");
const output = join(web, "../build/web");

/**
 * The style sheets' container queries and color-mix() need browsers of 2023, and all of those know
 * this version of the language; private fields alone would grow by half if written in an older one.
 */
const target = "es2022";

const minifyCss = async (source) =>
  (
    await transform(source, {
      loader: "css",
      minify: true,
      target: ["chrome111", "firefox113", "safari16.4"],
    })
  ).code.trimEnd();

/** Style sheets of components become minified strings. */
const cssAsText = {
  name: "css-as-text",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => ({
      contents: await minifyCss(await readFile(path, "utf8")),
      loader: "text",
    }));
  },
};

/** Templates are indented for people; a browser needs one space between words. */
const tightTemplates = {
  name: "tight-templates",
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]widget[/\\].*\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(/\n\s+/g, "\n"),
      loader: "ts",
    }));
  },
};

/** The pages' own style sheets go into the page: one round trip less before it is shown. */
async function inlineStyles(html) {
  const links = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)" \/>/g)];
  for (const [link, file] of links) {
    const css = await minifyCss(await readFile(join(web, "pages", file), "utf8"));
    html = html.replace(link, () => `<style>${css}</style>`);
  }
  return html.replace(/\n\s*/g, "\n");
}

async function buildScripts() {
  const common = { bundle: true, format: "esm", minify: true, target, legalComments: "none" };
  const plugins = [cssAsText, tightTemplates];
  await build({
    ...common,
    plugins,
    entryPoints: [join(web, "index.ts")],
    outfile: join(output, "parley.js"),
  });
  await build({
    ...common,
    entryPoints: ["home", "room", "embed"].map((page) => join(web, "pages", `${page}.ts`)),
    outdir: output,
    // Pages take the widget from the file that other sites take it from.
    external: ["/parley.js"],
  });
  await build({
    ...common,
    // What is of use only together with the WASM comes with it, not before.
    stdin: {
      contents: `
        export { default } from "${join(core, "parley-core.mjs")}";
        export { rehearse } from "./sdk/core/rehearsal.ts";
        export { Call } from "./sdk/call.ts";`,
      resolveDir: web,
    },
    outfile: join(output, "parley-core.js"),
    // Emscripten's glue names modules that only Node loads.
    external: ["module", "fs", "path", "url", "crypto"],
    logLevel: "error",
  });
  await build({
    ...common,
    // Only who asks for statistics, or for failures, loads what is needed for them.
    entryPoints: {
      "parley-stats": join(web, "sdk/stats/reader.ts"),
      "parley-drills": join(web, "sdk/driver/drills.ts"),
    },
    outdir: output,
  });
}

async function buildPages() {
  for (const name of await readdir(join(web, "pages"))) {
    const from = join(web, "pages", name);
    if (name.endsWith(".html")) {
      await writeFile(join(output, name), await inlineStyles(await readFile(from, "utf8")));
    } else if (/\.(svg|png|webmanifest)$/.test(name)) {
      await cp(from, join(output, name));
    }
  }
}

/** English is in the scripts. */
async function buildLocales() {
  await mkdir(join(output, "locales"), { recursive: true });
  for (const [folder, prefix] of [
    ["widget", ""],
    ["pages", "pages-"],
  ]) {
    const locales = join(web, folder, "locales");
    for (const name of (await readdir(locales)).filter((file) => file !== "en.json")) {
      const strings = JSON.parse(await readFile(join(locales, name), "utf8"));
      await writeFile(join(output, "locales", prefix + name), JSON.stringify(strings));
    }
  }
}

const compressors = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gz: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

/** Writes the compressed siblings of every file; returns the sizes of each. */
async function compressAll() {
  const files = (await readdir(output, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".png"))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return Promise.all(
    files.sort().map(async (file) => {
      const bytes = await readFile(file);
      const sizes = { file: relative(output, file), raw: bytes.length };
      for (const [ending, compress] of Object.entries(compressors)) {
        const small = await compress(bytes);
        await writeFile(`${file}.${ending}`, small);
        sizes[ending] = small.length;
      }
      return sizes;
    }),
  );
}

function print(sizes) {
  const line = (...cells) =>
    console.log(cells.map((cell, i) => (i ? String(cell).padStart(9) : cell.padEnd(26))).join(""));
  line("bytes", "raw", "gz", "br");
  for (const { file, raw, gz, br } of sizes) line(file, raw, gz, br);
}

await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });
await Promise.all([buildScripts(), buildPages(), buildLocales()]);
await cp(join(core, "parley-core.wasm"), join(output, "parley.wasm"));
const sizes = await compressAll();
if (!process.argv.includes("--quiet")) print(sizes);
