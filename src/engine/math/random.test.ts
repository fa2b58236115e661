import { expect, test } from "vitest";
import { counterRandom, integerBelow, Purpose, permutation, randomFor, uniform } from "./random";

const hex = (words: readonly number[]) => words.map((word) => word.toString(16).padStart(8, "0")).join(" ");

test("Philox4x32-10 reproduces its authors' known-answer tests", () => {
  const ones = 0xffffffff;
  expect(hex(counterRandom([0, 0], [0, 0, 0, 0]))).toBe("6627e8d5 e169c58d bc57ac4c 9b00dbd8");
  expect(hex(counterRandom([ones, ones], [ones, ones, ones, ones]))).toBe(
    "408f276d 41c83b0e a20bc7c6 6d5451fd",
  );
  expect(hex(counterRandom([0xa4093822, 0x299f31d0], [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]))).toBe(
    "d16cfe09 94fdcceb 5001e420 24126ea1",
  );
});

test("uniforms lie in [0, 1) and are exact in float32", () => {
  for (const bits of [0, 1, 0x100, 0x7fffffff, 0x80000000, 0xffffffff]) {
    const value = uniform(bits);
    expect(value).toBe(Math.fround(value));
    expect(value).toBeGreaterThanOrEqual(0);
    expect(value).toBeLessThan(1);
  }
});

test("integers reach both ends of their range and never exceed it", () => {
  expect(integerBelow(0, 10)).toBe(0);
  expect(integerBelow(0xffffffff, 10)).toBe(9);
  expect(integerBelow(0xffffffff, 1)).toBe(0);
});

test("a draw depends on its address, not on earlier draws", () => {
  const random = randomFor(7, Purpose.views);
  const late = random.bits(3, 5, 1);
  random.uniforms(100);
  expect(randomFor(7, Purpose.views).bits(3, 5, 1)).toEqual(late);
  expect(random.words(9, 2).slice(0, 5)).toEqual(random.words(5, 2));
});

test("seeds, purposes, addresses and forks are different streams", () => {
  const streams = [
    randomFor(1, Purpose.init).words(8),
    randomFor(2, Purpose.init).words(8),
    randomFor(1, Purpose.order).words(8),
    randomFor(1, Purpose.init).words(8, 1),
    randomFor(1, Purpose.init).words(8, 0, 1),
    randomFor(1, Purpose.init).fork(0).words(8),
    randomFor(1, Purpose.init).fork(1).words(8),
  ].map((words) => words.join());
  expect(new Set(streams).size).toBe(streams.length);
});

test("uniforms and normals have the moments of their distributions", () => {
  const count = 40_000;
  const moments = (values: Float32Array) => {
    const mean = values.reduce((sum, x) => sum + x, 0) / count;
    return [mean, values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count] as const;
  };
  const [uniformMean, uniformVariance] = moments(randomFor(5, Purpose.test).uniforms(count));
  expect(uniformMean).toBeCloseTo(1 / 2, 2);
  expect(uniformVariance).toBeCloseTo(1 / 12, 2);
  const [normalMean, normalVariance] = moments(randomFor(5, Purpose.test).normals(count, 1));
  expect(Math.abs(normalMean)).toBeLessThan(0.02);
  expect(Math.abs(normalVariance - 1)).toBeLessThan(0.03);
});

test("a permutation holds every index once, and differs between epochs", () => {
  const first = permutation(3, Purpose.order, 0, 1_000);
  expect(Array.from(first).sort((a, b) => a - b)).toEqual(Array.from({ length: 1_000 }, (_, i) => i));
  expect(permutation(3, Purpose.order, 0, 1_000)).toEqual(first);
  expect(permutation(3, Purpose.order, 1, 1_000)).not.toEqual(first);
  expect(Array.from(permutation(3, Purpose.order, 0, 0))).toEqual([]);
});

test("a permutation sends each index to every position equally often", () => {
  const size = 6;
  const rounds = 6_000;
  const seen = new Float64Array(size * size);
  for (let epoch = 0; epoch < rounds; epoch++) {
    permutation(11, Purpose.order, epoch, size).forEach((value, position) => {
      seen[position * size + value] = (seen[position * size + value] ?? 0) + 1;
    });
  }
  // Each cell counts Binomial(6000, 1/6): five standard deviations are 144.
  for (const count of seen) expect(Math.abs(count - rounds / size)).toBeLessThan(150);
});
