declare module "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.worker.js" {
  /** The text of the script that a thread starts with. */
  export const wasmWorkerContents: string;
}
