import { expect, test } from "vitest";
import { arm } from "../charts.testing";
import { type CurveOptions, lastX, seriesCurves, summaryAt, tablePlaces } from "./series-curves";

const plain: CurveOptions = {
  smoothing: 0,
  band: "deviation",
  seeds: "mean",
  xScale: "linear",
  yScale: "linear",
};

test("a log axis leaves out values that are not positive and counts them", () => {
  const series = arm("a", [[-1, 0, 1, 10]]);
  expect(seriesCurves(series, plain).dropped).toBe(0);
  const onLogY = seriesCurves(series, { ...plain, yScale: "log" });
  expect(onLogY.dropped).toBe(2);
  expect([...(onLogY.runs[0]?.y ?? [])]).toEqual([1, 10]);
  expect(seriesCurves(series, { ...plain, xScale: "log" }).dropped).toBe(1);
});

test("results are kept while runs and options are the same", () => {
  const series = arm("a", [[1, 2]]);
  const first = seriesCurves(series, plain);
  expect(seriesCurves({ ...series, label: "renamed" }, plain).aggregated).toBe(first.aggregated);
  expect(seriesCurves({ ...series, label: "renamed" }, plain).series.label).toBe("renamed");
  expect(seriesCurves({ ...series, runs: [...series.runs] }, plain).aggregated).not.toBe(first.aggregated);
  expect(seriesCurves(series, { ...plain, smoothing: 0.9 }).aggregated).not.toBe(first.aggregated);
});

test("a position is summarized over the seeds that have reached it", () => {
  const curves = seriesCurves(
    arm("a", [
      [1, 2, 3],
      [3, 4],
    ]),
    plain,
  );
  expect(summaryAt(curves, 5)).toMatchObject({ n: 2, mean: 2.5 });
  expect(summaryAt(curves, 5)?.deviation).toBeCloseTo(Math.SQRT2, 12);
  expect(summaryAt(curves, 20)).toEqual({ n: 1, mean: 3, deviation: Number.NaN });
  expect(summaryAt(curves, 21)).toBeUndefined();
  expect(lastX(curves)).toBe(10);
  expect(lastX(seriesCurves(arm("b", []), plain))).toBeUndefined();
});

test("the table's rows include both ends, increase, and are positions of measurements", () => {
  const curves = [
    arm("a", [Array.from({ length: 100 }, (_, i) => i)]),
    arm("b", [
      [1, 2],
      [1, 2, 3],
    ]),
  ].map((each) => seriesCurves(each, plain));
  const places = tablePlaces(curves, 7);
  expect(places).toHaveLength(7);
  expect([places[0], places.at(-1)]).toEqual([0, 990]);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  for (const place of places) expect(place % 10).toBe(0);
  expect(tablePlaces(curves.slice(1), 50)).toEqual([0, 10, 20]);
  expect(tablePlaces([], 5)).toEqual([]);
});
