import { type Arm, defaultArm, defaultScheme } from "../../protocol/experiment";
import { copyEncoder, loadClassifier, loadEncoder, WeightsMismatch } from "./load-weights";
import type { RunContext, Start } from "./run-context";
import type { Pretraining } from "./shared-stages";

/** Where an arm's networks start when that is not at random numbers. */

const pretrainings = { supervised: "supervised", byol: "byol", distilled: "ssld" } as const;

/** Pretraining as the arm that it is by itself: the same networks and optimiser, another scheme. */
export function pretrainingOf(arm: Arm): Arm | undefined {
  const { from, steps } = arm.start;
  if (from === "scratch" || from === "file") return undefined;
  const { start } = defaultArm("supervised");
  const optimiser = { ...arm.optimiser, layerRates: "uniform" } as const;
  return { ...arm, scheme: defaultScheme(pretrainings[from]), steps, fixSteps: 0, optimiser, start };
}

/** The context in which an arm's student is made. */
export function withStudentStart(context: RunContext, { start }: Arm, pretraining?: Pretraining): RunContext {
  if (pretraining) {
    return withStart(context, "student", (network) => copyEncoder(pretraining.backbone, network));
  }
  return start.from === "file" ? withStart(context, "student", fromFile(context, start.file)) : context;
}

/** The context in which an arm's teacher is made. */
export function withTeacherStart(context: RunContext, { start }: Arm): RunContext {
  return start.teacherFile ? withStart(context, "teacher", fromFile(context, start.teacherFile)) : context;
}

const withStart = (context: RunContext, role: "student" | "teacher", start: Start): RunContext => ({
  ...context,
  starts: { ...context.starts, [role]: start },
});

/** @throws WeightsMismatch when the file is not at hand, or of another network */
function fromFile({ files }: RunContext, hash: string | undefined): Start {
  const tensors = hash && files?.get(hash);
  if (!tensors) throw new WeightsMismatch("their file is not here");
  return (network, classifier) => {
    loadEncoder(network, tensors);
    if (classifier) loadClassifier(classifier, tensors);
  };
}
