import { BackendWasm, setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import plain from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import simd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import * as tf from "@tensorflow/tfjs-core";
import { registerMissingKernels } from "./missing-kernels";
import { startThreadedModule } from "./threaded-module";

/** A thread that does not start is not reported by anybody. */
const patienceMs = 20_000;

let prepared: Promise<number> | undefined;

/** Threads that compute. */
async function prepare(): Promise<number> {
  registerMissingKernels();
  const isIsolated = globalThis.crossOriginIsolated === true;
  if (!isIsolated || !(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT"))) {
    setWasmPaths({
      "tfjs-backend-wasm.wasm": plain,
      "tfjs-backend-wasm-simd.wasm": simd,
      "tfjs-backend-wasm-threaded-simd.wasm": simd,
    });
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
    return 1;
  }
  const threads = Math.max(1, navigator.hardwareConcurrency);
  setThreadsCount(threads);
  tf.removeBackend("wasm");
  const start = async () => new BackendWasm(await startThreadedModule());
  tf.registerBackend("wasm", start as unknown as () => Promise<tf.KernelBackend>);
  return threads;
}

/**
 * Makes tfjs's WASM backend the one in use, with as many threads as the machine has cores where the page is
 * cross-origin isolated, and one otherwise. Its files are served beside the page's own.
 *
 * @returns threads that compute
 * @throws Error when the browser cannot run it
 */
export async function startWasm(): Promise<number> {
  prepared ??= prepare();
  const threads = await prepared;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The threads of the WASM backend did not start.")), patienceMs);
  });
  try {
    const isSet = await Promise.race([tf.setBackend("wasm"), late]);
    if (!isSet) throw new Error("This browser does not run the WASM backend.");
  } finally {
    clearTimeout(timer);
  }
  return threads;
}
