import * as v from "valibot";
import type { Failure } from "./failures";
import type {
  Accuracy,
  FinalEvaluation,
  FloorAccuracies,
  Floors,
  Inspection,
  Majority,
  PlannedRun,
  PlannedStage,
  TestAccuracy,
} from "./messages";
import { stages } from "./metrics/metrics";

/**
 * Schemas of the engine's results, for reading them back from storage or files. They list every field of the messages;
 * a field added there must be added here as well.
 */

/** Longer than any list that the page writes. */
const MAX_LIST = 200_000;
const numbers = v.pipe(v.array(v.number()), v.maxLength(MAX_LIST));
const sentence = v.pipe(v.string(), v.maxLength(4_000));
const count = v.pipe(v.number(), v.finite(), v.minValue(0));

const inspectionFields = {
  images: numbers,
  labels: numbers,
  predictions: numbers,
  map: numbers,
  neighbors: numbers,
  components: v.exactOptional(
    v.object({ dimensions: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64)), places: numbers }),
  ),
} satisfies Record<keyof Inspection, v.GenericSchema>;
const inspection = v.exactOptional(v.object(inspectionFields));

const share = v.number();
const accuracy = v.object({
  knnTop1: share,
  knnBalanced: v.exactOptional(share),
  probeTop1: v.exactOptional(share),
  probeBalanced: v.exactOptional(share),
} satisfies Record<keyof Accuracy, v.GenericSchema>);
const majority = v.object({
  label: v.pipe(count, v.integer()),
  top1: share,
  balanced: share,
} satisfies Record<keyof Majority, v.GenericSchema>);

const floorAccuracies = {
  pixels: accuracy,
  untrained: accuracy,
  calibrated: accuracy,
  majority: v.exactOptional(majority),
} satisfies Record<keyof FloorAccuracies, v.GenericSchema>;

export const floorsSchema = v.object({
  ...floorAccuracies,
  final: v.exactOptional(v.object(floorAccuracies)),
  inspection,
} satisfies Record<keyof Floors, v.GenericSchema>);

const evaluated = {
  knnTop1: share,
  knnBalanced: v.exactOptional(share),
  linearTop1: share,
  linearBalanced: v.exactOptional(share),
  top1: v.exactOptional(share),
  detectionAp: v.exactOptional(share),
} satisfies Record<keyof TestAccuracy, v.GenericSchema>;

export const finalSchema = v.object({
  ...evaluated,
  inspection,
  linearTop5: v.exactOptional(v.number()),
  linearLearningRate: v.exactOptional(v.number()),
  linearSweep: v.exactOptional(
    v.pipe(v.array(v.object({ learningRate: v.number(), validationTop1: v.number() })), v.maxLength(100)),
  ),
  best: v.exactOptional(v.object({ ...evaluated, step: count })),
  teacher: v.exactOptional(v.object({ ...evaluated, inspection })),
} satisfies Record<keyof FinalEvaluation, v.GenericSchema>);

const explained = { title: sentence, cause: sentence, action: sentence };

/** Why a single run failed. */
export const runFailureSchema = v.variant("kind", [
  v.strictObject({
    kind: v.literal("diverged"),
    ...explained,
    runId: v.string(),
    step: v.number(),
    network: v.string(),
  }),
  v.strictObject({ kind: v.picklist(["out-of-memory", "weights", "internal"]), ...explained }),
]) satisfies v.GenericSchema<Failure>;

export const plannedRunSchema = v.object({
  runId: v.pipe(v.string(), v.regex(/^\d{1,3}-\d{1,10}$/)),
  arm: v.pipe(count, v.integer()),
  seed: v.pipe(count, v.integer()),
  stages: v.pipe(
    v.array(
      v.object({
        stage: v.picklist(stages),
        steps: count,
        stepsPerEpoch: count,
        macsPerStep: count,
        work: v.exactOptional(
          v.object({ forward: count, backward: count, momentum: count, probePerClass: count }),
        ),
      } satisfies Record<keyof PlannedStage, v.GenericSchema>),
    ),
    v.maxLength(stages.length),
  ),
  paperMacs: count,
  parameters: v.object({ student: count, teacher: v.exactOptional(count) }),
} satisfies Record<keyof PlannedRun, v.GenericSchema>);
