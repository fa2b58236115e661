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
  noPlot: "Nothing has been plotted yet.",
  noCanvas: "Could not create a canvas for the image.",
  tooLarge: "The image is too large.",
  shownFrom: "Shown from",
  shownTo: "Shown to",
  allHidden: "All curves are hidden. Click a name below to show one.",
  noPoints: "No data yet. Curves start with the first measurement.",
  dropped: (points: number) =>
    points === 1
      ? "1 point at or below zero is not shown on the log axis."
      : `${integer(points)} points at or below zero are not shown on the log axis.`,
  difference: {
    noneYet: (arm: string, baseline: string) =>
      `${arm} − ${baseline}: no seed has finished in both arms yet.`,
    equalCompute: "at equal compute",
    timesCompute: (times: string) => `at × ${times} compute`,
    arms: (arm: string, baseline: string) => `${arm} − ${baseline}`,
    measured: (arms: string, points: string, seeds: number) =>
      `${arms}: ${points} over ${counted(seeds, "seed")}`,
    tooFew: (measured: string) => `${measured}; not enough seeds to tell.`,
    unclear: (measured: string, interval: string) =>
      `${measured}; the 95 % interval, ${interval}, includes zero: not enough seeds to tell.`,
    better: (measured: string, interval: string) => `${measured}; better: the 95 % interval is ${interval}.`,
    worse: (measured: string, interval: string) => `${measured}; worse: the 95 % interval is ${interval}.`,
  },
};

export const resultsTable = {
  label: "Results table",
  caption: "Accuracy on held-out images: mean ± sample standard deviation over seeds.",
  baselineNote: (baseline: string) => `Differences in percentage points against ${baseline}, seed by seed.`,
  empty: "No arms to compare yet.",
  baseline: "Baseline",
  isBaseline: "baseline",
  compareWith: (arm: string) => `Compare with ${arm}`,
  compareBy: "Compare by",
  differences: "Differences against the baseline",
  differencesTitle: (metric: string, baseline: string) => `${metric}: differences against ${baseline}`,
  forestHelp:
    "Each ring is one seed's difference, the diamond their mean, and the bar the mean's 95 % t-interval, cut off at the edge of the chart. The dashed line marks zero difference.",
  seedBySeed: (metric: string) => `${metric}, seed by seed:`,
  metrics: {
    finalKnn: "kNN, final",
    balancedKnn: "kNN, balanced",
    bestKnn: "kNN, best",
    finalLinear: "Linear, final",
    balancedLinear: "Linear, balanced",
    bestLinear: "Linear, best",
  },
  meanings: {
    finalKnn: "Held-out kNN accuracy after the last step: mean ± sample standard deviation over seeds.",
    balancedKnn:
      "Final kNN accuracy as the mean over classes, so that small classes count as much as large ones: mean ± sample standard deviation over seeds.",
    bestKnn: "The best kNN accuracy at any point of a run: mean ± sample standard deviation over seeds.",
    finalLinear:
      "Held-out accuracy of a linear classifier on frozen features after the last step: mean ± sample standard deviation.",
    balancedLinear:
      "Final linear accuracy as the mean over classes: mean ± sample standard deviation over seeds.",
    bestLinear:
      "The best linear accuracy at any point of a run: mean ± sample standard deviation over seeds.",
  },
  arm: "Arm",
  armMeaning: "One scheme with its settings.",
  seeds: "Seeds",
  seedsMeaning: "Finished runs out of those planned.",
  difference: "Against baseline",
  differenceMeaning: (metric: string) => `${metric}: this arm minus the baseline, seed by seed.`,
  compute: "Compute",
  computeMeaning: "Multiply-accumulates of one run, forward and backward.",
  time: "Time",
  timeMeaning: "Training time of one run without pauses: mean over seeds.",
};

/** The table of paired differences. */
export const differencesTable = {
  title: "Differences, seed by seed",
  help: "Mean ± sample standard deviation of the differences between runs of the same seed, which share data order and initialization; 95 % t-interval of the mean.",
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
