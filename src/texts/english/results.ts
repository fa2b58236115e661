import { counted, integer } from "./words";

/** Curves and results. */
export const curves = {
  title: "Curves",
  leads: {
    validation: "Accuracy on validation images, and losses, with reference lines",
    test: "Accuracy on test images, as in experiments of earlier versions, and losses, with reference lines",
  },
  horizontalAxis: "Horizontal axis",
  axes: {
    step: { label: "Step", title: "Optimizer updates of the stage" },
    epoch: { label: "Epoch", title: "Passes through the training images" },
    wall: { label: "Time", title: "Training time of the run, including its teacher's" },
    macs: { label: "Compute", title: "Multiply-accumulates of the run, including its teacher's" },
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
  mutualTitle: "Terms of the student's loss",
  mutualParts: {
    whole: "loss",
    labels: "labels",
    ensemble: "peers' mean",
    entropy: "minus peers' entropy",
  },
  ofArm: (metric: string, arm: string) => `${metric}, ${arm}`,
  arm: "arm",
  noTeacherYet: "No arm has measured a teacher yet.",
  noTargetYet: "No arm has predicted this target view yet.",
  floors: {
    pixels: "raw pixels",
    untrained: "untrained",
    calibrated: "untrained, calibrated",
    majority: "always the largest class",
  },
  recorded: (arm: string) => `${arm}, recorded`,
  happened: (arm: string, what: string) => `${arm} ${what}`,
  collapsed: "collapsed",
  /** A loss has become NaN or infinite. */
  diverged: "diverged",
  happenedAt: (event: string, step: string) => `${event} at step ${step}.`,
  crashed: (member: string) => `member ${member} crashed`,
};

export const welcome = {
  samples: "Sample images",
  train: "Train this comparison",
  orElse: "or start from a preset above, or drop your own images",
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
    range: { label: "Min–max", title: "From the lowest to the highest seed" },
    none: { label: "None", title: "No band" },
  },
  smoothing: "Smoothing",
  smoothingHelp:
    "A bias-corrected running mean; this is the share it keeps of its previous value. Thin lines show the measured values. Values on hover are smoothed, saved files are not.",
  papers: "Papers' figures",
  noPaper: "None",
  ofPaper: (setting: string) =>
    `From the paper: ${setting}. Drawn on charts of linear and classifier accuracy; not comparable with the results measured here.`,
};

export const curveList = {
  title: "Runs",
  help: "Pinned arms come first and are drawn on top. Hidden runs are also left out of the curves' means; the results table counts every run.",
  groupBy: "Group by",
  arm: "Arm",
  empty: "Nothing has been trained yet.",
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
    "Arms with the same value share a row: accuracies are taken over all of their runs, differences seed by seed between the means over arms.",
  title: "Results",
  lead: "Accuracy on test images, and differences between arms, seed by seed",
  ofSeed: (arm: string, seed: number) => `${arm}, seed ${seed}`,
};

/** Beside the results. */
export const compared = {
  title: "What was compared",
  cost: "Conditions and cost so far",
  images: "Images",
  seeds: "Seeds",
  batch: "Batch size",
  steps: "Steps of all runs",
  compute: "Compute of all runs",
  time: "Training time of all runs",
  device: "Device",
};

export const floors = {
  summary: "Gain from training: each student compared with its untrained self",
  label: "Students before and after training",
  run: "Run",
  knnNow: "kNN, now",
  knnUntrained: "kNN, untrained",
  knnGain: "kNN, gain",
  knnBalanced: "kNN, balanced",
  majority: "always the largest class",
  linearUntrained: "Linear, untrained",
  linearGain: "Linear, gain",
  pixels: "raw pixels",
  linearNow: "Linear, now",
  help: "Untrained: the encoder before its first step, with batch norm statistics measured on training images. Balanced: the mean of the accuracies on each class. Always the largest class: the accuracy of answering the most frequent class of the training images for every image.",
};

