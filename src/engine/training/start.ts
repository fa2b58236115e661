import { type Arm, defaultArm, defaultScheme, type Experiment } from "../../protocol/experiment";
import type { NamedNumbers } from "../networks/parameters";
import { copyEncoder, loadClassifier, loadEncoder, WeightsMismatch } from "./learners/load-weights";
import type { RunContext, Start } from "./run-context";
import type { Pretraining } from "./teachers/shared-stages";

/** The start of networks from trained weights. */

const pretrainings = { supervised: "supervised", byol: "byol", distilled: "ssld" } as const;

/**
 * The pretraining of an arm as an arm of its own: the same networks and optimizer, another scheme. Undefined without
 * pretraining.
 */
export function pretrainingOf(arm: Arm): Arm | undefined {
  const { from, steps } = arm.start;
  if (from === "scratch" || from === "file") return undefined;
  const { start } = defaultArm("supervised");
  const optimiser = { ...arm.optimiser, layerRates: "uniform" } as const;
  const { model: _, ...others } = arm;
  const scheme = defaultScheme(pretrainings[from]);
  return { ...others, scheme, steps, fixSteps: 0, answers: "computed", optimiser, start };
}

/** The context for creating an arm's student, with the weights that it starts from. */
export function withStudentStart(context: RunContext, { start }: Arm, pretraining?: Pretraining): RunContext {
  if (pretraining) {
    return withStart(context, "student", (network) => copyEncoder(pretraining.backbone, network));
  }
  return start.from === "file" ? withStart(context, "student", fromFile(context, start.file)) : context;
}

/** The context for creating an arm's teacher, with the weights that it starts from. */
export function withTeacherStart(context: RunContext, { start }: Arm): RunContext {
  return start.teacherFile ? withStart(context, "teacher", fromFile(context, start.teacherFile)) : context;
}

const withStart = (context: RunContext, role: "student" | "teacher", start: Start): RunContext => ({
  ...context,
  starts: { ...context.starts, [role]: start },
});

/** @throws WeightsMismatch if the file is missing or belongs to another network */
function fromFile({ files }: RunContext, hash: string | undefined): Start {
  const tensors = hash && files?.get(hash);
  if (!tensors) throw new WeightsMismatch("their file has not been imported");
  return (network, classifier) => {
    loadEncoder(network, tensors);
    if (classifier) loadClassifier(classifier, tensors);
  };
}

/**
 * Loads the weights that arms start from, by the hash of their file. A missing file is reported when a network needs it.
 *
 * @param find loads a weights file by its hash
 */
export async function loadStartFiles(
  { arms }: Experiment,
  find: ((hash: string) => Promise<readonly NamedNumbers[] | undefined>) | undefined,
): Promise<ReadonlyMap<string, readonly NamedNumbers[]>> {
  const hashes = arms.flatMap(({ start: { from, file, teacherFile } }) =>
    [from === "file" ? file : undefined, teacherFile].filter((hash) => hash !== undefined),
  );
  const found = new Map<string, readonly NamedNumbers[]>();
  for (const hash of new Set(hashes)) {
    const tensors = await find?.(hash);
    if (tensors) found.set(hash, tensors);
  }
  return found;
}
