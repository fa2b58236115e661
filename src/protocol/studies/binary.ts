import type { ExperimentInput } from "../experiment";
import { methods } from "../methods/methods";
import { mildViews } from "../suggestions";
import { type ArmInput, quickArm, type Study, sizesOf } from "./study";

const source = "Shen et al. 2021, S2-BNN";

const adam = { ...methods.s2bnn.rates.optimiser, kind: "adam" } as const;
const sgd = { ...methods.moco.rates.optimiser, kind: "sgd", weightDecay: 1e-4 } as const;
const binary = { ...methods.s2bnn.rates, student: { network: "ReAct", width: 0.5 } } as const;

const figures = {
  setting: "ImageNet top-1 of a binary network, linear evaluation",
  columns: ["MoCo, original", "① better baseline", "②", "③"],
  rows: [["46.9", "52.5", "56.0", "61.5"]],
  caveats: [],
} as const;

/** Both sizes, with a linear classifier by SGD, whose best rate is part of the finding. */
function withSweptProbe(arms: readonly ArmInput[]): Pick<Study, "quick" | "full"> {
  const { quick, full } = sizesOf(arms);
  const swept = (size: ExperimentInput): ExperimentInput => ({
    ...size,
    evaluation: { ...size.evaluation, probe: "sgd" },
  });
  return { quick: swept(quick), full: swept(full) };
}

export const binaryStudies: readonly Study[] = [
  {
    id: "s2bnn-strategies",
    name: "A binary student: contrast, teacher, or both?",
    source,
    asks: "Contrast ①, contrast with distillation ② and distillation alone ③, on a binary network.",
    expects: "③ leads ②, ② leads ①; under ② the two gradients pull apart.",
    refutedBy: "② ahead of ③, or gradients that agree throughout.",
    figures,
    ...sizesOf(
      (["contrast", "both", "distillation"] as const).map((strategy, i): ArmInput => {
        const name = `${"①②③"[i]} ${strategy}`;
        return { ...binary, name, scheme: { method: "s2bnn", strategy }, optimiser: adam };
      }),
      { full: { student: { network: "ReAct", width: 1 } } },
    ),
  },
  {
    id: "s2bnn-baseline",
    name: "A binary student: SGD or Adam, one step or two?",
    source,
    asks: "Contrast alone with SGD and with Adam; weights are binary from the start or only in a second step; and milder views, which the paper's better baseline has besides Adam.",
    expects:
      "Adam leads SGD, and its features need lower rates of the linear probe; milder views add to that.",
    refutedBy: "SGD ahead of Adam over several seeds, or milder views without effect.",
    figures,
    ...withSweptProbe([
      ...([sgd, adam] as const).flatMap((optimiser) =>
        (["one", "two"] as const).map((training): ArmInput => {
          const name = `${optimiser.kind === "sgd" ? "SGD" : "Adam"}, ${training === "one" ? "one step" : "two steps"}`;
          return { ...binary, name, scheme: { method: "s2bnn", strategy: "contrast", training }, optimiser };
        }),
      ),
      {
        ...binary,
        name: "Adam, mild views",
        scheme: { method: "s2bnn", strategy: "contrast" },
        optimiser: adam,
        views: mildViews,
      },
    ]),
  },
  {
    id: "s2bnn-online",
    name: "A binary student: does the teacher have to be trained first?",
    source,
    asks: "Distillation from a teacher trained first, and from one that learns alongside the student.",
    expects: "A teacher trained first leads in runs of this length.",
    refutedBy: "An online teacher that does equally well.",
    ...sizesOf(
      (["offline", "online"] as const).map(
        (teacherTiming): ArmInput => ({
          ...binary,
          name: teacherTiming === "offline" ? "Trained first" : "Alongside",
          scheme: { method: "s2bnn", teacherTiming },
          optimiser: adam,
        }),
      ),
      { quick: { teacherSteps: quickArm.steps } },
    ),
  },
];
