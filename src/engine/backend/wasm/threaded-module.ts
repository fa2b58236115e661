import binary from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import type { BackendWasmThreadedSimdModule } from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js";
import createModule from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js";
import script from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js?url";
import { wasmWorkerContents } from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.worker.js";

/** Makes a URL absolute: threads start from a blob, which has no base for relative URLs. */
const absolute = (url: string): string => new URL(url, globalThis.location.href).href;

interface EmscriptenModule {
  /** Returns a function of the module by its symbol, with the types of its result and arguments. */
  cwrap(name: string, returned: "number" | null, taken: readonly "number"[]): unknown;
}

/** The functions that the module offers to tfjs: symbol, result type and argument types. */
const functions = {
  init: ["init", null, []],
  initWithThreadsCount: ["init_with_threads_count", null, ["number"]],
  getThreadsCount: ["get_threads_count", "number", []],
  registerTensor: ["register_tensor", null, ["number", "number", "number"]],
  disposeData: ["dispose_data", null, ["number"]],
  dispose: ["dispose", null, []],
} as const;

/**
 * Starts tfjs's WASM module with threads. tfjs's own start does not survive minification: it passes the text of a
 * function to its threads, and a minified function refers to names outside of it.
 */
export async function startThreadedModule(): Promise<BackendWasmThreadedSimdModule> {
  const threadScript = URL.createObjectURL(
    new Blob([wasmWorkerContents.replaceAll("\n", "\\n")], { type: "text/javascript" }),
  );
  const module = await new Promise<EmscriptenModule>((resolve, reject) => {
    createModule({
      mainScriptUrlOrBlob: absolute(script),
      locateFile: (path) => (path.endsWith(".worker.js") ? threadScript : absolute(binary)),
      onAbort: (cause) => reject(new Error(`The WASM module failed to start: ${cause}`)),
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
