import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";

interface EmscriptenModule {
  /** With threads it is made first and handed in, without it comes from the module. */
  readonly wasmMemory?: WebAssembly.Memory;
  readonly asm?: { readonly memory?: WebAssembly.Memory };
  readonly tfjs: {
    registerTensor(id: number, size: number, at: number): void;
    /** Forgets the tensor and what was made of its numbers; its memory stays. */
    disposeData(id: number): void;
  };
  _malloc(bytes: number): number;
  _free(address: number): void;
}

interface TensorData {
  /** By which the module's own kernels know the tensor. */
  id: number;
  readonly memoryOffset: number;
  readonly shape: readonly number[];
}

interface Internals {
  readonly wasm: EmscriptenModule;
  readonly dataIdMap: { has(dataId: object): boolean; get(dataId: object): TensorData };
  dataIdNextNumber: number;
}

/** A cache line; what malloc gives may begin anywhere in one. */
const alignment = 64;

/** The memory of tfjs's WASM backend, in which compiled steps compute as well: tensors stay where they are. */
export class Heap {
  private readonly internals: Internals;

  constructor(readonly backend: BackendWasm) {
    this.internals = backend as unknown as Internals;
  }

  /** @throws Error when tfjs's module does not show its memory */
  get memory(): WebAssembly.Memory {
    const { wasmMemory, asm } = this.internals.wasm;
    const memory = wasmMemory ?? asm?.memory;
    if (!memory) throw new Error("The memory of the WASM backend cannot be reached.");
    return memory;
  }

  get isShared(): boolean {
    return typeof SharedArrayBuffer !== "undefined" && this.memory.buffer instanceof SharedArrayBuffer;
  }

  /** Where a tensor's numbers begin; undefined where it is there no more. */
  addressOf(dataId: object): number | undefined {
    const { dataIdMap } = this.internals;
    return dataIdMap.has(dataId) ? dataIdMap.get(dataId).memoryOffset : undefined;
  }

  /** @throws Error when there is no room */
  allocate(bytes: number): Allocation {
    const start = this.internals.wasm._malloc(bytes + alignment) >>> 0;
    if (start === 0) throw new Error(`The WASM backend has no room for ${bytes} bytes.`);
    const at = Math.ceil(start / alignment) * alignment;
    return { at, free: () => this.internals.wasm._free(start) };
  }

  /**
   * To be called when a tensor's numbers were overwritten. tfjs's convolutions, products and PReLUs keep weights in a form of
   * their own, by the tensor's number: it gets another one, so that they look at its numbers again.
   */
  noteWritten(dataId: object): void {
    const { wasm, dataIdMap } = this.internals;
    const data = dataIdMap.get(dataId);
    wasm.tfjs.disposeData(data.id);
    data.id = this.internals.dataIdNextNumber++;
    const size = data.shape.reduce((product, length) => product * length, 1);
    wasm.tfjs.registerTensor(data.id, size, data.memoryOffset);
  }

  words(at: number, count: number): Int32Array {
    return new Int32Array(this.memory.buffer, at, count);
  }
}

export interface Allocation {
  /** Begins a cache line. */
  readonly at: number;
  free(): void;
}

/** The heap of the WASM backend, where that is in use. */
export function heapInUse(): Heap | undefined {
  if (tf.getBackend() !== "wasm") return undefined;
  return new Heap(tf.backend() as unknown as BackendWasm);
}
