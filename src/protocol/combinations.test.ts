import { expect, test } from "vitest";
import { networkNames } from "./experiment";
import { parseExperiment, withDefaultsForProblems } from "./problems";

const refused = (input: unknown) => {
  const parsed = parseExperiment(input);
  return parsed.ok ? [] : parsed.problems.map(({ field, allowed }) => `${field}: ${allowed}`);
};
const moco = (settings: object, others: object = {}) => ({
  ...others,
  arms: [{ scheme: { method: "moco", ...settings } }],
});

test.each([
  [moco({ queue: 100 }), /^arms.0.scheme.queue: a multiple of the batch size, 64;/],
  [moco({}, { batchSize: 48 }), /batchSize: a divisor of the queue, 1024$/],
  [moco({ queue: 64, symmetric: true }), /^arms.0.scheme.queue: at least the 128 embeddings/],
  [moco({ queue: 3_200 }), /^arms.0.scheme.queue: at most half of the 4000/],
  [moco({ normGroups: 5 }), /^arms.0.scheme.normGroups: a divisor of the batch size, 64/],
  [moco({ normGroups: 64 }), /^arms.0.scheme.normGroups: .* two images or more/],
  [{ arms: [{ scheme: { method: "seed", queue: 64, patches: 2 } }] }, /at least the 128 embeddings/],
  [
    { arms: [{ scheme: { method: "funmatch", cachedTeacher: true } }] },
    /cachedTeacher: off.*input: fixedResize, fixedCentre or fixedMultiCrop/,
  ],
  [
    {
      arms: [
        {
          scheme: {
            method: "funmatch",
            input: "fixedCentre",
            cachedTeacher: true,
            teacherBatchNorm: "train",
          },
        },
      ],
    },
    /cachedTeacher: off.*teacherBatchNorm: eval/,
  ],
  [
    { arms: [{ scheme: { method: "dogo", weight: 0, views: "own" } }] },
    /^arms.0.scheme.views: the same for both, while .*arms.0.scheme.weight: above 0/,
  ],
  [
    { arms: [{ scheme: { method: "mokd", crossWeight: 0 } }] },
    /^arms.0.scheme.crossWeight: above 0, if .*arms.0.scheme.peerWeight: 0, if/,
  ],
  [
    { arms: [{ scheme: { method: "ssld", standardized: true } }] },
    /^arms.0.scheme.standardized: off, except .*arms.0.scheme.divergence: KL, with/,
  ],
  [
    { arms: [{ scheme: { method: "dkd", alpha: 0, beta: 0 } }] },
    /^arms.0.scheme.alpha: above 0, unless the other .*arms.0.scheme.beta: above 0/,
  ],
  [
    { arms: [{ student: { network: "ReAct" }, optimiser: { kind: "lars" } }] },
    /^arms.0.optimiser.kind: any but LARS.*arms.0.student.network: /,
  ],
  [
    { arms: [{ teacher: { network: "ReAct" }, optimiser: { kind: "lars" } }] },
    /^arms.0.optimiser.kind: any but LARS.*arms.0.teacher.network: /,
  ],
  [
    { arms: [{ scheme: { method: "seed", queue: 100 } }] },
    /^arms.0.scheme.queue: a multiple of the batch size, 64;.*batchSize: a divisor of the queue, 100/,
  ],
  [
    { arms: [{ scheme: { method: "compress", queue: 100 } }] },
    /^arms.0.scheme.queue: a multiple of the batch size, 64;.*batchSize: a divisor of the queue, 100/,
  ],
  [
    { arms: [{ scheme: { method: "s2bnn", queue: 100 } }] },
    /^arms.0.scheme.queue: a multiple of the batch size, 64;.*batchSize: a divisor of the queue, 100/,
  ],
])("%j is refused and says what is allowed", (input, expected) => {
  const problems = refused(input);
  expect(problems).toHaveLength(2);
  expect(problems.join("; ")).toMatch(expected);
  expect(parseExperiment(withDefaultsForProblems(input)).ok).toBe(true);
});

test("when conflicting settings take their defaults, the others are kept", () => {
  const input = {
    batchSize: 48,
    seeds: [7],
    arms: [{ scheme: { method: "moco", queue: 100, temperature: 0.3 } }],
  };
  const { seeds, batchSize, arms } = withDefaultsForProblems(input);
  expect(seeds).toEqual([7]);
  expect(batchSize).toBe(64);
  expect(arms[0]?.scheme).toMatchObject({ queue: 1_024, temperature: 0.3 });
});

test("with files, whose number is unknown, a queue may have any length", () => {
  const dataset = { source: "files" };
  expect(refused(moco({ queue: 3_200 }, { dataset }))).toEqual([]);
});

test.each([
  [{ start: { from: "file" } }, ["arms.0.start.from: a file of weights, after one has been loaded"]],
  [
    { scheme: { method: "kd" }, teacherSteps: 0 },
    ["arms.0.teacherSteps: at least 1, unless the teacher comes from a file of weights"],
  ],
  [
    { scheme: { method: "compress", queues: "one" }, teacherSteps: 0 },
    ["arms.0.teacherSteps: at least 1, unless the teacher comes from a file of weights"],
  ],
  [
    { scheme: { method: "moco" }, fixSteps: 10 },
    [
      "arms.0.fixSteps: 0 for a scheme whose student has no classifier of its own",
      "arms.0.scheme.method: a scheme whose student has a classifier, with the Fix strategy",
    ],
  ],
  [
    { optimiser: { kind: "lars", layerRates: "resnet" } },
    [
      "arms.0.optimiser.layerRates: the same for all with LARS, which finds each layer's rate itself",
      "arms.0.optimiser.kind: any but LARS, where layers have rates of their own",
    ],
  ],
  [
    { scheme: { method: "ssld", pool: "whole" } },
    [
      "arms.0.scheme.pool: not used, while no image's label is withheld",
      "dataset.unlabelled: above 0 for a scheme that learns from images without labels",
    ],
  ],
])("%j is refused where students start elsewhere or go on", (arm, expected) => {
  expect(refused({ arms: [arm] })).toEqual(expected);
});

test("Teacher accuracy; size gap: every network may teach every other", () => {
  for (const teacher of networkNames) {
    const arms = networkNames.map((student) => ({
      scheme: { method: "kd" },
      teacher: { network: teacher },
      student: { network: student },
    }));
    expect(refused({ arms })).toEqual([]);
  }
});

test("three weights that are all 0 are refused, each of them", () => {
  const weights = { gamma: 0, alpha: 0, beta: 0 };
  const of = (own: object) => refused({ arms: [{ scheme: { method: "shake", ...own } }] });
  expect(of(weights)).toEqual(
    ["gamma", "alpha", "beta"].map(
      (name) => `arms.0.scheme.${name}: above 0, unless another of the three weights is`,
    ),
  );
  for (const name of ["gamma", "alpha", "beta"]) expect(of({ ...weights, [name]: 0.1 })).toEqual([]);
});
