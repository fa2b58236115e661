import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";

/**
 * Loops over numbers where they lie in the WASM heap: what tfjs would compose of many ops, each with a pass over
 * memory, and some with a transpose. Only with the WASM backend in use.
 */

/** A new tensor of float32 whose contents are yet to be written. The caller owns it. */
export function allocate(shape: readonly number[]): tf.Tensor {
  const backend = tf.backend() as unknown as BackendWasm;
  return tf.engine().makeTensorFromTensorInfo(backend.makeOutput([...shape], "float32"));
}

/** The numbers of tensors. Valid until something is allocated: the heap may move when it grows. */
export function numbersOf<T extends readonly tf.Tensor[]>(...tensors: T): { [K in keyof T]: Float32Array } {
  const backend = tf.backend() as unknown as BackendWasm;
  return tensors.map((tensor) => backend.typedArrayFromHeap(tensor) as Float32Array) as {
    [K in keyof T]: Float32Array;
  };
}

/** Bytes that the WASM backend holds, in use or not; undefined with another backend in use. */
export function heapBytes(): number | undefined {
  if (tf.getBackend() !== "wasm") return undefined;
  const { wasm } = tf.backend() as unknown as { readonly wasm: { readonly HEAPU8: Uint8Array } };
  return wasm.HEAPU8.byteLength;
}
