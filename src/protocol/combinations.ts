import { cyclesAnswers, dependsOnBatch } from "./answers";
import type { Queue, Refusal, Surroundings } from "./methods/method";
import { methodOf, type Scheme } from "./schemes";
import { refusalsOfModel, type TeacherModel } from "./teacher-model";

/** Checks for settings that are valid individually but conflict. */

/** The parts of an experiment that these checks depend on. */
export interface Combined {
  readonly batchSize: number;
  readonly dataset: { readonly unlabelled: number } & (
    | { readonly source: "shapes" | "textures"; readonly train: number }
    | { readonly source: "files" }
  );
  readonly arms: readonly {
    readonly scheme: Scheme;
    readonly student: { readonly network: string };
    readonly teacher: { readonly network: string };
    readonly model?: TeacherModel | undefined;
    readonly optimiser: { readonly kind: string; readonly layerRates: string };
    readonly start: {
      readonly from: string;
      readonly file?: string | undefined;
      readonly teacherFile?: string | undefined;
    };
    readonly teacherSteps: number;
    readonly fixSteps: number;
    readonly answers: "computed" | "kept" | "cycled";
  }[];
}

/** Entries that a queue may have at most: of one's own images nothing is known before they are loaded. */
export const longestQueue = (dataset: Combined["dataset"]): number =>
  dataset.source === "files" ? Number.POSITIVE_INFINITY : dataset.train / 2;

/** Checks an arm's queues: each takes whole batches, holds a step's embeddings, and contains no image twice. */
function refusalsOfQueue(
  { entries, perStep }: Queue,
  { batchSize, dataset }: Combined,
  at: Surroundings["at"],
): Refusal[] {
  const refuse = (allowed: string, other: Refusal) => [{ path: at("queue"), allowed }, other];
  const batch = (allowed: string): Refusal => ({ path: ["batchSize"], allowed });
  if (entries % batchSize !== 0) {
    return refuse(`a multiple of the batch size, ${batchSize}`, batch(`a divisor of the queue, ${entries}`));
  }
  if (entries < perStep) {
    const enough = batch(`small enough that the queue of ${entries} holds a step's embeddings`);
    return refuse(`at least the ${perStep} embeddings of one step`, enough);
  }
  if (dataset.source !== "files" && entries > longestQueue(dataset)) {
    return refuse(
      `at most half of the ${dataset.train} training images: a queue must not hold an image twice`,
      { path: ["dataset", "train"], allowed: `at least twice as many as the queue of ${entries} holds` },
    );
  }
  return [];
}

function refusalsOfArm(arm: Combined["arms"][number], index: number, experiment: Combined): Refusal[] {
  const { scheme } = arm;
  const { batchSize, dataset } = experiment;
  const at = (setting: string) => ["arms", index, "scheme", setting];
  const method = methodOf(scheme);
  const refusals: Refusal[] = [
    ...method.queues(scheme, batchSize).flatMap((queue) => refusalsOfQueue(queue, experiment, at)),
    ...method.refusals(scheme, { batchSize, dataset, at }),
  ];
  const isBinary = arm.student.network === "ReAct" || arm.teacher.network === "ReAct";
  if (isBinary && arm.optimiser.kind === "lars") {
    const names = arm.student.network === "ReAct" ? "student" : "teacher";
    refusals.push(
      {
        path: ["arms", index, "optimiser", "kind"],
        allowed: "any but LARS, which scales steps by the size of weights, although only their sign matters",
      },
      { path: ["arms", index, names, "network"], allowed: "a network with real weights, with LARS" },
    );
  }
  const others = [...refusalsOfTransfer(arm), ...refusalsOfModel(arm), ...refusalsOfAnswers(arm)];
  refusals.push(...others.map(within(index)));
  return refusals;
}

const within =
  (index: number) =>
  ({ path, allowed }: Refusal): Refusal => ({ path: ["arms", index, ...path], allowed });

/** Answers that repeat must not depend on the other images of their batch, which are others each time. */
function refusalsOfAnswers(arm: Combined["arms"][number]): Refusal[] {
  const cause = cyclesAnswers(arm) ? dependsOnBatch(arm) : undefined;
  if (!cause) return [];
  const path = ["answers"];
  return cause === "mixup"
    ? [
        { path, allowed: "computed or kept with mixup, whose pairs are new in every epoch" },
        { path: ["scheme", "input"], allowed: "an input without mixup while answers are used in turn" },
      ]
    : [
        { path, allowed: "computed or kept with batch statistics, which depend on the batch" },
        { path: ["scheme", "teacherBatchNorm"], allowed: "eval while answers are used in turn" },
      ];
}

/** Checks the start of networks and the stages after the student's own. */
function refusalsOfTransfer(arm: Combined["arms"][number]): Refusal[] {
  const { scheme, optimiser, start, teacherSteps, fixSteps } = arm;
  const refusals: Refusal[] = [];
  if (start.from === "file" && !start.file) {
    refusals.push({ path: ["start", "from"], allowed: "a file of weights, after one has been loaded" });
  }
  if (teacherSteps === 0 && !start.teacherFile && !arm.model) {
    refusals.push({
      path: ["teacherSteps"],
      allowed: "at least 1, unless the teacher comes from a file of weights",
    });
  }
  if (fixSteps > 0 && !methodOf(scheme).hasClassifier) {
    const allowed = "0 for a scheme whose student has no classifier of its own";
    refusals.push(
      { path: ["fixSteps"], allowed },
      {
        path: ["scheme", "method"],
        allowed: "a scheme whose student has a classifier, with the Fix strategy",
      },
    );
  }
  if (optimiser.layerRates !== "uniform" && optimiser.kind === "lars") {
    refusals.push(
      {
        path: ["optimiser", "layerRates"],
        allowed: "the same for all with LARS, which finds each layer's rate itself",
      },
      { path: ["optimiser", "kind"], allowed: "any but LARS, where layers have rates of their own" },
    );
  }
  return refusals;
}

/** All conflicts; empty for an experiment that can be started. */
export function refusalsOf(experiment: Combined): Refusal[] {
  return experiment.arms.flatMap((arm, index) => refusalsOfArm(arm, index, experiment));
}
