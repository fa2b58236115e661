import { type TargetViewNumber, targetViewNumbers } from "../experiment";

/** Metrics measured during training: names, units, and rows. */

export type MetricUnit = "none" | "fraction" | "rate" | "per-second" | "bytes";

export interface MetricDescription {
  readonly label: string;
  readonly unit: MetricUnit;
  /** Explanation of the value, for the page's help. */
  readonly meaning: string;
}

/** Numbers of the cohort's members other than the student, which is member 1. */
export const peerNumbers = [2, 3, 4] as const;
type PeerNumber = (typeof peerNumbers)[number];
type PeerMetric = `member${PeerNumber}${"Loss" | "Top1"}`;
type CrashMetric = `member${1 | PeerNumber}CrashStep`;

function memberMetrics(): Record<PeerMetric | CrashMetric, MetricDescription> {
  const ofPeers = peerNumbers.flatMap((number): [PeerMetric, MetricDescription][] => [
    [
      `member${number}Loss`,
      {
        label: `Loss of member ${number}`,
        unit: "none",
        meaning: "The loss that this member of the cohort minimizes.",
      },
    ],
    [
      `member${number}Top1`,
      {
        label: `Top-1 of member ${number}`,
        unit: "fraction",
        meaning: "Accuracy of this member's own classifier on validation images.",
      },
    ],
  ]);
  const crashes = ([1, ...peerNumbers] as const).map((number): [CrashMetric, MetricDescription] => [
    `member${number}CrashStep`,
    {
      label: `Crash of member ${number}`,
      unit: "none",
      meaning:
        "The step after which this member, having been above chance, was at chance in three evaluations in a row.",
    },
  ]);
  return Object.fromEntries([...ofPeers, ...crashes]) as Record<PeerMetric | CrashMetric, MetricDescription>;
}

type ViewLossName = `viewLoss${TargetViewNumber}`;

/** One term of the student's loss per target view, in the order of SimDis's table. */
function viewLosses(): Record<ViewLossName, MetricDescription> {
  const labels = ["S-v′", "Ŝ-v", "Ŝ-v′", "T-v", "T-v′", "T̂-v", "T̂-v′"];
  const entries = targetViewNumbers.map((view): [ViewLossName, MetricDescription] => [
    `viewLoss${view}`,
    {
      label: `Loss, target view ${view} (${labels[view - 1]})`,
      unit: "none",
      meaning: "This target view's term of the student's loss, before the mean over the chosen views.",
    },
  ]);
  return Object.fromEntries(entries) as Record<ViewLossName, MetricDescription>;
}

/** Learning rates of groups of layers with their own rates, from the stem on. */
export const layerRateMetrics = ["stemRate", "stage1Rate", "stage2Rate", "stage3Rate", "stage4Rate"] as const;
type LayerRateMetric = (typeof layerRateMetrics)[number];

function layerRatesOf(): Record<LayerRateMetric, MetricDescription> {
  const entries = layerRateMetrics.map((name, group): [LayerRateMetric, MetricDescription] => [
    name,
    {
      label: group === 0 ? "Learning rate of the stem" : `Learning rate of stage ${group}`,
      unit: "rate",
      meaning: "The rate of these layers of the student; its heads learn at the full rate.",
    },
  ]);
  return Object.fromEntries(entries) as Record<LayerRateMetric, MetricDescription>;
}

