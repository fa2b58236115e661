import * as v from "valibot";
import { refusalsOf } from "./combinations";
import { type DrawnSource, importLimits, readingPattern, readings } from "./dataset";
import { hubIdPattern } from "./downloads";
import { type SchemeMethod, schemeSchema, targetViewNumbers } from "./schemes";
import { armKnobs, studentKnobs, teacherKnobs } from "./settings/arm";
import { filesKnobs, shapesKnobs, texturesKnobs } from "./settings/data";
import { integer, settings, text } from "./settings/fields";
import { fieldsOf } from "./settings/knobs";
import { optimizerKnobs } from "./settings/optimizer";
import { startKnobs } from "./settings/start";
import { evaluationKnobs, sharedKnobs } from "./settings/training";
import { viewKnobs } from "./settings/views";
import { teacherModelSchema } from "./teacher-model";

export { type SchemeMethod, schemeMethods, type TargetViewNumber, targetViewNumbers } from "./schemes";
export { networkNames } from "./settings/arm";

/**
 * The experiment: contained in links, stored in files and trained by the engine. This schema is the only source of its
 * limits, defaults and types. Every field is optional and has a default. The defaults of a published version of the
 * link format never change; different defaults need a new version.
 */

const readingAllowed = `${readings.slice(0, -1).join(", ")} or ${readings.at(-1)}, joined by +`;
const hubAllowed = "a dataset of the Hugging Face hub: owner/name";

/** SHA-256 of a safetensors file. */
const weightsFile = v.exactOptional(
  v.pipe(v.string("64 hexadecimal digits"), v.regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits")),
);

const datasetSchema = v.variant(
  "source",
  [
    settings({ source: v.literal("shapes"), ...fieldsOf(shapesKnobs) }),
    settings({ source: v.literal("textures"), ...fieldsOf(texturesKnobs) }),
    settings({
      source: v.literal("files"),
      name: text("Images"),
      /** SHA-256 of the decoded dataset: lets a recipient check whether theirs is the same. */
      hash: v.exactOptional(
        v.pipe(v.string("64 hexadecimal digits"), v.regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits")),
      ),
      /** The Hugging Face hub dataset that these images come from: the recipient of a link may fetch it. */
      hub: v.exactOptional(
        v.pipe(v.string(hubAllowed), v.maxLength(200, hubAllowed), v.regex(hubIdPattern, hubAllowed)),
      ),
      /** Number of rows per part, approximately; 0 takes all. */
      rows: integer(0, importLimits.files, 0),
      /** How the files are read, where there are several ways: words of `readings`, joined by "+". */
      reading: v.exactOptional(v.pipe(v.string(readingAllowed), v.regex(readingPattern, readingAllowed))),
      ...fieldsOf(filesKnobs),
    }),
  ],
  "a dataset whose source is shapes, textures or files",
);

export const hueSpaces = viewKnobs(0).hueSpace.options;
export type HueSpace = (typeof hueSpaces)[number];

const view = (solarizeProbability: number) =>
  v.optional(settings(fieldsOf(viewKnobs(solarizeProbability))), {});

const views = settings({ first: view(0), second: view(0.2) });

const { name, steps, teacherSteps, fixSteps, answers, answerEpochs, ...schedule } = fieldsOf(armKnobs);

const armSchema = settings({
  name,
  scheme: v.optional(schemeSchema, { method: "byol" }),
  student: v.optional(settings(fieldsOf(studentKnobs)), {}),
  teacher: v.optional(settings(fieldsOf(teacherKnobs)), {}),
  /** Teaches instead of that network. */
  model: v.exactOptional(teacherModelSchema),
  /** A file that the student or the teacher starts from is identified by its hash. */
  start: v.optional(settings({ ...fieldsOf(startKnobs), file: weightsFile, teacherFile: weightsFile }), {}),
  steps,
  teacherSteps,
  fixSteps,
  answers,
  answerEpochs,
  optimiser: v.optional(settings(fieldsOf(optimizerKnobs)), {}),
  ...schedule,
  /** Replaces the experiment's views. */
  views: v.exactOptional(views),
});

export const MAX_ARMS = 8;
/** Characters. */
export const MAX_NOTES = 4_000;
const notesAllowed = `a text of at most ${MAX_NOTES} characters`;
const armsAllowed = `a list of 1 to ${MAX_ARMS} arms`;

const { batchSize, seeds } = fieldsOf(sharedKnobs);

export const experimentSchema = v.pipe(
  settings({
    dataset: v.optional(datasetSchema, { source: "shapes" }),
    batchSize,
    views: v.optional(views, {}),
    evaluation: v.optional(settings(fieldsOf(evaluationKnobs)), {}),
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
    seeds,
    /** Markdown for readers of the experiment. It does not affect training. */
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
/** An experiment in which values equal to their defaults may be missing. */
export type ExperimentInput = v.InferInput<typeof experimentSchema>;
export type Arm = Experiment["arms"][number];
export type Scheme = Arm["scheme"];
export type SimDisScheme = Extract<Scheme, { readonly targets: unknown }>;
export type DatasetSettings = Experiment["dataset"];
export type DrawnSettings = Extract<DatasetSettings, { readonly source: DrawnSource }>;
export type ViewRecipe = Experiment["views"]["first"];
export type NetworkSettings = Arm["student"];
export type OptimizerSettings = Arm["optimiser"];
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

/** What a link or a file means that names no setting: the experiment as the first version of the format meant it. */
export function unnamedExperiment(): Experiment {
  return v.parse(experimentSchema, {});
}

/** The evaluation of experiments that are set up here; links and files of earlier pages do not name it. */
export const presentEvaluation = {
  part: "validation",
  probe: "ridge",
  images: 1_500,
} as const satisfies Partial<EvaluationSettings>;

/** The input of an experiment that is set up here, evaluated as {@link presentEvaluation} unless it says otherwise. */
export const evaluatedAtPresent = (input: ExperimentInput): ExperimentInput => ({
  ...input,
  evaluation: { ...presentEvaluation, ...input.evaluation },
});

/** Four arms on "Shapes" of normal difficulty, evaluated as at present. */
export function defaultExperiment(): Experiment {
  return v.parse(experimentSchema, evaluatedAtPresent({}));
}

/**
 * Whether two settings mean the same images. A file dataset's name is ignored. Without a hash, any files qualify if all
 * other settings are equal.
 */
export function isSameDataset(held: DatasetSettings, wanted: DatasetSettings): boolean {
  const files = held.source === "files" && wanted.source === "files";
  if (files && wanted.hash && wanted.hash !== held.hash) return false;
  const keys = Object.keys({ ...held, ...wanted }) as (keyof DatasetSettings | "hash" | "name")[];
  return keys.every((key) => {
    // Labels are withheld only when training begins.
    if (key === "unlabelled" || key === "unlabelledFor" || (files && (key === "hash" || key === "name")))
      return true;
    return held[key as keyof DatasetSettings] === wanted[key as keyof DatasetSettings];
  });
}
