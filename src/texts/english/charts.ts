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
  legend: "Legend of all charts",
  listenTo: (name: string) => `Listen to ${name}`,
  tableCaption: (title: string) => `${title}: mean ± standard deviation over n seeds`,
  saveAs: (title: string, format: string) => `Save ${title} as ${format}`,
  notSaved: (why: string) => `Not saved. ${why}`.trimEnd(),
  noPlot: "Nothing has been plotted yet.",
  noCanvas: "Could not create a canvas for the image.",
  tooLarge: "The image is too large.",
  shownFrom: "Shown from",
  shownTo: "Shown to",
  allHidden: "All curves are hidden. Click a name in the legend to show one.",
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
    tooFew: (measured: string, fewest: number) =>
      `${measured}; not enough seeds to tell: a verdict takes at least ${integer(fewest)}.`,
    /** `together`: the number of differences judged together. */
    interval: (ends: string, together: number) =>
      together > 1
        ? `the 95 % interval over seeds, corrected for ${integer(together)} comparisons, is ${ends}`
        : `the 95 % interval over seeds is ${ends}`,
    better: (measured: string, interval: string, _bound: string) => `${measured}; better: ${interval}.`,
    worse: (measured: string, interval: string, _bound: string) => `${measured}; worse: ${interval}.`,
    small: (measured: string, interval: string, bound: string) =>
      `${measured}; no difference larger than ${bound}: ${interval}.`,
    unclear: (measured: string, interval: string, bound: string) =>
      `${measured}; cannot be told yet: ${interval}, so that it may be zero or up to ${bound}.`,
  },
};

const bestNetwork =
  "the network as it was when it was best on validation images, by its own classifier or, without one, by kNN. Where curves are measured on test images, as in experiments of earlier versions, it is the highest point of the curve, which is too high.";

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
    "Each ring is one seed's difference, the diamond their mean, and the bar the mean's 95 % interval, cut off at the edge of the chart. The dashed line marks zero difference. Verdicts are corrected by Holm's method for all arms and measures of the table. Intervals cover the spread over seeds, not the choice of the images: a network's accuracy on 1,000 other test images would differ by about 1.6 pp.",
  metrics: {
    finalKnn: "kNN, final",
    balancedKnn: "kNN, balanced",
    bestKnn: "kNN, best",
    finalLinear: "Linear, final",
    balancedLinear: "Linear, balanced",
    bestLinear: "Linear, best",
    finalClassifier: "Classifier, final",
    bestClassifier: "Classifier, best",
    finalDetection: "Detection AP@.5, final",
  },
  meanings: {
    finalKnn:
      "kNN accuracy of the trained network on test images: mean ± sample standard deviation over seeds.",
    balancedKnn:
      "Final kNN accuracy as the mean over classes, so that small classes count as much as large ones: mean ± sample standard deviation over seeds.",
    bestKnn: `kNN accuracy on test images of ${bestNetwork}`,
    finalLinear:
      "Accuracy on test images of a linear classifier on the trained network's frozen features: mean ± sample standard deviation over seeds.",
    balancedLinear:
      "Final linear accuracy as the mean over classes: mean ± sample standard deviation over seeds.",
    bestLinear: `Linear accuracy on test images of ${bestNetwork}`,
    finalClassifier:
      "Accuracy of the trained network's own classifier on test images: mean ± sample standard deviation over seeds.",
    bestClassifier: `Accuracy on test images of the own classifier of ${bestNetwork}`,
    finalDetection:
      "Average precision of the trained detector on canvases of test images, at an IoU of 0.5: mean ± sample standard deviation over seeds.",
  },
  topFive: "Top-5, linear",
  topFiveMeaning: "Linear accuracy where the right class is among the five most likely.",
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
  help: "Mean ± sample standard deviation of the differences between runs of the same seed, which share data order and initialization. Intervals (95 %, Student's t) and verdicts are corrected for all comparisons of the table by Holm's method: with at least 95 % probability, none of them is false. They cover seeds, not the choice of the test images.",
  arms: "Arms",
  metric: "Accuracy",
  seeds: "Seeds",
  difference: "Difference",
  interval: "95 % interval, corrected",
  verdict: "Verdict",
  verdicts: {
    better: () => "better",
    worse: () => "worse",
    small: (bound: string) => `no difference larger than ${bound}`,
    unclear: (bound: string) => `cannot be told yet: zero, or up to ${bound}`,
    "too-few": () => "not enough seeds to tell",
  },
};
