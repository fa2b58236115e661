import fc from "fast-check";
import { expect, test } from "vitest";
import { batchOfRows } from "../../protocol/metrics/metric-batch";
import { rowsOf } from "../../protocol/metrics/metric-rows.testing";
import { type MetricRow, stages } from "../../protocol/metrics/metrics";
import { appendBatch, batchOf, emptySeries } from "./series";

const value = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: undefined });
const row = fc
  .record({
    stage: fc.constantFrom(...stages),
    step: fc.nat(),
    epoch: fc.double({ min: 0, max: 1e6, noNaN: true }),
    wallMs: fc.nat(),
    macs: fc.maxSafeNat(),
    studentLoss: value,
    knnTop1: value,
    gpuBytes: value,
  })
  .map(({ studentLoss, knnTop1, gpuBytes, ...rest }): MetricRow => {
    const values = Object.fromEntries(
      Object.entries({ studentLoss, knnTop1, gpuBytes }).filter(([, one]) => one !== undefined),
    );
    return { ...rest, values };
  });

test("a series gives back the rows it was made of, from any row on", () => {
  fc.assert(
    fc.property(fc.array(fc.array(row, { maxLength: 8 }), { maxLength: 8 }), fc.nat(70), (batches, start) => {
      const series = batches.reduce(
        (grown, rows) => appendBatch(grown, batchOfRows("0-1", rows)),
        emptySeries,
      );
      const rows = batches.flat();
      const from = Math.min(start, rows.length);
      expect(rowsOf(batchOf("0-1", series, from))).toEqual(rows.slice(from));
    }),
  );
});
