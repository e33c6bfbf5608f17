// The WASM build of the core against the native one: every journal that simulated calls wrote
// natively must yield the same outputs here, byte for byte. And the module must not be able to do
// more than the native core may: what it imports is listed.
//
// Environment: PARLEY_CORE, the folder of parley-core.mjs; PARLEY_JOURNALS, a folder of journals.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const coreFolder = process.env.PARLEY_CORE ?? "build/wasm/wasm";
const journalFolder = process.env.PARLEY_JOURNALS ?? "build/journals";
const binary = readFileSync(join(coreFolder, "parley-core.wasm"));

async function loadCore() {
  const glue = pathToFileURL(join(process.cwd(), coreFolder, "parley-core.mjs"));
  const { default: createCore } = await import(glue.href);
  return createCore({ wasmBinary: binary });
}

// The text between a line's fixed beginning and its closing brace.
const inner = (line, prefix) => line.slice(prefix.length, -1);

function replay(core, journal) {
  const lines = journal.trimEnd().split("\n");
  const call = core.create(inner(lines[0], '{"journal":1,"options":'));
  assert.notEqual(call, 0);
  let outputs = 0;
  for (const line of lines.slice(1)) {
    if (line.startsWith('{"out":')) {
      assert.equal(core.poll(call), inner(line, '{"out":'));
      outputs += 1;
    } else {
      const [, at, input] = /^\{"at":(\d+),"in":(.*)\}$/.exec(line);
      assert.equal(core.poll(call), "", "an output that the native core did not give");
      core.handle(call, input, Number(at));
    }
  }
  assert.equal(core.poll(call), "");
  core.destroy(call);
  return outputs;
}

test("the WASM core gives the native core's outputs for every journal", async (context) => {
  const core = await loadCore();
  const files = readdirSync(journalFolder);
  assert.ok(files.length >= 100, `only ${files.length} journals in ${journalFolder}`);
  let outputs = 0;
  for (const file of files) outputs += replay(core, readFileSync(join(journalFolder, file), "utf8"));
  context.diagnostic(`${files.length} journals, ${outputs} outputs, no difference`);
});

test("the WASM core imports nothing that reaches a clock, a thread, a socket or a random device", () => {
  // Minified by the linker; the glue names them. Embind's own registration, memory growth and abort.
  const glue = readFileSync(join(coreFolder, "parley-core.mjs"), "utf8");
  const table = /var asmLibraryArg=\{([^}]*)\}/.exec(glue)[1];
  const names = table.split(",").map((entry) => entry.split(":")[1].trim());
  const allowed = /^(__embind_register_\w+|__emval_\w+|_abort|_emscripten_resize_heap|_emscripten_memcpy_big)$/;
  assert.equal(names.length, WebAssembly.Module.imports(new WebAssembly.Module(binary)).length);
  for (const name of names) assert.match(name, allowed);
});
