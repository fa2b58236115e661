import { expect } from "vitest";

/**
 * Setup of all tests: compares lists of numbers in one loop. `toEqual` compares the numbers of whole networks one by one,
 * each through all of its rules, which would take a quarter of the time of tests in which curves or weights are the same
 * bit for bit.
 */

type Numbers = ArrayLike<unknown>;

const isList = (value: unknown): value is Numbers =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

/** Whether both are lists of the same kind with the same numbers, told apart as `toEqual` does: −0 is not 0, NaN is NaN. */
function areSameNumbers(a: unknown, b: unknown): true | undefined {
  if (!isList(a) || !isList(b) || a.constructor !== b.constructor || a.length !== b.length) return undefined;
  for (let i = 0; i < a.length; i++) {
    if (typeof a[i] !== "number" || !Object.is(a[i], b[i])) return undefined;
  }
  // What differs is left to Vitest, which says where.
  return true;
}

expect.addEqualityTesters([areSameNumbers]);
