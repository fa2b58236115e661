import { counted } from "./words";

/** How it goes, and what it means. */
export const curves = {
  title: "How it goes",
  lead: "Held-out accuracy, losses and what keeps them honest",
  horizontalAxis: "Horizontal axis",
  axes: {
    step: { label: "Step", title: "Optimiser updates of the stage" },
    epoch: { label: "Epoch", title: "Passes through the training images" },
    wall: { label: "Time", title: "Training time of the run, its teacher's included" },
    macs: { label: "Compute", title: "Multiply-accumulates of the run, its teacher's included" },
  },
  tabs: "Charts",
  groups: {
    overview: "Overview",
    student: "Student",
    teacher: "Teacher",
    pretraining: "Pretraining",
    sourceTeacher: "Pretraining's teacher",
    terms: "Loss terms",
    mutual: "Mutual learning",
    schedules: "Schedules",
    speed: "Speed",
    more: "More",
  },
  mutualTitle: "What the student's loss is made of",
  mutualParts: {
    whole: "loss",
    labels: "labels",
    ensemble: "towards the peers' mean",
    entropy: "minus the peers' entropy",
  },
  ofArm: (metric: string, arm: string) => `${metric}, ${arm}`,
  arm: "arm",
  noTeacherYet: "No arm has measured a teacher yet.",
  noTargetYet: "No arm predicts this target view yet.",
  floors: { pixels: "raw pixels", untrained: "untrained", calibrated: "untrained, calibrated" },
  recorded: (arm: string) => `${arm}, recorded`,
  happened: (arm: string, what: string) => `${arm} ${what}`,
  collapsed: "collapsed",
  /** What a loss does that is no number any more. */
  diverged: "diverged",
  happenedAt: (event: string, step: string) => `${event} at step ${step}.`,
  crashed: (member: string) => `member ${member} crashed`,
};

export const welcome = {
  steps: [
    {
      says: "Teachers and students learn here, in this tab.",
      more: "Without labels, on views of the images below. Nothing is uploaded.",
    },
    {
      says: "Curves grow side by side.",
      more: "Held-out accuracy by nearest neighbours and by a linear probe, over steps, time or compute.",
    },
    {
      says: "Differences are taken in pairs.",
      more: "Arms share seeds; with too few of them the page says so.",
    },
  ],
  samples: "Sample images",
  train: "Train this comparison",
  orElse: "or begin with a preset above, or drop images of your own",
};

export const chartOptions = {
  title: "Chart options",
  verticalAxis: "Vertical axis",
  horizontalAxis: "Horizontal axis",
  horizontalScale: "Scale of the horizontal axis",
  scales: { linear: "Linear", log: "Log" },
  arms: "Arms",
  layouts: { together: "On one chart", apart: "One chart each" },
  seeds: "Seeds",
  seedChoices: { mean: "Mean of seeds", each: "Each seed" },
  band: "Band",
  bands: {
    deviation: { label: "SD", title: "± sample standard deviation over seeds" },
    error: { label: "SE", title: "± standard error of the mean over seeds" },
    interval: { label: "95 %", title: "95 % t-interval of the mean" },
    range: { label: "Min–max", title: "From the least to the greatest seed" },
    none: { label: "None", title: "The mean alone" },
  },
  smoothing: "Smoothing",
  smoothingHelp:
    "Smoothing is a debiased running mean that keeps this share of itself. The thin lines behind are what was measured; hover values are smoothed, saved files are not.",
  papers: "Papers' figures",
  noPaper: "None",
  ofPaper: (setting: string) =>
    `The paper's: ${setting}. Drawn on charts of linear and classifier accuracy; not comparable with what is measured here.`,
};

export const curveList = {
  title: "Runs",
  help: "Pinned arms come first and are drawn over the others. A run that is hidden leaves the curves' means, too; the table of results counts every run.",
  groupBy: "Group by",
  arm: "Arm",
  empty: "Nothing was trained here yet.",
  show: "Show",
  pin: "Pin",
  showArm: (arm: string) => `Show ${arm}`,
  pinArm: (arm: string) => `Pin ${arm}`,
  moveUp: (arm: string) => `Move ${arm} up`,
  moveDown: (arm: string) => `Move ${arm} down`,
  seeds: "Seeds",
  showSeed: (seed: number, arm: string) => `Show seed ${seed} of ${arm}`,
};

export const results = {
  grouped:
    "Arms with the same value are one row: its accuracies are over all of their runs, its differences seed by seed between means over its arms.",
  title: "What it means",
  lead: "Accuracy on held-out images, and differences between arms seed by seed",
  empty:
    "The table fills while the arms train: final and best accuracy, paired differences against an arm of your choice, compute and time.",
  ofSeed: (arm: string, seed: number) => `${arm}, seed ${seed}`,
};

