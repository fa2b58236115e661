import type { Phases } from "./phases";
import type { Buffer } from "./task";

export interface MemoryPlan {
  /** Bytes from the arena's beginning. */
  readonly offsets: ReadonlyMap<Buffer, number>;
  readonly bytes: number;
  /** What is alive at once at most: no plan takes less. */
  readonly leastBytes: number;
}

/** A cache line; vectors never straddle two. */
const alignment = 64;
const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;

interface Life {
  readonly buffer: Buffer;
  readonly size: number;
  first: number;
  last: number;
}

/**
 * Places buffers so that those alive in the same phase never overlap: the largest first, each at the lowest place where it
 * fits. Residents have a place already.
 */
export function planMemory(phases: Phases): MemoryPlan {
  const lives = new Map<Buffer, Life>();
  phases.forEach((tasks, phase) => {
    for (const { reads, writes } of tasks) {
      for (const { buffer } of [...reads, ...writes]) {
        if (buffer.resident !== undefined) continue;
        const life = lives.get(buffer) ?? { buffer, size: aligned(buffer.bytes), first: phase, last: phase };
        life.last = phase;
        lives.set(buffer, life);
      }
    }
  });
  const leastBytes = Math.max(
    0,
    ...phases.map((_, phase) => {
      let alive = 0;
      for (const { first, last, size } of lives.values()) if (first <= phase && phase <= last) alive += size;
      return alive;
    }),
  );
  const offsets = new Map<Buffer, number>();
  const placed: (Life & { readonly at: number })[] = [];
  let bytes = 0;
  for (const life of [...lives.values()].sort((a, b) => b.size - a.size || a.first - b.first)) {
    const beside = placed
      .filter(({ first, last }) => first <= life.last && life.first <= last)
      .sort((a, b) => a.at - b.at);
    let at = 0;
    for (const other of beside) {
      if (other.at - at >= life.size) break;
      at = Math.max(at, other.at + other.size);
    }
    placed.push({ ...life, at });
    offsets.set(life.buffer, at);
    bytes = Math.max(bytes, at + life.size);
  }
  return { offsets, bytes, leastBytes };
}
