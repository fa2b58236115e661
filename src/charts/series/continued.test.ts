import * as fc from "fast-check";
import { expect, test } from "vitest";
import { bandKinds, type ChartSeries } from "../types";
import { Continued, roomFor } from "./continued";
import { type CurveOptions, seriesCurves } from "./series-curves";

const memory = Float64Array.from([1, 2, 3, 4]);

test("a longer view of the same memory continues from a shorter one, and nothing else does", () => {
  const states = new Continued<{ readonly number: number }>();
  let begun = 0;
  const of = (view: Float64Array, setting = 0) =>
    states.of([view], [setting], () => {
      begun += 1;
      return { number: begun };
    }).number;
  expect([of(memory.subarray(0, 2)), of(memory.subarray(0, 2)), of(memory.subarray(0, 4))]).toEqual([
    1, 1, 1,
  ]);
  expect(of(memory.subarray(0, 3))).toBe(2);
  expect(of(memory.subarray(1, 4))).toBe(3);
  expect([of(memory, 1), of(memory, 1), of(memory.slice(), 1)]).toEqual([4, 4, 5]);
});

test("growing keeps existing values, and the same memory while it suffices", () => {
  const room = roomFor(memory, 2, 5);
  expect([...room.subarray(0, 3)]).toEqual([1, 2, 0]);
  expect(roomFor(room, 2, 64)).toBe(room);
});

/** Runs with different x-values, as views of growing memory. */
const grownRuns = fc.array(
  fc.record({
    points: fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: -3, max: 9 })), {
      minLength: 1,
      maxLength: 30,
    }),
    lengths: fc.array(fc.nat({ max: 30 }), { minLength: 4, maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 4 },
);

const anyOptions: fc.Arbitrary<CurveOptions> = fc.record({
  smoothing: fc.constantFrom(0, 0.6, 0.95),
  band: fc.constantFrom(...bandKinds),
  seeds: fc.constant("mean" as const),
  xScale: fc.constantFrom("linear" as const, "log" as const),
  yScale: fc.constantFrom("linear" as const, "log" as const),
});

test("curves computed as they grow equal, bit for bit, those computed at once", () => {
  fc.assert(
    fc.property(grownRuns, anyOptions, (grown, options) => {
      const runs = grown.map(({ points, lengths }, seed) => {
        let place = 0;
        const x = Float64Array.from(points, ([further]) => (place += further));
        const y = Float64Array.from(points, ([, height]) => height);
        return { seed, x, y, lengths: lengths.toSorted((a, b) => a - b) };
      });
      const at = (moment: number, copied: boolean): ChartSeries => ({
        id: "a",
        label: "a",
        color: "black",
        hidden: false,
        runs: runs.map(({ seed, x, y, lengths }) => {
          const length = Math.min(lengths[moment] as number, x.length);
          const part = (values: Float64Array) =>
            copied ? values.slice(0, length) : values.subarray(0, length);
          return { seed, x: part(x), y: part(y) };
        }),
      });
      const moments = [0, 1, 2, 3];
      const grownCurves = moments.map((moment) => seriesCurves(at(moment, false), options));
      // Checked after all have grown: earlier results must not have changed.
      moments.forEach((moment) => {
        const { series: _, ...atOnce } = seriesCurves(at(moment, true), options);
        expect(grownCurves[moment]).toMatchObject(atOnce);
      });
    }),
    { numRuns: 500 },
  );
});
