import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";

/**
 * Direct access to numbers in the WASM heap, for loops that tfjs would compose of many ops, each with a pass over
 * memory and some with a transpose. Only for use with the WASM backend.
 */

/** Allocates an uninitialized float32 tensor of `shape`. The caller owns it. */
export function allocate(shape: readonly number[]): tf.Tensor {
  const backend = tf.backend() as unknown as BackendWasm;
  return tf.engine().makeTensorFromTensorInfo(backend.makeOutput([...shape], "float32"));
}

/** Returns the numbers of float32 tensors as views into the heap. Valid until the next allocation, which may move it. */
export function numbersOf<T extends readonly tf.Tensor[]>(...tensors: T): { [K in keyof T]: Float32Array } {
  const backend = tf.backend() as unknown as BackendWasm;
  return tensors.map((tensor) => backend.typedArrayFromHeap(tensor) as Float32Array) as {
    [K in keyof T]: Float32Array;
  };
}

/** Returns the bytes that the WASM backend holds, in use or not; undefined if another backend is in use. */
export function heapBytes(): number | undefined {
  if (tf.getBackend() !== "wasm") return undefined;
  const { wasm } = tf.backend() as unknown as { readonly wasm: { readonly HEAPU8: Uint8Array } };
  return wasm.HEAPU8.byteLength;
}
