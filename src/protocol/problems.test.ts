import fc from "fast-check";
import { expect, test } from "vitest";
import { type Experiment, unnamedExperiment } from "./experiment";
import { anyExperiment } from "./experiment.testing";
import { smallExperiment } from "./presets";
import { isSameExperiment, parseExperiment, withDefaultsForProblems } from "./problems";

function problemsOf(input: unknown) {
  const parsed = parseExperiment(input);
  if (parsed.ok) throw new Error("expected problems");
  return parsed.problems;
}

test("a valid experiment is left unchanged", () => {
  fc.assert(
    fc.property(anyExperiment, (experiment) => {
      expect(parseExperiment(experiment)).toEqual({ ok: true, experiment });
      expect(withDefaultsForProblems(experiment)).toEqual(experiment);
    }),
  );
});

test("experiments are equal whatever the order of their settings, and differ if any setting differs", () => {
  const reversed = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, held]) => [key, reversed(held)]),
    );
  };
  fc.assert(
    fc.property(anyExperiment, (experiment) => {
      expect(isSameExperiment(reversed(experiment) as Experiment, experiment)).toBe(true);
      const other = { ...experiment, batchSize: experiment.batchSize === 8 ? 16 : 8 };
      expect(isSameExperiment(other, experiment)).toBe(false);
    }),
  );
});

test("missing values take their defaults", () => {
  expect(parseExperiment({})).toEqual({ ok: true, experiment: unnamedExperiment() });
  expect(unnamedExperiment().arms.map(({ name }) => name)).toEqual([
    "BYOL",
    "SimDis-Off",
    "SimDis-On",
    "SimDis-On-7v",
  ]);
  expect(parseExperiment(smallExperiment)).toMatchObject({
    ok: true,
    experiment: { batchSize: 64, arms: [{ steps: 100 }, { teacherSteps: 200 }, {}, {}] },
  });
});

test.each<[unknown, string, string, unknown]>([
  [{ batchSize: "64" }, "batchSize", '"64"', 64],
  [{ batchSize: Number.NaN }, "batchSize", "NaN", 64],
  [{ batchSize: 2.5 }, "batchSize", "2.5", 64],
  [{ batchSize: 100, dataset: { source: "shapes", train: 50 } }, "batchSize", "100", 64],
  [{ arms: [] }, "arms", "[]", unnamedExperiment().arms],
  [{ arms: Array(9).fill({}) }, "arms", "a list of 9", unnamedExperiment().arms],
  [{ arms: [{}, { tau0: 1.1 }] }, "arms.1.tau0", "1.1", 0.97],
  [{ arms: [{ student: { width: 0.3 } }] }, "arms.0.student.width", "0.3", 0.125],
  [{ arms: [{ scheme: { method: "telepathy" } }] }, "arms.0.scheme.method", '"telepathy"', "byol"],
  [{ arms: [{ scheme: { method: "byol", targets: [3] } }] }, "arms.0.scheme.targets", "[3]", undefined],
  [
    { arms: [{ scheme: { method: "simdis-on", targets: [3, 8] } }] },
    "arms.0.scheme.targets",
    "[3, 8]",
    [3, 7],
  ],
  [
    { arms: [{ scheme: { method: "simdis-on", targets: [3, 3] } }] },
    "arms.0.scheme.targets",
    "[3, 3]",
    [3, 7],
  ],
  [{ arms: [{ scheme: { method: "simdis-off", targets: [] } }] }, "arms.0.scheme.targets", "[]", [3, 7]],
  [{ seeds: [1, 1] }, "seeds", "[1, 1]", [1]],
  [{ views: { first: { scale: { min: 0.9, max: 0.5 } } } }, "views.first.scale.min", "0.9", 0.3],
  [{ views: { second: { solarizeProbability: 2 } } }, "views.second.solarizeProbability", "2", 0.2],
  [{ dataset: { source: "files", hash: "short" } }, "dataset.hash", '"short"', undefined],
  [{ dataset: { source: "shapes", resolution: 65 } }, "dataset.resolution", "65", 16],
  [{ toString: 1 }, "toString", "1", undefined],
  [JSON.parse('{"arms":[{"__proto__":{"steps":5}}]}'), "arms.0.__proto__", "an object", undefined],
  [{ views: [] }, "views", "[]", unnamedExperiment().views],
  [{ arms: [{ student: [] }] }, "arms.0.student", "[]", { network: "R8", width: 0.125 }],
  [[], "", "[]", unnamedExperiment()],
  [null, "", "null", unnamedExperiment()],
  ["text", "", '"text"', unnamedExperiment()],
])("%j is refused at %s", (input, field, given, fallback) => {
  const problems = problemsOf(input);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ field, given, allowed: expect.stringMatching(/\w/) });
  expect(problems[0]?.default).toEqual(fallback);
});

test("all invalid fields are named at once", () => {
  const fields = problemsOf({ batchSize: 0, seeds: [-1], arms: [{ steps: 0, warmup: 2 }] }).map(
    ({ field }) => field,
  );
  expect(fields.sort()).toEqual(["arms.0.steps", "arms.0.warmup", "batchSize", "seeds"]);
});

test("no input makes it throw or pollutes prototypes", () => {
  const cyclic: Record<string, unknown> = {};
  cyclic["arms"] = [cyclic];
  const hostile = {
    get batchSize(): number {
      throw new Error("no");
    },
  };
  for (const input of [cyclic, hostile, undefined, Symbol("x"), 1n, () => 1, new Map(), { seeds: [1n] }]) {
    expect(parseExperiment(input).ok || problemsOf(input).length > 0).toBe(true);
  }
  fc.assert(fc.property(fc.anything({ withNullPrototype: true }), (input) => void parseExperiment(input)));
  parseExperiment(JSON.parse('{"__proto__":{"polluted":1},"views":{"__proto__":{"polluted":1}}}'));
  expect("polluted" in {}).toBe(false);
});

test("opening with defaults keeps every valid field", () => {
  const usual = unnamedExperiment();
  const [byol] = usual.arms;
  expect(
    withDefaultsForProblems({
      batchSize: 32,
      seeds: [1, 1],
      unknown: 1,
      other: 2,
      arms: [{ name: "A", tau0: 9, scheme: { method: "byol", x: 1, y: 2 } }],
    }),
  ).toEqual({ ...usual, batchSize: 32, arms: [{ ...byol, name: "A" }] });
  expect(withDefaultsForProblems({ arms: [3] }).arms).toHaveLength(1);
  for (const hopeless of [null, [], "x", { dataset: 3 }])
    expect(withDefaultsForProblems(hopeless)).toEqual(usual);
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(parseExperiment(withDefaultsForProblems(value)).ok).toBe(true);
    }),
  );
});
