import { BackendWasm, setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import plain from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import simd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import * as tf from "@tensorflow/tfjs-core";
import { registerMissingKernels } from "./missing-kernels";
import { startThreadedModule } from "./threaded-module";

/** Time limit for the threads to start, in milliseconds: a thread that fails to start reports no error. */
const patienceMs = 20_000;

let prepared: Promise<number> | undefined;

/** Registers the backend and its kernels. Returns the number of computing threads. */
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
 * Switches to tfjs's WASM backend, with one thread per core if the page is cross-origin isolated and a single thread
 * otherwise. Its files are served from the page's own origin.
 *
 * @returns the number of computing threads
 * @throws Error when the browser cannot run it or its threads do not start within 20 s
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
    if (!isSet) throw new Error("This browser cannot run the WASM backend.");
  } finally {
    clearTimeout(timer);
  }
  return threads;
}
