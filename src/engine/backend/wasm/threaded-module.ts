import binary from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import type { BackendWasmThreadedSimdModule } from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js";
import createModule from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js";
import script from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js?url";
import { wasmWorkerContents } from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.worker.js";

/** Threads start from a blob, which has no place of its own to count relative addresses from. */
const absolute = (url: string): string => new URL(url, globalThis.location.href).href;

interface EmscriptenModule {
  /** A function of the module, by its name, with the types that it returns and takes. */
  cwrap(name: string, returned: "number" | null, taken: readonly "number"[]): unknown;
}

/** What the module offers to tfjs. */
const functions = {
  init: ["init", null, []],
  initWithThreadsCount: ["init_with_threads_count", null, ["number"]],
  getThreadsCount: ["get_threads_count", "number", []],
  registerTensor: ["register_tensor", null, ["number", "number", "number"]],
  disposeData: ["dispose_data", null, ["number"]],
  dispose: ["dispose", null, []],
} as const;

/**
 * tfjs's WASM module with threads, started by ourselves: tfjs would hand its threads the text of a function that a
 * minified build has taken out of its surroundings.
 */
export async function startThreadedModule(): Promise<BackendWasmThreadedSimdModule> {
  const threadScript = URL.createObjectURL(
    new Blob([wasmWorkerContents.replaceAll("\n", "\\n")], { type: "text/javascript" }),
  );
  const module = await new Promise<EmscriptenModule>((resolve, reject) => {
    createModule({
      mainScriptUrlOrBlob: absolute(script),
      locateFile: (path) => (path.endsWith(".worker.js") ? threadScript : absolute(binary)),
      onAbort: (cause) => reject(new Error(`The WASM module could not start: ${cause}`)),
    }).then((started) => resolve(started as object as EmscriptenModule), reject);
  });
  const wrapped = Object.entries(functions).map(([name, [symbol, returned, taken]]) => [
    name,
    module.cwrap(symbol, returned, taken),
  ]);
  return Object.assign(module, {
    tfjs: Object.fromEntries(wrapped),
  }) as unknown as BackendWasmThreadedSimdModule;
}
