import fc from "fast-check";
import { expect, test } from "vitest";
import { transferables } from "./messages";
import {
  type MetricName,
  type MetricRow,
  metricNames,
  packMetricRows,
  stages,
  unpackMetricRows,
} from "./metrics";

const value = fc.double({ noNaN: true });
const row: fc.Arbitrary<MetricRow> = fc.record({
  stage: fc.constantFrom(...stages),
  step: fc.nat(),
  epoch: fc.double({ min: 0, max: 1e6, noNaN: true }),
  wallMs: fc.double({ min: 0, max: 1e12, noNaN: true }),
  macs: fc.maxSafeNat(),
  values: fc.dictionary(fc.constantFrom(...metricNames), value) as fc.Arbitrary<
    Partial<Record<MetricName, number>>
  >,
});

test("rows survive packing and unpacking", () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
      const batch = packMetricRows("run", rows);
      expect(unpackMetricRows(batch)).toEqual(rows.map((each) => ({ ...each, values: { ...each.values } })));
    }),
  );
});

test("a metrics event and an image answer are transferred to the page, not copied", () => {
  const batch = packMetricRows("run", [
    { stage: "joint", step: 3, epoch: 0.5, wallMs: 10, macs: 2 ** 50, values: { knnTop1: 0.25 } },
  ]);
  const event = { type: "metrics", batch } as const;
  const moved = structuredClone(event, { transfer: transferables(event) });
  expect(batch.cells.length).toBe(0);
  expect(unpackMetricRows(moved.batch)).toMatchObject([{ macs: 2 ** 50, values: { knnTop1: 0.25 } }]);

  // Two samples share one buffer: listing it twice would be an error.
  const rgba = new Uint8ClampedArray(8);
  const sample = { part: "test", index: 0, label: 0, size: 1 } as const;
  const samples = [rgba.subarray(0, 4), rgba.subarray(4)].map((pixels) => ({ ...sample, rgba: pixels }));
  const answer = { type: "answer", requestId: 1, answer: { type: "gallery", samples } } as const;
  expect(structuredClone(answer, { transfer: transferables(answer) }).answer.samples).toHaveLength(2);
  expect(rgba.byteLength).toBe(0);
  expect(transferables({ type: "finished", stopped: false })).toEqual([]);
});
