import type { ExperimentInput } from "../experiment";
import { sharedKnobs } from "../settings/training";
import { mildViews, withSuggestedGroups } from "../suggestions";

/** A paper's own figures, as it reports them; never mixed with results measured here. */
export interface PaperFigures {
  /** The measured quantity and its data. */
  readonly setting: string;
  /** "other": not an accuracy, so that it is not drawn on charts of accuracies. */
  readonly quantity?: "accuracy" | "other";
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Uncertain or incomparable figures. */
  readonly caveats: readonly string[];
}

/** A paper's study, scaled down to a browser. */
export interface Study {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly asks: string;
  /** The observation if the paper's finding holds here; `refutedBy` is the one that would contradict it. */
  readonly expects: string;
  readonly refutedBy: string;
  readonly figures?: PaperFigures;
  /** Minutes on a laptop's GPU. */
  readonly quick: ExperimentInput;
  /** As close to the paper as is feasible in a browser. */
  readonly full: ExperimentInput;
}

export type ArmInput = NonNullable<ExperimentInput["arms"]>[number];

/** Small images, the networks of the default experiment. */
export const quickArm = {
  student: { network: "R8", width: 0.125 },
  teacher: { network: "R8", width: 0.25 },
  steps: 300,
  teacherSteps: 600,
} as const satisfies ArmInput;

/** A size feasible in a browser (docs/methods.md §6): ResNet-50 at width 0.25 teaches ResNet-18 at width 0.25. */
export const fullArm = {
  student: { network: "R18", width: 0.25 },
  teacher: { network: "R50", width: 0.25 },
  steps: 3_000,
  teacherSteps: 3_000,
} as const satisfies ArmInput;

/** Rates for networks that learn from labels or from a supervised teacher. */
export const labeled = { optimiser: { learningRate: 0.2, teacherLearningRate: 0.2 } } as const;
export const adamW = {
  kind: "adamw",
  learningRate: 0.004,
  teacherLearningRate: 0.004,
  weightDecay: 1e-4,
} as const;

export const fullSetting = {
  dataset: { source: "shapes", difficulty: "hard", resolution: 32, train: 10_000, test: 2_000 },
  batchSize: 128,
  evaluation: { everySteps: 100 },
} as const satisfies ExperimentInput;

/** Both sizes of the same arms, which may depend on the size. */
export function sizesOf(
  arms:
    | readonly ArmInput[]
    | ((base: { readonly steps: number; readonly teacherSteps: number }) => readonly ArmInput[]),
  sizes: { readonly quick?: ArmInput; readonly full?: ArmInput; readonly seeds?: number[] } = {},
): Pick<Study, "quick" | "full"> {
  const seeds = sizes.seeds ? { seeds: sizes.seeds } : {};
  const sized = (base: NonNullable<ArmInput>, batchSize: number) => {
    const { steps = 0, teacherSteps = 0 } = base;
    const own = typeof arms === "function" ? arms({ steps, teacherSteps }) : arms;
    return own.map((arm) => withSuggestedGroups({ ...base, ...arm }, batchSize));
  };
  return {
    quick: { ...seeds, arms: sized({ ...quickArm, ...sizes.quick }, sharedKnobs.batchSize.default) },
    full: {
      ...fullSetting,
      seeds: [1, 2, 3],
      ...seeds,
      arms: sized({ ...fullArm, ...sizes.full }, fullSetting.batchSize),
    },
  };
}

/**
 * The same arms at several lengths of training, which their names state.
 *
 * @param teacherToo whether a teacher is trained as long as its student
 */
export function overLengths(
  arms: readonly ArmInput[],
  base: ArmInput,
  factors: readonly number[],
  teacherToo = false,
): ArmInput[] {
  return factors.flatMap((factor) =>
    arms.map((arm) => ({
      ...base,
      ...arm,
      name: factor === 1 ? (arm?.name ?? "Arm") : `${arm?.name} × ${factor}`,
      steps: (base?.steps ?? 200) * factor,
      ...(teacherToo && { teacherSteps: (base?.steps ?? 200) * factor }),
    })),
  );
}

/**
 * A study whose networks learn from labels or from a teacher that did. Function matching shows crops and flips alone, so that
 * an arm beside it that saw jitter would differ in two ways.
 */
export const withMildViews = ({ quick, full, ...study }: Study): Study => ({
  ...study,
  quick: { ...quick, views: mildViews },
  full: { ...full, views: mildViews },
});
