import * as v from "valibot";
import { refusalsOf } from "./combinations";
import {
  imageSizeLimits,
  importLimits,
  readingPattern,
  readings,
  shapesDifficulties,
  unlabelledUses,
} from "./dataset";
import { hubIdPattern } from "./downloads";
import { choice, distinct, integer, range, real, settings, text, unit, wholeNumber } from "./fields";
import { fieldsOf } from "./knobs";
import { optimiserKnobs, scheduleKnobs } from "./optimiser-knobs";
import { type SchemeMethod, schemeSchema, targetViewNumbers } from "./schemes";
import { startKnobs, transferKnobs } from "./start-knobs";

export { type SchemeMethod, schemeMethods, type TargetViewNumber, targetViewNumbers } from "./schemes";

/**
 * The experiment: what a link carries, a file stores and the engine trains. This schema is the only source of its
 * limits, defaults and types. Every field may be left out and then takes its default. Once a version of the link
 * format is published, the defaults here never change meaning: others go with a new version.
 */

const MAX_SEED = 0xffff_ffff;
const seed = wholeNumber(0, MAX_SEED);
const readingAllowed = `${readings.slice(0, -1).join(", ")} or ${readings.at(-1)}, joined by +`;
const hubAllowed = "a dataset of the Hugging Face hub: owner/name";
/** More than any class has: no limit. */
const MAX_PER_CLASS = 100_000;
/** Pixels per side. */
const resolution = integer(imageSizeLimits.min, imageSizeLimits.max, 16);

/** Share of the training images whose label is replaced by another class's, drawn from the seed. */
const labelNoise = unit(0);

