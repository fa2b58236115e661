import fc from "fast-check";
import { dependsOnBatch } from "./answers";
import { drawnSources } from "./dataset";
import {
  type Arm,
  defaultExperiment,
  type Experiment,
  type Scheme,
  schemeMethods,
  targetViewNumbers,
  type ViewRecipe,
} from "./experiment";
import { methods } from "./methods/methods";
import { methodOf } from "./schemes";
import { armKnobs, studentKnobs, teacherKnobs } from "./settings/arm";
import { filesKnobs, shapesKnobs } from "./settings/data";
import { type Knob, type KnobSet, MAX_SEED } from "./settings/knobs";
import { optimizerKnobs } from "./settings/optimizer";
import { startKnobs } from "./settings/start";
import { evaluationKnobs } from "./settings/training";
import { viewKnobs } from "./settings/views";
import { modelLimits, outputUses, refusalsOfModel, type TeacherModel } from "./teacher-model";

/** JSON has no negative zero. */
const real = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true }).map((value) => (value === 0 ? 0 : value));
const sometimes = <T>(usual: T, other: fc.Arbitrary<T>) => fc.oneof(fc.constant(usual), other);
const seed = fc.integer({ min: 0, max: MAX_SEED });
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
    case "range":
      return range(knob.min, knob.max);
    case "multiple":
      return fc.integer({ min: knob.min / knob.of, max: knob.max / knob.of }).map((times) => times * knob.of);
    case "text":
      return text;
    case "seeds":
      return fc.uniqueArray(seed, { minLength: 1, maxLength: knob.most });
    default:
      return knob satisfies never;
  }
}

const usual = defaultExperiment();

const settingsOf = <Knobs extends KnobSet>(knobs: Knobs) =>
  Object.fromEntries(Object.entries(knobs).map(([name, knob]) => [name, settingOf(knob)])) as {
    readonly [Name in keyof Knobs]: fc.Arbitrary<unknown>;
  };

/** Any scheme with any settings that its knobs allow. */
const scheme = fc.oneof(
  ...schemeMethods.map((method) =>
    fc.record({ method: fc.constant(method), ...settingsOf(methods[method].knobs) }),
  ),
) as fc.Arbitrary<Scheme>;
const hash = fc.string({ minLength: 64, maxLength: 64, unit: fc.constantFrom(..."0123456789abcdef") });
const start = fc.record(
  { ...settingsOf(startKnobs), file: hash, teacherFile: hash },
  { requiredKeys: Object.keys(startKnobs) as [] },
);
const perChannel = fc.array(real(0.1, 2), { minLength: 1, maxLength: 3 });
const model = fc.record(
  {
    hash,
    name: text,
    hub: fc.constantFrom("a/b:model.onnx", "owner/name:onnx/model.onnx"),
    revision: hash.map((digits) => digits.slice(24)),
    output: fc.string({ minLength: 1, maxLength: 200 }),
    use: fc.constantFrom(...outputUses),
    labels: fc.array(fc.constantFrom("cat", "dog", "Ä b"), { minLength: 2, maxLength: 4 }),
    side: fc.integer({ min: 1, max: modelLimits.side }),
    mean: perChannel,
    deviation: perChannel,
    dimension: fc.integer({ min: 1, max: modelLimits.outputs }),
    macs: fc.integer({ min: 0, max: 1e12 }),
    parameters: fc.integer({ min: 0, max: 1e9 }),
  },
  {
    requiredKeys: [
      "hash",
      "name",
      "output",
      "use",
      "side",
      "mean",
      "deviation",
      "dimension",
      "macs",
      "parameters",
    ],
  },
) as fc.Arbitrary<TeacherModel>;
const view = fc.record(settingsOf(viewKnobs(0))) as fc.Arbitrary<ViewRecipe>;
const views = fc.record({ first: view, second: view });
const { steps, teacherSteps, fixSteps, ...others } = settingsOf(armKnobs);
const arm = fc.record(
  {
    scheme,
    student: fc.record(settingsOf(studentKnobs)),
    teacher: fc.record(settingsOf(teacherKnobs)),
    start: sometimes<unknown>(usual.arms[0]?.start, start),
    steps,
    // 0 would require a file.
    teacherSteps: sometimes<unknown>(
      1_000,
      teacherSteps.map((drawn) => Math.max(1, Number(drawn))),
    ),
    fixSteps: sometimes<unknown>(0, fixSteps),
    optimiser: fc.record(settingsOf(optimizerKnobs)),
    ...others,
    views,
    model,
  },
  {
    requiredKeys: [
      "scheme",
      "student",
      "teacher",
      "start",
      "steps",
      "teacherSteps",
      "fixSteps",
      "optimiser",
      ...(Object.keys(others) as []),
    ],
  },
) as fc.Arbitrary<Arm>;
const files = fc.record(
  {
    source: fc.constant("files" as const),
    name: text,
    hash,
    hub: fc.constantFrom("ylecun/mnist", "squad", "a-b/c.d_e"),
    rows: sometimes(0, fc.integer({ min: 0, max: 250_000 })),
    reading: fc.constantFrom("names", "folders+once", "stretched"),
    ...settingsOf(filesKnobs),
  },
  { requiredKeys: ["source", "name", "rows", ...(Object.keys(filesKnobs) as [])] },
);
const drawn = fc.record({
  source: fc.constantFrom(...drawnSources),
  ...settingsOf(shapesKnobs),
  train: fc.integer({ min: 1_024, max: 100_000 }),
  unlabelled: fc.constant(0),
});
const hasQueue = (scheme: Scheme): boolean => methodOf(scheme).queues(scheme, 1).length > 0;

