declare module "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.worker.js" {
  /** The script that a thread begins with, as text. */
  export const wasmWorkerContents: string;
}