/** Teachers, next to their untrained selves. */
export const teachers = {
  title: "Teachers",
  measures: { kNN: "kNN", classifier: "its classifier" },
  who: (arms: string, seed: number) => `Teacher of ${arms}, seed ${seed}`,
  now: (measure: string, latest: string, untrained: string) => `${measure} ${latest}, untrained ${untrained}`,
  gained: (points: string) => `${points} pp`,
  waiting: (who: string) => `${who}: not trained yet.`,
  notYet: "it has not begun to learn",
  training: (who: string, step: number, steps: number, now: string, gain: string) =>
    `${who}, step ${integer(step)} of ${integer(steps)}: ${now} (${gain}).`,
  trained: (who: string, now: string, gain: string) => `${who}, when its students begin: ${now} (${gain}).`,
  failed: (who: string, now: string, steps: number, isOver: boolean) =>
    `${who} did not learn in its ${counted(steps, "step")}: ${now}. Students that follow it cannot be expected to learn from it; ${isOver ? "it needs more steps" : "stop, and give it more steps"}.`,
};

export const probeRates = {
  summary: "Best learning rate for the linear probe",
  label: "Validation accuracy by the linear probe's learning rate",
  arm: "Arm",
  rate: (rate: number) => `rate ${rate}`,
  ofSeeds: (arm: string, seeds: number) => (seeds > 1 ? `${arm}, mean of ${counted(seeds, "seed")}` : arm),
  help: "Linear evaluation by SGD on frozen features as they are, whose scale matters: accuracy on validation images. Darker is better; each arm's best is in bold. S2-BNN reports that features learned with SGD need high rates and those learned with Adam low ones.",
};

export const ledger = {
  summary: "Compute of each arm: as trained, and as papers count it",
  label: "Compute ledger",
  arm: "Arm",
  stage: "Stage",
  steps: "Steps",
  perStep: "Per step",
  forward: "forward",
  backward: "backward",
  momentum: "momentum copies",
  probe: "probe, extra",
  stageInAll: "Stage total",
  runInAll: "Run total",
  timesCheapest: "× cheapest",
  papers: "Papers, per image",
  parameters: "Parameters, S + T",
  stages: {
    teacher: "Teacher's stage",
    student: "Student's stage",
    joint: "Joint stage",
    sourceTeacher: "Pretraining's teacher",
    pretraining: "Pretraining",
    fineTune: "Fine-tuning",
    fix: "Fix",
  },
  help: "As trained: multiply-accumulates (MAC) of every forward and backward pass of both views, including momentum copies and heads; a backward pass counts as two forward passes. Papers: one forward pass of each network per image. The probe is counted separately; nearest neighbors and other measurements are not counted.",
};

export const reproduction = {
  title: "Recorded curves",
  lead: (device: string) => `Measured by the sender of the link on ${device}.`,
  dotted: "Dotted on the charts.",
  reproduce: "Reproduce",
  dismiss: "Dismiss",
  changed: "Changed settings",
  change: (was: string, here: string) => `recorded with ${was}, here ${here}`,
  compared: (compared: number, recorded: number) =>
    `${compared} of ${counted(recorded, "recorded point")} compared`,
  distance: (mean: string, greatest: string) => `mean distance ${mean}, greatest ${greatest}`,
  notYetChanged: (settings: string) =>
    `Not compared yet. Settings differ from the recorded ones: ${settings}. Reproduce would train with the current settings.`,
  andMore: (settings: string, more: number) => `${settings} and ${counted(more, "other")}`,
  asRecorded: "As recorded",
  asRecordedLead: (device: string) =>
    `From the curves in the link, measured on ${device}. “Final” is the last recorded point.`,
  restore: "Restore recorded settings",
  notYet: "Not compared yet. Reproduce trains the same experiment here and compares point by point.",
  differsByChange: (settings: string, far: string, distance: string) =>
    `Verdict: differs, because settings were changed: ${settings} (${far}; ${distance}).`,
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
    `${head}: close, within a mean distance of ${within}. Devices round differently, and training amplifies small differences (${far}; ${distance}).`,
  differs: (head: string, within: string, far: string, distance: string) =>
    `${head}: differs. The mean distance is above ${within} (${far}; ${distance}).`,
};

export const trainings = {
  summary: "Differences between trainings",
  label: "Settings that differ between trainings",
  setting: "Setting",
  shown: "This training",
  help: "Saved trainings are also compared with the baseline seed by seed. Runs of one seed share data order and initialization only as far as these settings allow.",
};