/** SHA-256 of a safetensors file. */
const weightsFile = v.exactOptional(
  v.pipe(v.string("64 hexadecimal digits"), v.regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits")),
);

/** Share of each class's training images whose label is withheld. */
const unlabelled = real(0, 0.95, 0);

const unlabelledFor = choice(unlabelledUses, "pools");

const datasetSchema = v.variant(
  "source",
  [
    settings({
      source: v.literal("shapes"),
      resolution,
      difficulty: choice(shapesDifficulties, "normal"),
      /** Images. */
      train: integer(10, 100_000, 4_000),
      test: integer(10, 20_000, 1_000),
      labelNoise,
      unlabelled,
      unlabelledFor,
      seed: v.optional(seed, 1),
    }),
    settings({
      source: v.literal("files"),
      name: text("Images"),
      /** SHA-256 of the decoded dataset: tells a recipient whether theirs is the same. */
      hash: v.exactOptional(
        v.pipe(v.string("64 hexadecimal digits"), v.regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits")),
      ),
      /** A dataset of the Hugging Face hub that these images come from: whoever opens a link may fetch it. */
      hub: v.exactOptional(
        v.pipe(v.string(hubAllowed), v.maxLength(200, hubAllowed), v.regex(hubIdPattern, hubAllowed)),
      ),
      /** Of each of its parts, about; 0 takes all. */
      rows: integer(0, importLimits.files, 0),
      /** How the files are read, where they can be in several ways: words of `readings`, joined by "+". */
      reading: v.exactOptional(v.pipe(v.string(readingAllowed), v.regex(readingPattern, readingAllowed))),
      resolution,
      /** Shares of each class that are held out where neither folders nor tables do it. */
      validation: real(0.01, 0.45, 0.1),
      test: real(0.01, 0.45, 0.2),
      /** Training images of a class, at most; which ones, the seed decides. */
      perClass: integer(1, MAX_PER_CLASS, MAX_PER_CLASS),
      labelNoise,
      unlabelled,
      unlabelledFor,
      /** Draws the split where the folders name none. */
      seed: v.optional(seed, 1),
    }),
  ],
  "a dataset whose source is shapes or files",
);

export const hueSpaces = ["yiq", "hsv"] as const;
export type HueSpace = (typeof hueSpaces)[number];

export const augmentationPolicies = ["none", "randAugment", "autoAugment"] as const;

/** Knobs of one view (METHODS §4). Jitter factors are drawn from 1 ± strength, hue shifts from ± hue turns. */
const view = (solarizeProbability: number) =>
  v.optional(
    settings({
      /** Share of the image's area that the crop keeps. */
      scale: range(0.02, 1, 0.3, 1),
      brightness: unit(0.8),
      contrast: unit(0.8),
      saturation: unit(0.8),
      hue: real(0, 0.5, 0.5),
      /** What stays when colours turn: luma (YIQ), or the largest channel and the chroma (HSV, as torchvision). */
      hueSpace: choice(hueSpaces, "yiq"),
      jitterProbability: unit(0.8),
      grayscaleProbability: unit(0.2),
      blurProbability: unit(0),
      /** Standard deviation in pixels. */
      blurSigma: range(0.05, 4, 0.1, 1),
      solarizeProbability: unit(solarizeProbability),
      flipProbability: unit(0.5),
      /** Most that the crop is turned either way, in degrees. */
      rotation: real(0, 180, 0),
      /** Whole-image operations after the blur: none, some at random, or one of the pairs found for CIFAR-10. */
      policy: choice(augmentationPolicies, "none"),
      randAugmentOperations: integer(1, 3, 2),
      /** Of 30. */
      randAugmentMagnitude: integer(0, 30, 9),
    }),
    {},
  );

export const networkNames = ["R8", "R18", "R26b", "R50", "MBV3s", "MBV3l", "ReAct", "ViT"] as const;
const WIDTH_STEP = 0.125;
const widthAllowed = "a multiple of 0.125 from 0.125 to 1";

/** `width` multiplies the channels of every layer. */
const network = (width: number) =>
  v.optional(
    settings({
      network: choice(networkNames, "R8"),
      width: v.optional(
        v.pipe(
          v.number(widthAllowed),
          v.multipleOf(WIDTH_STEP, widthAllowed),
          v.minValue(WIDTH_STEP, widthAllowed),
          v.maxValue(1, widthAllowed),
        ),
        width,
      ),
    }),
    {},
  );

const { fixSteps, ...optimiserTransfer } = fieldsOf(transferKnobs);

const armSchema = settings({
  name: text("Arm"),
  scheme: v.optional(schemeSchema, { method: "byol" }),
  student: network(0.125),
  teacher: network(0.5),
  /** What the student starts from, and in place of what a teacher starts from, a file. */
  start: v.optional(settings({ ...fieldsOf(startKnobs), file: weightsFile, teacherFile: weightsFile }), {}),
  /** Updates of the student; online also of the teacher. */
  steps: integer(1, 1_000_000, 200),
  /** Updates of a teacher's stage; none for one that a file brings. */
  teacherSteps: integer(0, 1_000_000, 1_000),
  /** Updates of the classifier alone at the end. */
  fixSteps,
  optimiser: v.optional(
    settings({
      ...fieldsOf(optimiserKnobs),
      /** Per 256 images: the rate of a step is learningRate · batchSize / 256 times the schedule. */
      learningRate: real(0, 100, 1),
      /** The same for the teacher, which is often wider and then needs less. */
      teacherLearningRate: real(0, 100, 0.5),
      momentum: real(0, 0.9999, 0.9),
      weightDecay: real(0, 1, 5e-4),
      ...optimiserTransfer,
    }),
    {},
  ),
  ...fieldsOf(scheduleKnobs),
  /** Share of a stage's steps in which the rate rises. */
  warmup: unit(0.33),
  /** Momentum of the EMA networks at step 0; it ends at 1. */
  tau0: unit(0.97),
});

export const MAX_ARMS = 8;
/** Characters. */
export const MAX_NOTES = 4_000;
const notesAllowed = `a text of at most ${MAX_NOTES} characters`;
const armsAllowed = `a list of 1 to ${MAX_ARMS} arms`;

export const experimentSchema = v.pipe(
  settings({
    dataset: v.optional(datasetSchema, { source: "shapes" }),
    batchSize: integer(2, 1_024, 64),
    views: v.optional(settings({ first: view(0), second: view(0.2) }), {}),
    evaluation: v.optional(
      settings({
        everySteps: integer(1, 1_000_000, 25),
        knnNeighbours: integer(1, 1_000, 20),
        knnTemperature: real(0.001, 10, 0.07),
      }),
      {},
    ),
    arms: v.optional(
      v.pipe(
        v.array(armSchema, armsAllowed),
        v.minLength(1, armsAllowed),
        v.maxLength(MAX_ARMS, armsAllowed),
      ),
      [
        { name: "BYOL", scheme: { method: "byol" } },
        { name: "SimDis-Off", scheme: { method: "simdis-off" } },
        { name: "SimDis-On", scheme: { method: "simdis-on" } },
        { name: "SimDis-On-7v", scheme: { method: "simdis-on", targets: [...targetViewNumbers] } },
      ],
    ),
    seeds: distinct(seed, 10, `whole numbers from 0 to ${MAX_SEED}`, [1]),
    /** Markdown that travels along. It says nothing about what is trained. */
    notes: v.optional(v.pipe(v.string(notesAllowed), v.maxLength(MAX_NOTES, notesAllowed)), ""),
  }),
  v.forward(
    v.check(
      ({ dataset, batchSize }) =>
        dataset.source === "files" || batchSize <= Math.floor((1 - dataset.unlabelled) * dataset.train),
      "at most as many images as the training set has",
    ),
    ["batchSize"],
  ),
  v.rawCheck(({ dataset: { typed, value: experiment }, addIssue }) => {
    if (!typed) return;
    for (const { path, allowed } of refusalsOf(experiment)) {
      const [first, ...others] = path.map((key) => pathItem(experiment, key));
      if (first) addIssue({ message: allowed, path: [first, ...others] });
    }
  }),
);

const pathItem = (input: unknown, key: string | number) =>
  ({ type: "unknown", origin: "value", input, key, value: undefined }) as const;

export type Experiment = v.InferOutput<typeof experimentSchema>;
/** An experiment in which whatever has its default may be missing. */
export type ExperimentInput = v.InferInput<typeof experimentSchema>;
export type Arm = Experiment["arms"][number];
export type Scheme = Arm["scheme"];
export type SimDisScheme = Extract<Scheme, { readonly targets: unknown }>;
export type DatasetSettings = Experiment["dataset"];
export type ViewRecipe = Experiment["views"]["first"];
export type NetworkSettings = Arm["student"];
export type OptimiserSettings = Arm["optimiser"];
export type StartSettings = Arm["start"];
export type EvaluationSettings = Experiment["evaluation"];

/** A scheme of the given method with every setting at its default. */
export function defaultScheme<Method extends SchemeMethod>(method: Method) {
  return v.parse(schemeSchema, { method }) as Extract<Scheme, { readonly method: Method }>;
}

/** An arm of the given method with everything else at its default. */
export function defaultArm(method: SchemeMethod, name = "Arm"): Arm {
  return v.parse(armSchema, { name, scheme: { method } });
}

/** A dataset of the given source with everything else at its default. */
export function defaultDataset<Source extends DatasetSettings["source"]>(
  source: Source,
): Extract<DatasetSettings, { readonly source: Source }> {
  return v.parse(datasetSchema, { source }) as Extract<DatasetSettings, { readonly source: Source }>;
}

/** Four arms on "Shapes" of normal difficulty: about 19 TFLOP (measured settings, see docs/shapes.md). */
export function defaultExperiment(): Experiment {
  return v.parse(experimentSchema, {});
}

/**
 * Whether two settings mean the same images; a name is only a label. Without a hash, any files will do, as long as the
 * same is made of them.
 */
export function isSameDataset(held: DatasetSettings, wanted: DatasetSettings): boolean {
  const files = held.source === "files" && wanted.source === "files";
  if (files && wanted.hash && wanted.hash !== held.hash) return false;
  const keys = Object.keys({ ...held, ...wanted }) as (keyof DatasetSettings | "hash" | "name")[];
  return keys.every((key) => {
    // Labels are withheld when training begins.
    if (key === "unlabelled" || key === "unlabelledFor" || (files && (key === "hash" || key === "name")))
      return true;
    return held[key as keyof DatasetSettings] === wanted[key as keyof DatasetSettings];
  });
}
