import { readFileSync } from "node:fs";
import type { CoreModule, CreateCore } from "../../../web/sdk/core/module.ts";

const folder = new URL("../../../build/wasm/wasm/", import.meta.url);

/** The real core, as scripts/run builds it; its outputs are what the driver is tested with. */
export async function loadBuiltCore(): Promise<CoreModule> {
  const glue = new URL("parley-core.mjs", folder);
  const { default: createCore } = (await import(glue.href)) as { default: CreateCore };
  const module = new WebAssembly.Module(readFileSync(new URL("parley-core.wasm", folder)));
  return createCore({
    instantiateWasm(imports, receive) {
      const instance = new WebAssembly.Instance(module, imports);
      receive(instance, module);
      return instance.exports;
    },
  });
}
