import { counted, integer } from "./words";

/** Charts and tables. */
export const charts = {
  axes: { step: "Step", epoch: "Epoch", wall: "Training time", macs: "Compute (MACs)" },
  against: (title: string, axis: string) => `${title} against ${axis.toLowerCase()}.`,
  at: (name: string, value: string, place: string) => `${name}: ${value} at ${place}.`,
  /** Percentage points. */
  points: "pp",
  fromTo: (low: string, high: string) => `${low} to ${high}`,
  showAll: "Show all",
  dataTable: "Data table",
  listenTo: (name: string) => `Listen to ${name}`,
  tableCaption: (title: string) => `${title}: mean ± standard deviation over n seeds`,
  saveAs: (title: string, format: string) => `Save ${title} as ${format}`,
  notSaved: (why: string) => `Not saved. ${why}`.trimEnd(),
  noPlot: "There is no plot yet.",
  noCanvas: "The browser gave no canvas to draw the picture on.",
  tooLarge: "The picture is too large.",
  shownFrom: "Shown from",
  shownTo: "Shown to",
  allHidden: "Every curve is hidden. Press a name below to show it.",
  noPoints: "No points yet. Curves begin with the first measurement.",
  dropped: (points: number) =>
    points === 1
      ? "1 point at or below zero has no place on a log axis."
      : `${integer(points)} points at or below zero have no place on a log axis.`,
  difference: {
    noneYet: (arm: string, baseline: string) => `${arm} − ${baseline}: no seed has finished in both yet.`,
    equalCompute: "at equal compute",
    timesCompute: (times: string) => `at × ${times} compute`,
    arms: (arm: string, baseline: string) => `${arm} − ${baseline}`,
    measured: (arms: string, points: string, seeds: number) =>
      `${arms}: ${points} over ${counted(seeds, "seed")}`,
    tooFew: (measured: string) => `${measured}; not enough seeds to tell.`,
    unclear: (measured: string, interval: string) =>
      `${measured}; the 95 % interval, ${interval}, includes no difference: not enough seeds to tell.`,
    better: (measured: string, interval: string) => `${measured}; better: the 95 % interval is ${interval}.`,
    worse: (measured: string, interval: string) => `${measured}; worse: the 95 % interval is ${interval}.`,
  },
};

export const resultsTable = {
  label: "Results table",
  caption: "Accuracy on held-out images: mean ± sample standard deviation over seeds.",
  againstWhom: (baseline: string) => `Differences in percentage points against ${baseline}, seed by seed.`,
  empty: "No arms to compare yet.",
  baseline: "Baseline",
  isBaseline: "baseline",
  compareWith: (arm: string) => `Compare with ${arm}`,
  compareBy: "Compare by",
  differences: "Differences against the baseline",
  differencesTitle: (metric: string, baseline: string) => `${metric}: differences against ${baseline}`,
  forestHelp:
    "Each ring is a seed's difference, the diamond their mean, the bar its 95 % t-interval, cut off where it leaves the picture. The dashed line is no difference.",
  seedBySeed: (metric: string) => `${metric}, seed by seed:`,
  metrics: {
    finalKnn: "kNN, final",
    bestKnn: "kNN, best",
    finalLinear: "Linear, final",
    bestLinear: "Linear, best",
  },
  meanings: {
    finalKnn: "Held-out kNN accuracy after the last step: mean ± sample standard deviation over seeds.",
    bestKnn: "The best kNN accuracy that a run ever had: mean ± sample standard deviation over seeds.",
    finalLinear:
      "Held-out accuracy of a linear classifier on frozen features after the last step: mean ± sample standard deviation.",
    bestLinear: "The best linear accuracy that a run ever had: mean ± sample standard deviation over seeds.",
  },
  arm: "Arm",
  armMeaning: "One scheme with its settings.",
  seeds: "Seeds",
  seedsMeaning: "Runs that have finished, of those planned.",
  difference: "Against baseline",
  differenceMeaning: (metric: string) => `${metric}: this arm minus the baseline, seed by seed.`,
  compute: "Compute",
  computeMeaning: "Multiply-accumulates of one run as trained, forward and backward.",
  time: "Time",
  timeMeaning: "Training time of one run, pauses left out: mean over seeds.",
};

/** Paired differences as a table of their own. */
export const differencesTable = {
  title: "Differences, seed by seed",
  help: "Mean ± sample standard deviation of the differences between runs of the same seed, which share data order and initialisation; 95 % t-interval of the mean.",
  arms: "Arms",
  metric: "Accuracy",
  seeds: "Seeds",
  difference: "Difference",
  interval: "95 % interval",
  verdict: "Verdict",
  verdicts: {
    better: "better",
    worse: "worse",
    unclear: "not enough seeds to tell",
    "too-few": "not enough seeds to tell",
  },
};
