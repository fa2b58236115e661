import fc from "fast-check";
import { hasClassifier } from "./combinations";
import { unlabelledUses } from "./dataset";
import {
  type Arm,
  augmentationPolicies,
  defaultExperiment,
  type Experiment,
  hueSpaces,
  networkNames,
  type Scheme,
  schemeMethods,
  targetViewNumbers,
  type ViewRecipe,
} from "./experiment";
import type { Knob } from "./knobs";
import { optimiserKnobs, scheduleKnobs } from "./optimiser-knobs";
import { schemeKnobs } from "./scheme-knobs";
import { startKnobs, transferKnobs } from "./start-knobs";

/** JSON has no negative zero. */
const real = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true }).map((value) => (value === 0 ? 0 : value));
const sometimes = <T>(usual: T, other: fc.Arbitrary<T>) => fc.oneof(fc.constant(usual), other);
const seed = fc.integer({ min: 0, max: 0xffff_ffff });
const range = (least: number, most: number) =>
  fc
    .tuple(real(least, most), real(least, most))
    .map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }));
const text = fc.string({ minLength: 1, maxLength: 20, unit: "binary" }).filter((name) => name.length <= 60);

const targets = fc.uniqueArray(fc.constantFrom(...targetViewNumbers), { minLength: 1 });

function settingOf(knob: Knob): fc.Arbitrary<unknown> {
  switch (knob.kind) {
    case "real":
      return real(knob.min, knob.max);
    case "whole":
      return fc.integer({ min: knob.min, max: knob.max });
    case "choice":
      return fc.constantFrom(...knob.options);
    case "toggle":
      return fc.boolean();
    case "targetViews":
      return targets;
    default:
      return knob satisfies never;
  }
}

const usual = defaultExperiment();

const settingsOf = (knobs: Readonly<Record<string, Knob>>) =>
  Object.fromEntries(Object.entries(knobs).map(([name, knob]) => [name, settingOf(knob)]));

