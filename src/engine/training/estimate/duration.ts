import { cyclesAnswers } from "../../../protocol/answers";
import type { Estimate, EstimateParts } from "../../../protocol/estimate";
import type { Arm, Experiment } from "../../../protocol/experiment";
import type { PlannedRun } from "../../../protocol/messages";
import { bankOf, finalLimit } from "../../evaluation/evaluator";
import { inspectedImages } from "../../evaluation/inspection";
import { pageBytes } from "../answers/answer-book";
import { planRuns } from "../planning/plan-runs";
import { bestSharing } from "../stages/side-by-side";
import { teacherShape } from "../tasks/trainings";
import { sharedKeys } from "../teachers/shared-keys";
import { fixedCrops } from "../teachers/teacher-windows";
import { type ImageShape, readingsKey, stageKey } from "./keys";
import type { Measured, MeasuredNetwork, MeasuredReadings, MeasuredStage } from "./measured";

/** The images that an experiment would train and evaluate on. */
export interface ImageCounts extends ImageShape {
  /** With labels. */
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** Baselines evaluate an untrained encoder as it is and with calibrated batch norm. */
const baselines = 2;

/** The images that an evaluation looks neighbors up in and asks about. */
interface EvaluatedImages {
  readonly bank: number;
  readonly queries: number;
  readonly isFinal: boolean;
}

/** The time of an experiment from measured ones. Undefined while one of them is missing. */
export function durationOf(
  experiment: Experiment,
  counts: ImageCounts,
  { stages, readings }: Measured,
): Estimate | undefined {
  const { evaluation, dataset, batchSize } = experiment;
  const sum = { preparing: 0, teachers: 0, students: 0, evaluating: 0 };
  let answerBytes = 0;
  const ofPoint = bankOf(evaluation);
  const bank = Math.min(ofPoint, counts.train);
  const queries = Math.min(evaluation.images - ofPoint, counts[evaluation.part]);
  const finalBank = Math.min(finalLimit, counts.train);
  const live = { bank, queries, isFinal: false };
  const final = { bank: finalBank, queries: counts.test, isFinal: true };
  let isComplete = true;

  /** An evaluation of a network on so many images of the bank and held-out ones. */
  const evaluated = ({ features, imageMs }: MeasuredNetwork, on: EvaluatedImages): number => {
    const read = readings[readingsKey(features, counts.classes, evaluation.probe)];
    if (!read) isComplete = false;
    const chosenOn = on.isFinal && evaluation.probe === "sgd" ? counts.validation : 0;
    return imageMs * (on.bank + on.queries + chosenOn) + (read ? readingMs(read, on, evaluation.probe) : 0);
  };

  const shared = new Set<string>();
  const untrained = new Set<string>();
  const shapes = new Set<string>();
  // Features are compiled for each part of the images: the training one, the held-out one, and the test images.
  const setsOfImages = evaluation.part === "test" ? 2 : 3;
  const pixels = new Set<number>();
  const runs = planRuns(experiment, counts.train);
  const keysOf = (run: PlannedRun) => sharedKeys(experiment.arms[run.arm] as Arm, run.seed);
  const allKeys = runs.flatMap(keysOf);
  /** While a stage is trained for several runs, all but one of them wait. */
  const ableDuring = (key: string | undefined) =>
    key === undefined ? runs.length : runs.length + 1 - allKeys.filter((other) => other === key).length;
  for (const run of runs) {
    const arm = experiment.arms[run.arm] as Arm;
    const keys = keysOf(run);
    const found = run.stages.map((_, at) => stages[stageKey(arm, run.stages, at, experiment, counts)]);
    for (const [at, { steps, stepsPerEpoch }] of run.stages.entries()) {
      const key = keys[at];
      if (key !== undefined && shared.has(key)) continue;
      if (key !== undefined) shared.add(key);
      const measured = found[at];
      if (!measured) {
        isComplete = false;
        continue;
      }
      const evaluations = 1 + Math.ceil(steps / evaluation.everySteps);
      sum[key === undefined ? "students" : "teachers"] += steps * stepMsOf(measured, ableDuring(key));
      sum.preparing += measured.firstMs;
      if (measured.answers) {
        const { askMs, length } = measured.answers;
        const epochs = Math.min(steps / stepsPerEpoch, cyclesAnswers(arm) ? arm.answerEpochs : steps);
        sum.students += epochs * stepsPerEpoch * askMs;
        const precision = cyclesAnswers(arm) ? "half" : "single";
        answerBytes += Math.ceil(epochs) * pageBytes({ count: counts.train, length, precision });
      }
      sum.evaluating += evaluations * measured.ownMs * counts.validation;
      for (const network of measured.networks) {
        // Networks of one shape share what is compiled.
        const shape = JSON.stringify(arm[network.role]);
        if (!shapes.has(shape)) sum.preparing += setsOfImages * network.firstMs;
        shapes.add(shape);
        sum.evaluating += evaluations * evaluated(network, live);
        // At its end a teacher's own stage, like a student's last one, is evaluated on all test images.
        if (key === undefined ? at === run.stages.length - 1 : run.stages[at]?.stage === "teacher")
          sum.evaluating += evaluated(network, final);
        // So is the student at its best evaluation, unless that was the last one.
        if (key === undefined && network.role === "student" && evaluation.part === "validation")
          sum.evaluating += evaluated(network, final);
      }
    }
    sum.preparing += cachedMs(arm, dataset.resolution, counts.train, networkOf(found, "teacher"));
    const student = networkOf(found, "student");
    const start = JSON.stringify([arm.student, run.seed]);
    if (student && !untrained.has(start)) {
      untrained.add(start);
      sum.evaluating += baselines * (evaluated(student, live) + evaluated(student, final));
    }
    if (!pixels.has(run.seed)) {
      pixels.add(run.seed);
      const read = readings[readingsKey(pixelsOf(experiment, counts), counts.classes, "pixels")];
      if (!read) isComplete = false;
      else
        sum.evaluating += read.pairMs * (bank * queries + (pixels.size === 1 ? finalBank * counts.test : 0));
    }
  }
  if (!isComplete || batchSize > counts.train) return undefined;
  const parts: EstimateParts = sum;
  const ms = Object.values(parts).reduce((total, part) => total + part, 0);
  return { ms, parts, ...(answerBytes > 0 && { answerBytes }) };
}

/** The machine's time for a step, which the steps of other runs may share. @param runs that can take steps, this one included */
export function stepMsOf({ stepMs, apart }: MeasuredStage, runs: number): number {
  const sharing = apart ? bestSharing(apart.threads, runs) : 1;
  if (!apart || sharing === 1) return stepMs;
  const each = Math.floor(apart.threads / sharing);
  // How much so many threads help, by what all of them do.
  const faster = (apart.stepMs / stepMs) ** (Math.log(each) / Math.log(apart.threads));
  return apart.stepMs / faster / sharing;
}

/** The length of an image's pixels, which the first baseline compares. */
export const pixelsOf = ({ dataset }: Pick<Experiment, "dataset">, { channels }: ImageShape): number =>
  dataset.resolution ** 2 * channels;

function readingMs(
  read: MeasuredReadings,
  { bank, queries, isFinal }: EvaluatedImages,
  probe: Experiment["evaluation"]["probe"],
): number {
  const nearest = read.pairMs * bank * queries;
  const linear = probe === "ridge" ? read.ridgeRowMs * bank + read.ridgeOnceMs : 0;
  if (!isFinal) return nearest + linear;
  const inspected = Math.min(queries, inspectedImages) * read.inspectedMs;
  return nearest + linear + inspected + (probe === "sgd" ? read.sweepRowMs * bank : 0);
}

const networkOf = (
  stages: readonly (MeasuredStage | undefined)[],
  role: MeasuredNetwork["role"],
): MeasuredNetwork | undefined =>
  stages.flatMap((stage) => stage?.networks ?? []).find((network) => network.role === role);

/** The time to compute a teacher's outputs for every training image, where its views are fixed. */
function cachedMs(arm: Arm, size: number, images: number, teacher: MeasuredNetwork | undefined): number {
  const { scheme } = arm;
  if (scheme.method !== "funmatch" || !teacher) return 0;
  const { count } = teacherShape(arm, size);
  return fixedCrops(scheme.input, size).length * count * images * teacher.imageMs;
}
