import fc from "fast-check";
import { expect, test } from "vitest";
import { batchOfRows } from "../../protocol/metrics/metric-batch";
import { type MetricRow, stages } from "../../protocol/metrics/metrics";
import { appendTo, emptyColumn, valuesOf } from "./column";
import { appendBatch, curveOf, emptySeries, latestValue, type RunSeries } from "./series";

test("a column holds the appended values, and older columns do not change", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.double({ noNaN: true }), { maxLength: 90 }), { maxLength: 8 }),
      (parts) => {
        let column = emptyColumn;
        const seen = parts.map((part) => {
          column = appendTo(column, part);
          return column;
        });
        seen.forEach((older, at) => {
          expect([...valuesOf(older)]).toEqual(parts.slice(0, at + 1).flat());
        });
      },
    ),
  );
});

const row: fc.Arbitrary<MetricRow> = fc.record({
  stage: fc.constantFrom(...stages),
  step: fc.nat(),
  epoch: fc.nat(),
  wallMs: fc.nat(),
  macs: fc.nat(),
  values: fc.record(
    { studentLoss: fc.double({ noNaN: true }), knnTop1: fc.double({ noNaN: true }) },
    { requiredKeys: [] },
  ),
});

test("a curve has the points of its metric and its stages, however they were batched", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(row, { minLength: 1, maxLength: 6 }), { maxLength: 6 }),
      fc.subarray([...stages], { minLength: 1 }),
      (batches, among) => {
        const series = batches.reduce((all, rows) => appendBatch(all, batchOfRows("r", rows)), emptySeries);
        const measured = batches.flat().filter(({ values }) => values.knnTop1 !== undefined);
        const wanted = measured.filter(({ stage }) => among.includes(stage));
        const curve = curveOf(series, "knnTop1", "macs", among);
        expect([...curve.x]).toEqual(wanted.map(({ macs }) => macs));
        expect([...curve.y]).toEqual(wanted.map(({ values }) => values.knnTop1));
        expect(latestValue(series, "knnTop1")).toBe(measured.at(-1)?.values.knnTop1);
      },
    ),
  );
});

test("a curve requested during its run becomes the one requested at its end", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(row, { minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 6 }),
      fc.subarray([...stages], { minLength: 1 }),
      fc.constantFrom("step" as const, "wall" as const),
      (batches, among, axis) => {
        const grow = (series: RunSeries, rows: readonly MetricRow[]) =>
          appendBatch(series, batchOfRows("r", rows));
        const points = (series: RunSeries) => {
          const { x, y } = curveOf(series, "studentLoss", axis, among);
          return { x: [...x], y: [...y] };
        };
        let series = emptySeries;
        const onTheWay = batches.map((rows) => {
          series = grow(series, rows);
          return { series, seen: points(series) };
        });
        onTheWay.forEach(({ series: older, seen }, at) => {
          const atOnce = grow(emptySeries, batches.slice(0, at + 1).flat());
          expect(points(atOnce)).toEqual(seen);
          expect(points(older)).toEqual(seen);
          // Not the cached curve, whose memory has grown: it is shorter.
          expect(points({ ...older })).toEqual(seen);
        });
      },
    ),
  );
});

test("an unchanged series gives the identical curve, a grown one a new curve", () => {
  const batch = (step: number) =>
    batchOfRows("r", [{ stage: "student", step, epoch: 0, wallMs: 0, macs: 0, values: { tau: step } }]);
  const series = appendBatch(emptySeries, batch(1));
  const curve = curveOf(series, "tau", "step", ["student"]);
  expect(curveOf(series, "tau", "step", ["student"])).toBe(curve);
  const grown = curveOf(appendBatch(series, batch(2)), "tau", "step", ["student"]);
  expect([...grown.x]).toEqual([1, 2]);
  expect([...curve.x]).toEqual([1]);
});
