import fc from "fast-check";
import { expect, test } from "vitest";
import { metricNames } from "../metrics/metrics";
import { packJson } from "./packed-json";
import { decodeRecording, encodeRecording, RECORDED_UNIT, type Recording } from "./recording";

const anyCurve = fc
  .uniqueArray(fc.nat(1_000_000), { minLength: 1, maxLength: 50 })
  .map((steps) => steps.sort((a, b) => a - b))
  .chain((steps) =>
    fc.record({
      arm: fc.nat(7),
      seed: fc.nat(0xffff_ffff),
      metric: fc.constantFrom(...metricNames),
      steps: fc.constant(steps),
      values: fc.array(fc.double({ min: -100, max: 100, noNaN: true }), {
        minLength: steps.length,
        maxLength: steps.length,
      }),
    }),
  );

test("curves survive encoding into a link to within half a unit", () => {
  fc.assert(
    fc.property(fc.array(anyCurve, { minLength: 1, maxLength: 6 }), (curves) => {
      const decoded = decodeRecording(`#e=1.x&${encodeRecording({ device: "a GPU", curves })}`);
      if (decoded.kind !== "recording") throw new Error(decoded.kind);
      expect(decoded.recording.device).toBe("a GPU");
      decoded.recording.curves.forEach(({ values, ...rest }, at) => {
        const { values: given, ...expected } = curves[at] as (typeof curves)[number];
        expect(rest).toEqual(expected);
        values.forEach((value, i) => {
          expect(Math.abs(value - (given[i] ?? Number.NaN))).toBeLessThanOrEqual(RECORDED_UNIT / 2 + 1e-9);
        });
      });
    }),
    { numRuns: 100 },
  );
});

test("four arms, two metrics and a hundred points of noisy curves need at most 6 kB", () => {
  let state = 1;
  const noise = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647 - 0.5;
  };
  const steps = Array.from({ length: 100 }, (_, at) => 25 * at);
  const curves = [0, 1, 2, 3].flatMap((arm) =>
    (["knnTop1", "probeTop1"] as const).map((metric) => ({
      arm,
      seed: 1,
      metric,
      steps,
      values: steps.map((step) => 0.2 + step / 5_000 + 0.03 * noise()),
    })),
  );
  expect(encodeRecording({ device: "google swiftshader", curves }).length).toBeLessThanOrEqual(6_000);
});

test("a run's pace survives encoding; one that runs backward is a problem", () => {
  const curves = [{ arm: 1, seed: 7, metric: "knnTop1", steps: [0, 50], values: [0.1, 0.2] }] as const;
  const pace = {
    arm: 1,
    seed: 7,
    steps: [1, 50],
    epochs: [10, 500],
    wallMs: [3, 9_000],
    megaMacs: [120, 6_000],
  };
  const part = encodeRecording({ device: "d", curves, paces: [pace] });
  expect(decodeRecording(part)).toEqual({
    kind: "recording",
    recording: { device: "d", curves, paces: [pace] },
  });
  const backwards = encodeRecording({ device: "d", curves, paces: [{ ...pace, wallMs: [9_000, 3] }] });
  expect(decodeRecording(backwards).kind).toBe("problem");
});

test("truncated parts, unknown versions and arbitrary input are problems, never exceptions", () => {
  const recording: Recording = {
    device: "d",
    curves: [{ arm: 0, seed: 1, metric: "knnTop1", steps: [1, 2], values: [0.5, 0.6] }],
  };
  const part = encodeRecording(recording);
  expect(decodeRecording("#e=1.x")).toEqual({ kind: "none" });
  for (const broken of [
    part.slice(0, 20),
    part.replace("r=1", "r=2"),
    `r=1.${packJson({ d: "d", c: [[0, 1, "knnTop1", [1, 1], [5_000]]] })}`,
    `r=1.${packJson({ d: "d", c: [[0, 1, "knnTop1", [5, -1], [1, 1]]] })}`,
    `r=1.${packJson([])}`,
    "r=",
  ]) {
    expect(decodeRecording(broken).kind).toBe("problem");
  }
  fc.assert(fc.property(fc.string(), (text) => decodeRecording(`r=1.${text}`).kind !== "recording"));
});

test("200 damaged parts give their content or a problem", () => {
  const recording: Recording = {
    device: "d",
    curves: [
      { arm: 0, seed: 1, metric: "knnTop1", steps: [1, 2, 5], values: [0.5, 0.6, 0.7] },
      { arm: 1, seed: 2, metric: "wholeLoss", steps: [1, 2, 5], values: [3, 2, 1] },
    ],
  };
  const part = encodeRecording(recording);
  const place = fc.nat(part.length - 1);
  const damaged = fc.oneof(
    place.map((end) => part.slice(0, end)),
    fc
      .tuple(place, fc.string({ minLength: 1, maxLength: 3 }))
      .map(([at, text]) => part.slice(0, at) + text + part.slice(at + text.length)),
    fc.tuple(place, place).map(([from, to]) => part.slice(0, from) + part.slice(to)),
  );
  fc.assert(
    fc.property(damaged, (text) => {
      const decoded = decodeRecording(text);
      if (decoded.kind !== "recording") return;
      for (const { steps, values } of decoded.recording.curves) {
        expect(values).toHaveLength(steps.length);
        expect([...steps].sort((a, b) => a - b)).toEqual(steps);
        expect(values.every(Number.isFinite)).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});
