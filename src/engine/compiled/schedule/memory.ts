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
  const alive = phases.map(() => 0);
  for (const { first, last, size } of lives.values())
    for (let phase = first; phase <= last; phase++) alive[phase] = (alive[phase] as number) + size;
  const leastBytes = Math.max(0, ...alive);
  const offsets = new Map<Buffer, number>();
  /** By their places. */
  const placed: (Life & { readonly at: number })[] = [];
  let bytes = 0;
  for (const life of [...lives.values()].sort((a, b) => b.size - a.size || a.first - b.first)) {
    let at = 0;
    for (const other of placed) {
      if (other.first > life.last || life.first > other.last) continue;
      if (other.at - at >= life.size) break;
      at = Math.max(at, other.at + other.size);
    }
    let rank = placed.length;
    while (rank > 0 && (placed[rank - 1] as { readonly at: number }).at > at) rank--;
    placed.splice(rank, 0, { ...life, at });
    offsets.set(life.buffer, at);
    bytes = Math.max(bytes, at + life.size);
  }
  return { offsets, bytes, leastBytes };
}