export const floors = {
  summary: "What learning added: each student beside itself untrained",
  label: "Students beside themselves untrained",
  run: "Run",
  knnNow: "kNN, now",
  knnUntrained: "kNN, untrained",
  knnGain: "kNN, gain",
  linearUntrained: "Linear, untrained",
  linearGain: "Linear, gain",
  pixels: "raw pixels",
  linearFinal: "Linear, final",
  help: "Untrained means the encoder before its first step, with batch norm's statistics measured on training images.",
};

export const probeRates = {
  summary: "Which rate of the linear probe the features want",
  label: "Validation accuracy by the linear probe's rate",
  arm: "Arm",
  rate: (rate: number) => `rate ${rate}`,
  ofSeeds: (arm: string, seeds: number) => (seeds > 1 ? `${arm}, mean of ${counted(seeds, "seed")}` : arm),
  help: "Linear evaluation on frozen, standardised features: accuracy on validation images, darker is better, the best of each arm in bold. S2-BNN reports that features learnt by SGD want large rates and those learnt by Adam small ones.",
};

export const ledger = {
  summary: "What each arm costs: as trained, and as papers count",
  label: "Compute ledger",
  arm: "Arm",
  stage: "Stage",
  steps: "Steps",
  perStep: "Per step",
  forward: "forward",
  backward: "backward",
  momentum: "momentum copies",
  probe: "probe, besides",
  stageInAll: "Stage in all",
  runInAll: "Run in all",
  timesCheapest: "× cheapest",
  papers: "Papers, per image",
  parameters: "Parameters, S + T",
  stages: {
    teacher: "Teacher's stage",
    student: "Student's stage",
    joint: "Both together",
    sourceTeacher: "Pretraining's teacher",
    pretraining: "Pretraining",
    fineTune: "Fine-tuning",
    fix: "Fix",
  },
  help: "As trained: multiply-accumulates (MAC) of every forward and backward pass of both views, momentum copies and heads included; a backward pass counts as two forward ones. Papers: one forward pass of each network per image. The probe is counted by itself; nearest neighbours and other measurements are not.",
};

export const reproduction = {
  title: "Recorded curves",
  lead: (device: string) => `Measured by the sender of the link on ${device}.`,
  dotted: "Dotted on the charts.",
  reproduce: "Reproduce",
  putAside: "Put aside",
  changed: "Changed settings",
  change: (was: string, here: string) => `recorded with ${was}, here ${here}`,
  compared: (compared: number, recorded: number) =>
    `${compared} of ${counted(recorded, "recorded point")} compared`,
  distance: (mean: string, greatest: string) => `mean distance ${mean}, greatest ${greatest}`,
  notYetChanged: (settings: string) =>
    `Not compared yet. Settings differ from the recorded ones: ${settings}. Reproduce would train what is set here.`,
  andMore: (settings: string, more: number) => `${settings} and ${counted(more, "other")}`,
  asRecorded: "As recorded",
  asRecordedLead: (device: string) =>
    `From the curves that came with the link, measured on ${device}. Final stands for the last recorded point.`,
  setBack: "Set back as recorded",
  notYet: "Not compared yet. Reproduce trains the same experiment here and compares point by point.",
  differsByChange: (settings: string, far: string, distance: string) =>
    `Verdict: differs, for settings were changed: ${settings} (${far}; ${distance}).`,
  byMetric: "Distances by metric",
  metric: "Metric",
  points: "Points",
  meanDistance: "Mean distance",
  greatestDistance: "Greatest",
  tolerance: (within: string) =>
    `Same: every point within the recording's rounding of 0.00005. Close: a mean distance of at most ${within}.`,
  verdict: "Verdict",
  soFar: "So far",
  same: (head: string, far: string) =>
    `${head}: same. Every compared point lies within the recording's rounding of 0.00005 (${far}).`,
  close: (head: string, within: string, far: string, distance: string) =>
    `${head}: close, within a mean distance of ${within}. Devices round differently, and training makes much of little (${far}; ${distance}).`,
  differs: (head: string, within: string, far: string, distance: string) =>
    `${head}: differs. The mean distance is above ${within} (${far}; ${distance}).`,
};

export const trainings = {
  summary: "What differs between trainings",
  label: "Settings in which trainings differ",
  setting: "Setting",
  shown: "This training",
  help: "Saved trainings are compared with the baseline by seed as well. Runs of one seed share data order and initialisation only as far as these settings let them.",
};
