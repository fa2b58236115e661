/**
 * Counter-based randomness: Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy
 * as 1, 2, 3"). A draw is a pure function of a key (whose randomness, for what) and a counter (which draw), never
 * of the order of calls, so a paused, resumed or re-ordered run sees the same numbers. `random.wgsl.ts` computes
 * the same integers on the GPU.
 *
 * All words are unsigned 32-bit integers held in JS numbers.
 */
export type Key = readonly [number, number];
export type Counter = readonly [number, number, number, number];
export type Words = [number, number, number, number];

/**
 * What a draw is for: the second word of every key. Never renumber: a recorded experiment would not reproduce.
 * Purposes are independent streams, so adding a draw to one of them leaves the others alone.
 */
export const Purpose = {
  /** Weight initialisation. */
  init: 1,
  /** Order of the training samples within an epoch. */
  order: 2,
  /** Division of a dataset into train, validation and test. */
  split: 3,
  /** Augmentation parameters. */
  views: 4,
  /** Drawing of the built-in images. */
  shapes: 5,
  /** Batch shuffles within a step (ShuffleBN, mixup partners). */
  shuffle: 6,
  /** Linear probes. */
  probe: 7,
  /** Initial content of a queue of negatives. */
  queue: 8,
  /** Mixup coefficients. */
  mixup: 9,
  /** Choice of samples to show, or to evaluate on. */
  sample: 10,
  /** Data made up by tests. */
  test: 11,
  /** Labels that are made wrong on purpose. */
  labelNoise: 12,
  /** Which images stay where a class is cut down. */
  classLimit: 13,
  /** What is pasted where on canvases for detection. */
  canvas: 14,
} as const;
export type Purpose = (typeof Purpose)[keyof typeof Purpose];

const ROUNDS = 10;
/** The two multipliers and the two key increments (golden ratio, √3 − 1) of the paper. */
const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;

/** High 32 bits of the 64-bit product of two uint32: JS has only the low half (`Math.imul`). */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + (middle >>> 16) + (carry >>> 16)) >>> 0;
}

/** Philox4x32-10: four uint32 words from a key and a counter. */
export function counterRandom(key: Key, counter: Counter): Words {
  let [k0, k1] = key;
  let [c0, c1, c2, c3] = counter;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1 >>> 0;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0 >>> 0;
    k0 = (k0 + WEYL_0) >>> 0;
    k1 = (k1 + WEYL_1) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** A uint32 as a number in [0, 1): its upper 24 bits, hence exact in float32 and equal on CPU and GPU. */
export function uniform(bits: number): number {
  return (bits >>> 8) * 2 ** -24;
}

/** A uint32 as an integer in [0, bound), bound ≤ 2³². Bias at most bound / 2³². */
export function integerBelow(bits: number, bound: number): number {
  return Math.floor(((bits >>> 0) * bound) / 2 ** 32);
}

/**
 * Randomness of one seed for one purpose. Immutable: methods take the counter and keep no state.
 * Bulk draws put `block` (their index / 4) into the counter's last word and the address into the first three.
 */
export class Random {
  constructor(readonly key: Key) {}

  /** Independent randomness for a numbered part: a network, a cohort member, a layer. */
  fork(part: number): Random {
    // The last counter word is out of reach of bulk draws, so a fork's key is never also somebody's draw.
    const [k0, k1] = counterRandom(this.key, [part >>> 0, 0, 0, 0xffffffff]);
    return new Random([k0, k1]);
  }

  /** Four uint32 at the given counter, e.g. `bits(epoch, sample, view)`. */
  bits(a: number, b = 0, c = 0, block = 0): Words {
    return counterRandom(this.key, [a >>> 0, b >>> 0, c >>> 0, block >>> 0]);
  }

  /** `count` uint32 of the stream at an address. A longer stream begins with the shorter one. */
  words(count: number, a = 0, b = 0, c = 0): Uint32Array {
    const words = new Uint32Array(count);
    for (let i = 0; i < count; i += 4) {
      const four = this.bits(a, b, c, i >>> 2);
      for (let lane = 0; lane < 4 && i + lane < count; lane++) words[i + lane] = four[lane] as number;
    }
    return words;
  }

  /** `count` numbers, uniform in [0, 1). */
  uniforms(count: number, a = 0, b = 0, c = 0): Float32Array {
    return Float32Array.from(this.words(count, a, b, c), uniform);
  }

  /** `count` numbers from N(0, 1), by Box and Muller's transform: two words make two normals. */
  normals(count: number, a = 0, b = 0, c = 0): Float32Array {
    const words = this.words(count + (count & 1), a, b, c);
    const normals = new Float32Array(count);
    for (let i = 0; i < count; i += 2) {
      // 1 − u lies in (0, 1], where the logarithm is finite.
      const radius = Math.sqrt(-2 * Math.log(1 - uniform(words[i] as number)));
      const angle = 2 * Math.PI * uniform(words[i + 1] as number);
      normals[i] = radius * Math.cos(angle);
      if (i + 1 < count) normals[i + 1] = radius * Math.sin(angle);
    }
    return normals;
  }

  /** 0 … count−1 in random order (Fisher–Yates). */
  permutation(count: number, a = 0, b = 0, c = 0): Uint32Array {
    const words = this.words(count, a, b, c);
    const order = Uint32Array.from({ length: count }, (_, i) => i);
    for (let last = count - 1; last > 0; last--) {
      const chosen = integerBelow(words[last] as number, last + 1);
      const moved = order[last] as number;
      order[last] = order[chosen] as number;
      order[chosen] = moved;
    }
    return order;
  }
}

/** Randomness of an experiment's seed (taken modulo 2³²) for one purpose. */
export function randomFor(seed: number, purpose: Purpose): Random {
  return new Random([seed >>> 0, purpose]);
}

/** 0 … count−1 in the order of one epoch. */
export function permutation(seed: number, purpose: Purpose, epoch: number, count: number): Uint32Array {
  return randomFor(seed, purpose).permutation(count, epoch);
}
