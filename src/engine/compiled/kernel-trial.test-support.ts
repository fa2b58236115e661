import { expect } from "vitest";
import type { ModuleWriter } from "./assembler/module-writer";
import { ModuleWriter as Writer } from "./assembler/module-writer";
import { features } from "./features";

/** Runs single kernels on memory of their own, as the engine at hand allows. */
export class KernelTrial {
  private readonly module: Writer;
  private readonly memory = new WebAssembly.Memory({ initial: 256 });
  private top = 1_024;
  private exported: Record<string, (...numbers: number[]) => void> | undefined;

  constructor(relaxed = features().relaxed) {
    this.module = new Writer({ relaxed, shared: false });
  }

  /** @returns a name to run it by */
  kernel(build: (module: ModuleWriter) => number): string {
    const index = build(this.module);
    this.module.export(`k${index}`, index);
    return `k${index}`;
  }

  /** Memory filled with numbers; their address. Around them stand numbers that spoil what reads or writes beyond. */
  put(values: ArrayLike<number>, Kind: typeof Float32Array | typeof Int32Array = Float32Array): number {
    const at = this.room(4 * values.length);
    new Kind(this.memory.buffer).set(values, at / 4);
    return at;
  }

  /** Memory whose bytes mean no number yet. */
  room(bytes: number): number {
    const guard = 64;
    const at = this.top + guard;
    this.top = Math.ceil((at + bytes + guard) / 64) * 64;
    if (this.top > this.memory.buffer.byteLength)
      this.memory.grow(Math.ceil((this.top - this.memory.buffer.byteLength) / 65_536));
    new Float32Array(this.memory.buffer).fill(Number.NaN, (at - guard) / 4, this.top / 4);
    return at;
  }

  run(name: string, ...numbers: number[]): void {
    this.exported ??= new WebAssembly.Instance(new WebAssembly.Module(this.module.finish()), {
      env: { memory: this.memory },
    }).exports as Record<string, (...numbers: number[]) => void>;
    this.exported[name]?.(...numbers);
  }

  floats(at: number, count: number): Float32Array {
    return new Float32Array(this.memory.buffer, at, count).slice();
  }

  doubles(at: number, count: number): Float64Array {
    return new Float64Array(this.memory.buffer, at, count).slice();
  }

  whole(at: number, count: number): Int32Array {
    return new Int32Array(this.memory.buffer, at, count).slice();
  }

  /** That nothing was written right before and right after. */
  expectUntouched(at: number, bytes: number): void {
    for (const guard of [this.floats(at - 64, 16), this.floats(at + bytes, 8)])
      expect(guard.every(Number.isNaN)).toBe(true);
  }
}

/** ‖a − b‖ / ‖b‖, relative rms; of numbers that are nearly nothing, such as a sum that cancels, in tenths. */
export function relativeError(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  let [difference, size] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    difference += ((found[i] as number) - (expected[i] as number)) ** 2;
    size += (expected[i] as number) ** 2;
  }
  return Math.sqrt(difference / Math.max(size, 0.01 * expected.length));
}

/** Numbers in [−1, 1) from a counter, the same for the same seed. */
export function numbers(count: number, seed: number): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.fround((state >>> 8) / 2 ** 23 - 1);
  });
}
