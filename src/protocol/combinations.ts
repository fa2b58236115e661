import type { Scheme } from "./schemes";

/** Settings that are fine each by itself but not together. */

/** The part of an experiment that such settings are in. */
export interface Combined {
  readonly batchSize: number;
  readonly dataset: { readonly unlabelled: number } & (
    | { readonly source: "shapes"; readonly train: number }
    | { readonly source: "files" }
  );
  readonly arms: readonly {
    readonly scheme: Scheme;
    readonly student: { readonly network: string };
    readonly teacher: { readonly network: string };
    readonly optimiser: { readonly kind: string; readonly layerRates: string };
    readonly start: {
      readonly from: string;
      readonly file?: string | undefined;
      readonly teacherFile?: string | undefined;
    };
    readonly teacherSteps: number;
    readonly fixSteps: number;
  }[];
}

/**
 * One of the settings that do not fit together, and what it may be. Each of them is named, so that whoever changed one is
 * told at that one; with all of them at their defaults they fit.
 */
export interface Refusal {
  readonly path: readonly (string | number)[];
  readonly allowed: string;
}

/** Embeddings that enter a scheme's queue at each step. */
function rowsPerStep(scheme: Scheme, batchSize: number): number {
  if (scheme.method === "moco" && scheme.symmetric) return 2 * batchSize;
  if (scheme.method === "seed") return Math.max(1, scheme.patches) * batchSize;
  return batchSize;
}

function refusalsOfArm(arm: Combined["arms"][number], index: number, experiment: Combined): Refusal[] {
  const { scheme } = arm;
  const { batchSize, dataset } = experiment;
  const refusals: Refusal[] = [];
  const refuse = (name: string, allowed: string, other: Refusal) =>
    refusals.push({ path: ["arms", index, "scheme", name], allowed }, other);
  const batch = (allowed: string): Refusal => ({ path: ["batchSize"], allowed });
  if ("queue" in scheme) {
    const { queue } = scheme;
    const rows = rowsPerStep(scheme, batchSize);
    if (queue % batchSize !== 0) {
      refuse(
        "queue",
        `a multiple of the batch size, ${batchSize}`,
        batch(`a divisor of the queue, ${queue}`),
      );
    } else if (queue < rows) {
      const enough = batch(`small enough that the queue of ${queue} holds a step's embeddings`);
      refuse("queue", `at least the ${rows} embeddings of one step`, enough);
    } else if (dataset.source === "shapes" && queue > dataset.train / 2) {
      refuse(
        "queue",
        `at most half of the ${dataset.train} training images: a queue must not hold an image twice`,
        { path: ["dataset", "train"], allowed: `at least twice as many as the queue of ${queue} holds` },
      );
    }
  }
  if (scheme.method === "ssld" && scheme.pool !== "none" && dataset.unlabelled === 0) {
    refuse("pool", "not used, while no image's label is withheld", {
      path: ["dataset", "unlabelled"],
      allowed: "above 0 for a scheme that learns from images without labels",
    });
  }
  if ("normGroups" in scheme && (batchSize % scheme.normGroups !== 0 || batchSize < 2 * scheme.normGroups)) {
    refuse(
      "normGroups",
      `a divisor of the batch size, ${batchSize}, that leaves two images or more a group`,
      batch(`a multiple of the ${scheme.normGroups} batch norm groups, with two images or more each`),
    );
  }
  if (scheme.method === "funmatch" && scheme.cachedTeacher) {
    const path = ["arms", index, "scheme"];
    const cached: Refusal = {
      path: [...path, "cachedTeacher"],
      allowed: "off: only a teacher with a fixed input and running statistics always answers the same",
    };
    if (!scheme.input.startsWith("fixed")) {
      const allowed = "fixedResize, fixedCentre or fixedMultiCrop while the teacher is asked once";
      refusals.push(cached, { path: [...path, "input"], allowed });
    }
    if (scheme.teacherBatchNorm === "train") {
      const allowed = "eval while the teacher is asked once: batch statistics depend on the batch";
      refusals.push(cached, { path: [...path, "teacherBatchNorm"], allowed });
    }
  }
  const isBinary = arm.student.network === "ReAct" || arm.teacher.network === "ReAct";
  if (isBinary && arm.optimiser.kind === "lars") {
    const names = arm.student.network === "ReAct" ? "student" : "teacher";
    refusals.push(
      {
        path: ["arms", index, "optimiser", "kind"],
        allowed: "any but LARS, which scales steps by the size of weights of which only the sign counts",
      },
      { path: ["arms", index, names, "network"], allowed: "a network with real weights, with LARS" },
    );
  }
  refusals.push(...refusalsOfTransfer(arm).map(at(index)));
  return refusals;
}

const at =
  (index: number) =>
  ({ path, allowed }: Refusal): Refusal => ({ path: ["arms", index, ...path], allowed });

const withClassifier: readonly Scheme["method"][] = ["supervised", "kd", "funmatch", "ssld", "dml"];

/** Whether the student's own loss trains a classifier. */
export const hasClassifier = (method: Scheme["method"]): boolean => withClassifier.includes(method);

/** What networks start from, and what follows. */
function refusalsOfTransfer(arm: Combined["arms"][number]): Refusal[] {
  const { scheme, optimiser, start, teacherSteps, fixSteps } = arm;
  const refusals: Refusal[] = [];
  if (start.from === "file" && !start.file) {
    refusals.push({ path: ["start", "from"], allowed: "a file of weights, once one was loaded" });
  }
  if (teacherSteps === 0 && !start.teacherFile) {
    refusals.push({
      path: ["teacherSteps"],
      allowed: "at least 1, unless the teacher comes from a file of weights",
    });
  }
  if (fixSteps > 0 && !hasClassifier(scheme.method)) {
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

/** Everything that cannot be combined; empty for an experiment that can be started. */
export function refusalsOf(experiment: Combined): Refusal[] {
  return experiment.arms.flatMap((arm, index) => refusalsOfArm(arm, index, experiment));
}