/** The scheme with its refused settings at their defaults, which never conflict. */
function withoutRefusals(scheme: Scheme, { batchSize, dataset }: Experiment): Scheme {
  const at = (setting: string) => ["scheme", setting] as const;
  const refused = methodOf(scheme).refusals(scheme, { batchSize, dataset, at });
  const knobs: KnobSet = methods[scheme.method].knobs;
  const defaults = refused.map(({ path: [, name = ""] }) => [name, knobs[name]?.default] as const);
  return { ...scheme, ...Object.fromEntries(defaults.filter(([name]) => name in knobs)) } as Scheme;
}

/** Resolves conflicts between settings that were drawn independently. */
function fitting(experiment: Experiment): Experiment {
  const { batchSize } = experiment;
  const arms = experiment.arms.map((given): Experiment["arms"][number] => {
    const { scheme } = given;
    const queued = hasQueue(scheme) ? { queue: batchSize * 8 } : {};
    const unpooled = scheme.method === "ssld" && experiment.dataset.unlabelled === 0;
    const pool = unpooled ? { pool: "none" as const } : {};
    const grouped = Object.hasOwn(scheme, "normGroups") ? { normGroups: 1 } : {};
    const binary = [given.student, given.teacher].some(({ network }) => network === "ReAct");
    const lars = binary && given.optimiser.kind === "lars";
    const kind = lars ? { kind: "sgd" as const } : {};
    const uniform = given.optimiser.kind === "lars" ? { layerRates: "uniform" as const } : {};
    const start = given.start.from === "file" ? { file: "0".repeat(64), ...given.start } : given.start;
    const cached = scheme.method === "funmatch" && scheme.cachedTeacher;
    const still = cached ? { input: "fixedCentre" as const, teacherBatchNorm: "eval" as const } : {};
    const { model: drawn, ...withoutModel } = given;
    // A model that could not teach is left out.
    const fits = drawn && refusalsOfModel({ ...given, start, model: drawn }).length === 0;
    const fitted = withoutRefusals(
      { ...scheme, ...queued, ...grouped, ...still, ...pool } as Scheme,
      experiment,
    );
    const depends = dependsOnBatch({ scheme: fitted, model: fits ? drawn : undefined });
    return {
      ...withoutModel,
      ...(fits && { model: drawn }),
      answers: given.answers === "cycled" && depends ? "kept" : given.answers,
      start,
      fixSteps: methodOf(scheme).hasClassifier ? given.fixSteps : 0,
      optimiser: { ...given.optimiser, ...kind, ...uniform },
      scheme: fitted,
    };
  });
  const needed = 16 * batchSize;
  const { dataset } = experiment;
  const larger =
    dataset.source !== "files" && arms.some(({ scheme }) => hasQueue(scheme)) && dataset.train < needed;
  return { ...experiment, arms, dataset: larger ? { ...dataset, train: needed } : dataset };
}

/** Any valid experiment; parts are often left at their defaults, as visitors do. */
export const anyExperiment: fc.Arbitrary<Experiment> = fc
  .record({
    dataset: sometimes<Experiment["dataset"]>(
      usual.dataset,
      fc.oneof(drawn, files) as fc.Arbitrary<Experiment["dataset"]>,
    ),
    batchSize: sometimes(64, fc.integer({ min: 2, max: 1_024 })),
    views: sometimes(usual.views, views),
    evaluation: sometimes(
      usual.evaluation,
      fc.record(settingsOf(evaluationKnobs)) as fc.Arbitrary<Experiment["evaluation"]>,
    ),
    arms: sometimes(usual.arms, fc.array(arm, { minLength: 1, maxLength: 8 })),
    seeds: sometimes(usual.seeds, fc.uniqueArray(seed, { minLength: 1, maxLength: 10 })),
    notes: sometimes("", fc.string({ maxLength: 200 })),
  })
  .map(fitting);