/** Any scheme with any settings that its knobs allow. */
const scheme = fc.oneof(
  ...schemeMethods.map((method) =>
    fc.record({ method: fc.constant(method), ...settingsOf(schemeKnobs[method]) }),
  ),
) as fc.Arbitrary<Scheme>;
const network = fc.record({
  network: fc.constantFrom(...networkNames),
  width: fc.integer({ min: 1, max: 8 }).map((eighths) => eighths / 8),
});
const hash = fc.string({ minLength: 64, maxLength: 64, unit: fc.constantFrom(..."0123456789abcdef") });
const { fixSteps, ...optimiserTransfer } = settingsOf(transferKnobs);
const start = fc.record(
  { ...settingsOf(startKnobs), file: hash, teacherFile: hash },
  { requiredKeys: Object.keys(startKnobs) as [] },
);
const arm = fc.record({
  name: text,
  scheme,
  student: network,
  teacher: network,
  start: sometimes(usual.arms[0]?.start, start),
  fixSteps: sometimes(0, fixSteps as fc.Arbitrary<number>),
  steps: fc.integer({ min: 1, max: 1_000_000 }),
  teacherSteps: sometimes(1_000, fc.integer({ min: 1, max: 1_000_000 })),
  optimiser: fc.record({
    learningRate: real(0, 100),
    teacherLearningRate: sometimes(0.5, real(0, 100)),
    momentum: real(0, 0.9999),
    weightDecay: real(0, 1),
    ...settingsOf(optimiserKnobs),
    ...optimiserTransfer,
  }),
  ...settingsOf(scheduleKnobs),
  warmup: real(0, 1),
  tau0: sometimes(0.97, real(0, 1)),
}) as fc.Arbitrary<Arm>;
const view: fc.Arbitrary<ViewRecipe> = fc.record({
  scale: range(0.02, 1),
  brightness: real(0, 1),
  contrast: real(0, 1),
  saturation: real(0, 1),
  hue: real(0, 0.5),
  hueSpace: fc.constantFrom(...hueSpaces),
  jitterProbability: real(0, 1),
  grayscaleProbability: real(0, 1),
  blurProbability: real(0, 1),
  blurSigma: range(0.05, 4),
  solarizeProbability: real(0, 1),
  flipProbability: real(0, 1),
  rotation: sometimes(0, real(0, 180)),
  policy: fc.constantFrom(...augmentationPolicies),
  randAugmentOperations: fc.integer({ min: 1, max: 3 }),
  randAugmentMagnitude: fc.integer({ min: 0, max: 30 }),
});
const resolution = fc.integer({ min: 16, max: 64 });
const files = fc.record(
  {
    source: fc.constant("files" as const),
    name: text,
    hash,
    hub: fc.constantFrom("ylecun/mnist", "squad", "a-b/c.d_e"),
    rows: sometimes(0, fc.integer({ min: 0, max: 250_000 })),
    reading: fc.constantFrom("names", "folders+once", "stretched"),
    resolution,
    validation: sometimes(0.1, real(0.01, 0.45)),
    test: sometimes(0.2, real(0.01, 0.45)),
    perClass: sometimes(100_000, fc.integer({ min: 1, max: 100_000 })),
    labelNoise: sometimes(0, real(0, 1)),
    unlabelled: sometimes(0, real(0, 0.95)),
    unlabelledFor: fc.constantFrom(...unlabelledUses),
    seed,
  },
  {
    requiredKeys: [
      "source",
      "name",
      "rows",
      "resolution",
      "validation",
      "test",
      "perClass",
      "labelNoise",
      "unlabelled",
      "unlabelledFor",
      "seed",
    ],
  },
);
const shapes = fc.record({
  source: fc.constant("shapes" as const),
  resolution,
  difficulty: fc.constantFrom("easy" as const, "normal" as const, "hard" as const),
  train: fc.integer({ min: 1_024, max: 100_000 }),
  test: fc.integer({ min: 10, max: 20_000 }),
  labelNoise: sometimes(0, real(0, 1)),
  unlabelled: fc.constant(0),
  unlabelledFor: fc.constantFrom(...unlabelledUses),
  seed,
});
/** Makes settings fit together that were drawn by themselves. */
function fitting(experiment: Experiment): Experiment {
  const { batchSize } = experiment;
  const arms = experiment.arms.map((given): Experiment["arms"][number] => {
    const { scheme } = given;
    const queued = "queue" in scheme ? { queue: batchSize * 8 } : {};
    const unpooled = scheme.method === "ssld" && experiment.dataset.unlabelled === 0;
    const pool = unpooled ? { pool: "none" as const } : {};
    const grouped = "normGroups" in scheme ? { normGroups: 1 } : {};
    const binary = [given.student, given.teacher].some(({ network }) => network === "ReAct");
    const lars = binary && given.optimiser.kind === "lars";
    const kind = lars ? { kind: "sgd" as const } : {};
    const uniform = given.optimiser.kind === "lars" ? { layerRates: "uniform" as const } : {};
    const start = given.start.from === "file" ? { file: "0".repeat(64), ...given.start } : given.start;
    const cached = scheme.method === "funmatch" && scheme.cachedTeacher;
    const still = cached ? { input: "fixedCentre" as const, teacherBatchNorm: "eval" as const } : {};
    return {
      ...given,
      start,
      fixSteps: hasClassifier(scheme.method) ? given.fixSteps : 0,
      optimiser: { ...given.optimiser, ...kind, ...uniform },
      scheme: { ...scheme, ...queued, ...grouped, ...still, ...pool } as Scheme,
    };
  });
  const needed = 16 * batchSize;
  const { dataset } = experiment;
  const larger =
    dataset.source === "shapes" && arms.some(({ scheme }) => "queue" in scheme) && dataset.train < needed;
  return { ...experiment, arms, dataset: larger ? { ...dataset, train: needed } : dataset };
}

/** Any valid experiment; parts are often left at their defaults, as visitors do. */
export const anyExperiment: fc.Arbitrary<Experiment> = fc
  .record({
    dataset: sometimes<Experiment["dataset"]>(usual.dataset, fc.oneof(shapes, files)),
    batchSize: sometimes(64, fc.integer({ min: 2, max: 1_024 })),
    views: sometimes(usual.views, fc.record({ first: view, second: view })),
    evaluation: sometimes(
      usual.evaluation,
      fc.record({
        everySteps: fc.integer({ min: 1, max: 1_000_000 }),
        knnNeighbours: fc.integer({ min: 1, max: 1_000 }),
        knnTemperature: real(0.001, 10),
      }),
    ),
    arms: sometimes(usual.arms, fc.array(arm, { minLength: 1, maxLength: 8 })),
    seeds: sometimes(usual.seeds, fc.uniqueArray(seed, { minLength: 1, maxLength: 10 })),
    notes: sometimes("", fc.string({ maxLength: 200 })),
  })
  .map(fitting);
