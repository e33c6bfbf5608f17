import { ParleyError } from "../errors.ts";
import type { Core, CoreFile, CoreModule, CreateCore } from "./module.ts";

const loading = new Map<string, Promise<Core>>();

/**
 * Loads the core from where parley.js came from: its glue and its WASM at the same time. One load
 * serves every call of the page; one that failed is tried anew at the next call of this function.
 *
 * @param base URL of the folder that holds parley-core.js and parley.wasm
 * @throws ParleyError "unsupported-browser" or "core-unavailable"
 */
export function loadCore(base: URL): Promise<Core> {
  const known = loading.get(base.href);
  if (known) return known;
  const load = loadFrom(base);
  loading.set(base.href, load);
  load.catch(() => loading.delete(base.href));
  return load;
}

/** After what the page has to do now; Safari cannot say when that is. */
function whenIdle(task: () => void): void {
  if (typeof requestIdleCallback === "undefined") setTimeout(task);
  else requestIdleCallback(task);
}

async function loadFrom(base: URL): Promise<Core> {
  if (typeof WebAssembly === "undefined" || typeof RTCPeerConnection === "undefined") {
    throw new ParleyError(
      "unsupported-browser",
      "This browser cannot make video calls: it lacks WebRTC or WebAssembly.",
    );
  }
  const wasm = fetch(new URL("parley.wasm", base));
  const glue = import(new URL("parley-core.js", base).href) as Promise<CoreFile>;
  try {
    const [response, { default: createCore, rehearse, Call }] = await Promise.all([wasm, glue]);
    if (!response.ok) throw new Error(`${response.url}: status ${response.status}`);
    const module = await instantiate(createCore, response);
    whenIdle(() => rehearse(module));
    return { module, Call };
  } catch (cause) {
    throw new ParleyError(
      "core-unavailable",
      "A part of the page could not be loaded. Check the connection and try again.",
      { cause },
    );
  }
}

function instantiate(createCore: CreateCore, response: Response): Promise<CoreModule> {
  return new Promise((resolve, reject) => {
    createCore({
      instantiateWasm(imports, receive) {
        compile(response, imports)
          .then(({ instance, module }) => receive(instance, module))
          .catch(reject);
        return {}; // Emscripten: the instance comes later, through `receive`
      },
    }).then(resolve, reject);
  });
}

function compile(
  response: Response,
  imports: WebAssembly.Imports,
): Promise<WebAssembly.WebAssemblyInstantiatedSource> {
  // Streaming demands the MIME type application/wasm, which a proxy in between may have lost.
  return response.headers.get("Content-Type")?.startsWith("application/wasm")
    ? WebAssembly.instantiateStreaming(response, imports)
    : response.arrayBuffer().then((bytes) => WebAssembly.instantiate(bytes, imports));
}
