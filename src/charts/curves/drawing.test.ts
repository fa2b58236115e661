import * as fc from "fast-check";
import { expect, test } from "vitest";
import { arm } from "../charts.testing";
import { type CurveOptions, seriesCurves } from "../series/series-curves";
import { draw, POINTS_PER_LINE } from "./drawing";
import { zoomFractions, zoomTo } from "./zoom";

const plain: CurveOptions = {
  smoothing: 0,
  band: "deviation",
  seeds: "mean",
  xScale: "linear",
  yScale: "linear",
};
const wave = (length: number, phase: number) => Array.from({ length }, (_, i) => Math.sin(i / 50 + phase));
const drawn = (
  arms: Parameters<typeof seriesCurves>[0][],
  options = plain,
  zoom = {},
  floors: number[] = [],
  events: number[] = [],
) =>
  draw(
    arms.map((each) => seriesCurves(each, options)),
    options,
    zoom,
    {
      floors: floors.map((value) => ({ id: `${value}`, label: "floor", value })),
      events: events.map((x) => ({ id: `${x}`, label: "event", x })),
    },
  );

test("a long curve is drawn with few points, its ends among them", () => {
  const { lines, bands } = drawn([arm("a", [wave(20_000, 0), wave(20_000, 1)])]);
  expect(lines).toHaveLength(1);
  expect(lines[0]?.points).toHaveLength(POINTS_PER_LINE);
  expect(lines[0]?.points.at(-1)?.x).toBe(199_990);
  expect(bands[0]?.points).toHaveLength(POINTS_PER_LINE);
});

test("zooming in shows points that were left out", () => {
  const { lines, shownX } = drawn([arm("a", [wave(20_000, 0)])], plain, { from: 50_000, to: 51_000 });
  expect(shownX).toEqual([50_000, 51_000]);
  const xs = lines[0]?.points.map(({ x }) => x) ?? [];
  expect(xs).toEqual(Array.from({ length: 102 }, (_, i) => 49_990 + 10 * i));
});

test("an open end of the zoom follows the data, a closed one is fixed", () => {
  const short = drawn([arm("a", [wave(100, 0)])], plain, { from: 500 });
  const long = drawn([arm("a", [wave(200, 0)])], plain, { from: 500 });
  expect(short.shownX).toEqual([500, 990]);
  expect(long.shownX).toEqual([500, 1990]);
});

test("the axis reaches to an event after the last point, unless it is zoomed; events alone draw nothing", () => {
  const series = [arm("a", [wave(100, 0)])];
  expect(drawn(series, plain, {}, [], [500, 1000]).shownX).toEqual([0, 1000]);
  expect(drawn(series, plain, { to: 600 }, [], [1000]).shownX).toEqual([0, 600]);
  expect(drawn([], plain, {}, [], [1000]).extent).toBeUndefined();
});

test("measured values are drawn thinly behind the smoothed curve, and the axes include them", () => {
  const series = [arm("a", [[1, 9, 1, 1, 1]])];
  const { lines, shownY } = drawn(series, { ...plain, smoothing: 0.9 });
  expect(lines.map(({ emphasis }) => emphasis)).toEqual(["raw", "strong"]);
  expect(lines[0]?.points.map(({ y }) => y)).toEqual([1, 9, 1, 1, 1]);
  expect(Math.max(...(lines[1]?.points ?? []).map(({ y }) => y))).toBeLessThan(6);
  expect(shownY[1]).toBeGreaterThanOrEqual(9);
  expect(drawn(series, plain).lines).toHaveLength(1);
});

test("one seed has no band, several seeds can be drawn individually", () => {
  expect(drawn([arm("a", [[1, 2]])]).bands).toHaveLength(0);
  const each = drawn(
    [
      arm("a", [
        [1, 2],
        [2, 3],
      ]),
    ],
    { ...plain, seeds: "each" },
  );
  expect(each.lines.map(({ emphasis }) => emphasis)).toEqual(["faint", "faint"]);
  expect(each.bands).toHaveLength(0);
  expect(
    drawn(
      [
        arm("a", [
          [1, 2],
          [2, 3],
        ]),
      ],
      { ...plain, band: "none" },
    ).bands,
  ).toHaveLength(0);
});

test("an overlaid curve has no band of its own", () => {
  const below = arm("a", [wave(10, 0), wave(10, 1)]);
  const { lines, bands } = drawn([below, { ...below, id: "b", withoutBand: true }]);
  expect(lines).toHaveLength(2);
  expect(bands.map(({ key }) => key)).toEqual(["a band"]);
});

test("everything drawn lies within the axes, including floors", () => {
  const heights = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(
      fc.array(heights, { minLength: 1, maxLength: 3 }),
      fc.constantFrom("linear", "log"),
      (runs, yScale) => {
        const options: CurveOptions = { ...plain, yScale, band: "range" };
        const { lines, bands, shownX, shownY } = drawn([arm("a", runs)], options, {}, [0.5]);
        expect(shownX[1]).toBeGreaterThan(shownX[0]);
        const all = [
          ...lines.flatMap(({ points }) => points.map(({ y }) => y)),
          ...bands.flatMap(({ points }) => points.flatMap(({ band }) => band)),
          0.5,
        ];
        for (const y of all) {
          expect(y).toBeGreaterThanOrEqual(shownY[0]);
          expect(y).toBeLessThanOrEqual(shownY[1]);
        }
      },
    ),
  );
});

test("without points there is no extent, but there are axes", () => {
  const empty = drawn([arm("a", [])]);
  expect(empty.extent).toBeUndefined();
  expect(empty.lines).toHaveLength(0);
  expect(drawn([], { ...plain, yScale: "log" }).shownY[0]).toBeGreaterThan(0);
});

test("zoom and slider agree in both directions, on both scales", () => {
  for (const scale of ["linear", "log"] as const) {
    const [from, to] = zoomFractions(zoomTo([0.25, 0.75], [10, 1000], scale), [10, 1000], scale);
    expect(from).toBeCloseTo(0.25, 9);
    expect(to).toBeCloseTo(0.75, 9);
    expect(zoomTo([0, 1], [10, 1000], scale)).toEqual({});
  }
});

test("charts side by side have the same axes, each with its own curve alone", () => {
  const [low, high] = [arm("low", [[0, 1]]), arm("high", [[5, 9, 8]])].map((one) => seriesCurves(one, plain));
  if (!low || !high) throw new Error("There are no curves.");
  const [left, right] = [
    draw([low], plain, {}, { others: [high] }),
    draw([high], plain, {}, { others: [low] }),
  ];
  expect([left.shownX, left.shownY]).toEqual([right.shownX, right.shownY]);
  expect([left.lines.length, right.lines.length]).toEqual([1, 1]);
});