export const metrics = {
  studentLoss: {
    label: "Student loss",
    unit: "none",
    meaning: "The loss that the student's optimizer minimizes.",
  },
  teacherLoss: {
    label: "Teacher loss",
    unit: "none",
    meaning: "The loss that the teacher's optimizer minimizes.",
  },
  ...viewLosses(),
  contrastLoss: {
    label: "Contrastive loss",
    unit: "none",
    meaning: "The term that distinguishes images, before weighting.",
  },
  gradientCosine: {
    label: "Cosine of the two gradients",
    unit: "none",
    meaning:
      "Between contrast and distillation, at the embedding: below 0 the two terms work against each other.",
  },
  wholeLoss: {
    label: "Loss on whole crops",
    unit: "none",
    meaning: "The student's loss on full-size crops, before averaging with the loss on small patches.",
  },
  patchLoss: { label: "Loss on patches", unit: "none", meaning: "The student's loss on small patches." },
  labelLoss: {
    label: "Loss on labels",
    unit: "none",
    meaning: "Cross-entropy with the true classes, before weighting.",
  },
  distillationLoss: {
    label: "Distillation loss",
    unit: "none",
    meaning: "Distance of the student from its teacher, before weighting.",
  },
  mutualEnsemble: {
    label: "Mutual term: peers' mean",
    unit: "none",
    meaning: "Cross-entropy of the student with the mean of its peers' probabilities.",
  },
  mutualPeerEntropy: {
    label: "Mutual term: peers' entropy",
    unit: "none",
    meaning: "Mean entropy of the peers. It is subtracted and does not depend on the student.",
  },
  ...memberMetrics(),
  cohortTop1: {
    label: "Top-1 of the cohort, mean",
    unit: "fraction",
    meaning: "Mean accuracy of all members' own classifiers on validation images.",
  },
  ensembleTop1: {
    label: "Top-1 of the cohort, together",
    unit: "fraction",
    meaning: "Accuracy of the mean of all members' class probabilities on validation images.",
  },
  top1: {
    label: "Classifier top-1",
    unit: "fraction",
    meaning: "Held-out accuracy of the network's own classifier, which its loss trains.",
  },
  knnTop1: {
    label: "kNN top-1",
    unit: "fraction",
    meaning:
      "Share of held-out images for which the weighted vote of the nearest training features is right.",
  },
  knnBalanced: {
    label: "kNN, balanced",
    unit: "fraction",
    meaning:
      "Mean over classes of the kNN accuracy on each, so that small classes count as much as large ones; measured where classes are unequal.",
  },
  probeTop1: {
    label: "Linear probe top-1",
    unit: "fraction",
    meaning:
      "Held-out accuracy of a linear classifier on the encoder's features, which its gradient does not reach.",
  },
  probeBalanced: {
    label: "Linear probe, balanced",
    unit: "fraction",
    meaning: "Mean over classes of the linear probe's accuracy on each; measured where classes are unequal.",
  },
  probeTop5: {
    label: "Linear probe top-5",
    unit: "fraction",
    meaning: "The same, where a prediction counts as right if the class is among the top five.",
  },
  teacherKnnTop1: {
    label: "Teacher's kNN top-1",
    unit: "fraction",
    meaning: "kNN accuracy on the teacher's features.",
  },
  teacherProbeTop1: {
    label: "Teacher's linear probe top-1",
    unit: "fraction",
    meaning:
      "Held-out accuracy of a linear classifier on the teacher's features, which its gradient does not reach.",
  },
  teacherTop1: {
    label: "Teacher's classifier top-1",
    unit: "fraction",
    meaning: "Held-out accuracy of the teacher's own classifier.",
  },
  teacherEntropy: {
    label: "Entropy of the teacher's outputs",
    unit: "none",
    meaning:
      "Near 0, every image maps to one prototype; near the logarithm of their number, outputs are uniform. Both are collapse.",
  },
  agreement: {
    label: "Teacher–student agreement",
    unit: "fraction",
    meaning: "Share of held-out images for which teacher and student predict the same class.",
  },
  spread: {
    label: "Embedding spread",
    unit: "none",
    meaning:
      "√d times the mean standard deviation of normalized embeddings: about 1 is healthy, 0 is collapse.",
  },
  teacherSpread: {
    label: "Teacher's embedding spread",
    unit: "none",
    meaning: "The same spread for the teacher's projections.",
  },
  learningRate: {
    label: "Learning rate",
    unit: "rate",
    meaning: "The optimizer's rate at this step: the teacher's in its own stage, otherwise the student's.",
  },
  heatmapLoss: {
    label: "Loss of the heat map",
    unit: "none",
    meaning: "Error of the detector's map of object centers, per object.",
  },
  boxLoss: {
    label: "Loss of the boxes",
    unit: "none",
    meaning: "Error of the boxes' sides and offsets at the object centers, per object.",
  },
  detectionAp: {
    label: "Detection AP@.5",
    unit: "fraction",
    meaning:
      "Mean average precision on held-out canvases; a box counts if its IoU with the object is at least 0.5.",
  },
  poolImages: {
    label: "Unlabeled images",
    unit: "none",
    meaning: "Number of unlabeled images that the student learns from in addition to the labeled ones.",
  },
  poolDuplicates: {
    label: "Duplicates removed",
    unit: "none",
    meaning: "Unlabeled images that duplicate held-out ones; they are excluded from training.",
  },
  ...layerRatesOf(),
  tau: {
    label: "EMA momentum τ",
    unit: "none",
    meaning: "Share of their previous weights that the EMA networks keep at each step.",
  },
  targetClassLoss: {
    label: "Distillation loss: target class",
    unit: "none",
    meaning: "Divergence of student and teacher on the true class against all others, before weighting.",
  },
  otherClassesLoss: {
    label: "Distillation loss: other classes",
    unit: "none",
    meaning: "Divergence of student and teacher among the classes other than the true one, before weighting.",
  },
  shadowLoss: {
    label: "Loss of the shadow head",
    unit: "none",
    meaning: "The loss of the head on the frozen teacher's features, which learns along with the student.",
  },
  searchLoss: {
    label: "Loss of the search",
    unit: "none",
    meaning: "Cross-entropy of the student's patches with what they find in the other network's image.",
  },
  imagesPerSecond: { label: "Throughput", unit: "per-second", meaning: "Training images per second." },
  gpuBytes: { label: "GPU memory", unit: "bytes", meaning: "Size of the allocated GPU buffers." },
} as const satisfies Record<string, MetricDescription>;

export type MetricName = keyof typeof metrics;
export const metricNames = Object.keys(metrics) as readonly MetricName[];

/**
 * A phase of a run; each occurs at most once per run. Offline schemes have a teacher's stage before the student's.
 * Recorded curves contain indices of this list: append only.
 */
export const stages = [
  "teacher",
  "student",
  "joint",
  /** The teacher of a student pretrained by distillation. */
  "sourceTeacher",
  "pretraining",
  /** SSLD's last steps: only the experiment's own images, at a hundredth of the rate. */
  "fineTune",
  /** Only the classifier, on larger images. */
  "fix",
] as const;
export type Stage = (typeof stages)[number];

/** What a curve may be drawn over. Step and epoch count within a stage, wall milliseconds and MACs within the run. */
export type XAxis = "step" | "epoch" | "wall" | "macs";

export interface MetricRow {
  readonly stage: Stage;
  /** Updates within the stage so far. */
  readonly step: number;
  readonly epoch: number;
  /** Milliseconds of training since the run began, without pauses. */
  readonly wallMs: number;
  /** Multiply-accumulates of the run so far, forward and backward. */
  readonly macs: number;
  readonly values: Readonly<Partial<Record<MetricName, number>>>;
}
