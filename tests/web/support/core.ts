import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { CoreModule, CreateCore } from "../../../web/sdk/core/module.ts";

/** The folder of the WASM build; another than usual by the environment. */
const folder = resolve(process.env["PARLEY_CORE"] ?? "build/wasm/wasm");

/** The real core: the driver is tested with its outputs, not with invented ones. */
export async function loadBuiltCore(): Promise<CoreModule> {
  const glue = pathToFileURL(`${folder}/parley-core.mjs`);
  const { default: createCore } = (await import(glue.href)) as { default: CreateCore };
  const binary = new WebAssembly.Module(readFileSync(`${folder}/parley-core.wasm`));
  return createCore({
    instantiateWasm(imports, receive) {
      const instance = new WebAssembly.Instance(binary, imports);
      receive(instance, binary);
      return instance.exports;
    },
  });
}
