import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import plain from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import simd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import threadedSimd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import * as tf from "@tensorflow/tfjs-core";
import { registerMissingKernels } from "./missing-kernels";

let isPrepared = false;

/**
 * Makes tfjs's WASM backend the one in use, with as many threads as the machine has cores where the page is
 * cross-origin isolated, and one otherwise. Its files are served beside the page's own.
 *
 * @returns threads that compute
 * @throws Error when the browser cannot run it
 */
export async function startWasm(): Promise<number> {
  const isolated = globalThis.crossOriginIsolated === true;
  const threads = isolated ? Math.max(1, navigator.hardwareConcurrency) : 1;
  if (!isPrepared) {
    setWasmPaths({
      "tfjs-backend-wasm.wasm": absolute(plain),
      "tfjs-backend-wasm-simd.wasm": absolute(simd),
      "tfjs-backend-wasm-threaded-simd.wasm": absolute(threadedSimd),
    });
    setThreadsCount(threads);
    registerMissingKernels();
    isPrepared = true;
  }
  if (!(await tf.setBackend("wasm"))) throw new Error("This browser does not run the WASM backend.");
  await tf.ready();
  return threads;
}

/** Threads start from a blob, which has no place of its own to count relative addresses from. */
const absolute = (url: string): string => new URL(url, globalThis.location.href).href;
