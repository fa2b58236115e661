import fc from "fast-check";
import { expect, test } from "vitest";
import { transferables } from "../messages";
import { batchOfRows, GatheredRows, joinBatches } from "./metric-batch";
import { cellsOf, rowsOf } from "./metric-rows.testing";
import { type MetricName, type MetricRow, metricNames, stages } from "./metrics";
import { batchFromJson, batchToJson, readBatch } from "./stored-rows";

/** JSON knows neither −0 nor infinity. */
const value = fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0);
const row: fc.Arbitrary<MetricRow> = fc.record({
  stage: fc.constantFrom(...stages),
  step: fc.nat(),
  epoch: fc.double({ min: 0, max: 1e6, noNaN: true }),
  wallMs: fc.double({ min: 0, max: 1e12, noNaN: true }),
  macs: fc.maxSafeNat(),
  values: fc
    .dictionary(fc.constantFrom(...metricNames), value)
    .map((values) => ({ ...values }) as Partial<Record<MetricName, number>>),
});
const rows = fc.array(row, { maxLength: 8 });

test("rows come out of a batch as they went in", () => {
  fc.assert(fc.property(rows, (all) => void expect(rowsOf(batchOfRows("run", all))).toEqual(all)));
});

test("batches that come one by one are the batch of all their rows", () => {
  fc.assert(
    fc.property(fc.array(rows, { maxLength: 12 }), (parts) => {
      const gathered = new GatheredRows("run");
      for (const part of parts) gathered.add(batchOfRows("run", part));
      expect(gathered.all()).toEqual(batchOfRows("run", parts.flat()));
      expect(
        joinBatches(
          "run",
          parts.map((part) => batchOfRows("run", part)),
        ),
      ).toEqual(gathered.all());
    }),
  );
});

test("gathered rows keep their memory when a batch of them is handed over", () => {
  fc.assert(
    fc.property(row, (one) => {
      const gathered = new GatheredRows("run");
      gathered.add(batchOfRows("run", [one]));
      const event = { type: "metrics", batch: gathered.all() } as const;
      structuredClone(event, { transfer: transferables(event) });
      expect(rowsOf(gathered.all())).toEqual([one]);
    }),
  );
});

test("a batch is read from storage and from a file as it was written, in columns or row by row", () => {
  fc.assert(
    fc.property(rows, (all) => {
      const batch = batchOfRows("run", all);
      const before = cellsOf("run", all);
      const listed = Array.from(before.cells, (cell) => (Number.isNaN(cell) ? null : cell));
      const throughJson = (value: unknown) => batchFromJson(JSON.parse(JSON.stringify(value)));
      expect(readBatch(structuredClone(batch))).toEqual(batch);
      expect(readBatch(structuredClone(before))).toEqual(batch);
      expect(throughJson(batchToJson(batch))?.measured).toEqual(batch.measured);
      expect(throughJson(batchToJson(batch))).toEqual(throughJson({ ...before, cells: listed }));
    }),
  );
});

test("anything else is refused", () => {
  const batch = batchOfRows("run", [
    { stage: "joint", step: 1, epoch: 0, wallMs: 1, macs: 2, values: { tau: 1 } },
  ]);
  const two = Float64Array.of(1, 2);
  for (const wrong of [
    { ...batch, rows: 2 },
    { ...batch, step: two },
    { ...batch, stage: Float64Array.of(99) },
    { ...batch, measured: { tau: two } },
    { ...batch, measured: { gain: batch.step } },
    { ...batch, cells: two },
    { ...cellsOf("run", []), rows: 1 },
    undefined,
  ]) {
    expect(readBatch(wrong)).toBeUndefined();
  }
});

test("a metrics event and an image answer are moved to the page, not copied", () => {
  const batch = batchOfRows("run", [
    { stage: "joint", step: 3, epoch: 0.5, wallMs: 10, macs: 2 ** 50, values: { knnTop1: 0.25 } },
  ]);
  const event = { type: "metrics", batch } as const;
  const moved = structuredClone(event, { transfer: transferables(event) });
  expect(batch.step.length).toBe(0);
  expect(batch.measured.knnTop1?.length).toBe(0);
  expect(rowsOf(moved.batch)).toMatchObject([{ macs: 2 ** 50, values: { knnTop1: 0.25 } }]);

  // Two samples that share one buffer: naming it twice would be refused.
  const rgba = new Uint8ClampedArray(8);
  const sample = { part: "test", index: 0, label: 0, size: 1 } as const;
  const samples = [rgba.subarray(0, 4), rgba.subarray(4)].map((pixels) => ({ ...sample, rgba: pixels }));
  const answer = { type: "answer", requestId: 1, answer: { type: "gallery", samples } } as const;
  expect(structuredClone(answer, { transfer: transferables(answer) }).answer.samples).toHaveLength(2);
  expect(rgba.byteLength).toBe(0);
  expect(transferables({ type: "finished", stopped: false })).toEqual([]);
});
