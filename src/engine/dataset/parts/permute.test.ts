import fc from "fast-check";
import { expect, test } from "vitest";
import { permuteRecords } from "./permute";

test("the k-th record becomes the one that the order names, and none is lost", () => {
  const orders = fc.integer({ min: 0, max: 12 }).chain((count) => {
    const all = Array.from({ length: count }, (_, i) => i);
    return fc.record({ count: fc.constant(count), order: fc.shuffledSubarray(all) });
  });
  fc.assert(
    fc.property(orders, fc.integer({ min: 1, max: 5 }), ({ count, order }, bytes) => {
      const block = Uint8Array.from({ length: count * bytes }, (_, i) => Math.floor(i / bytes));
      permuteRecords(block, bytes, order);
      const records = Array.from({ length: count }, (_, k) =>
        Array.from(block.subarray(k * bytes, (k + 1) * bytes)),
      );
      for (const record of records) expect(new Set(record).size).toBe(1);
      expect(records.slice(0, order.length).map(([first]) => first)).toEqual(order);
      expect(records.map(([first]) => first).sort((a, b) => Number(a) - Number(b))).toEqual(
        Array.from({ length: count }, (_, i) => i),
      );
    }),
  );
});

test("an order that names a record twice is refused", () => {
  expect(() => permuteRecords(new Uint8Array(4), 2, [0, 0])).toThrow(RangeError);
});
