import type { ReactNode } from "react";
import type { MetricUnit, XAxis } from "../protocol/metrics/metrics";

/**
 * Props of charts and tables. They are immutable values: pass a new object when a point is added, and the same object
 * while nothing has changed, because results computed from it are kept.
 */

/** Any CSS color, including `var(--arm-3)`. */
export type Color = string;
export type UnitInterval = number;

export type AxisScale = "linear" | "log";

/**
 * One run's measurements of one metric. `x` never decreases; where it repeats, the last value counts. Both may be views
 * of memory that grows later without changing existing values (see `Continued`).
 */
export interface CurveRun {
  readonly seed: number;
  /** Steps, epochs, milliseconds or multiply-accumulates, according to the chart's `xAxis`. */
  readonly x: ArrayLike<number>;
  /** As many as `x`. Values that are not finite are not drawn. */
  readonly y: ArrayLike<number>;
}

/** One arm on one chart: its runs form one curve with a band over seeds. */
export interface ChartSeries {
  readonly id: string;
  readonly label: string;
  readonly color: Color;
  /** SVG dash pattern, so that color is not the only difference. */
  readonly dash?: string;
  readonly hidden: boolean;
  /** Without a band over seeds, because another curve's band takes its place. */
  readonly withoutBand?: boolean;
  /** Drawn on top of the others, with a stronger line. */
  readonly front?: boolean;
  readonly runs: readonly CurveRun[];
}

/** A horizontal reference line: a floor, or a paper's figure, which its label says. */
export interface FloorLine {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly color?: Color;
}

/** An event during training, such as a collapse. */
export interface ChartEvent {
  readonly id: string;
  readonly label: string;
  /** What several runs may share, such as an arm's collapse: written at the first of their lines only. */
  readonly kind?: string;
  readonly x: number;
  readonly color?: Color;
}

/** Spread over seeds: sample standard deviation, standard error, range, or the mean's 95 % t-interval. */
export const bandKinds = ["deviation", "error", "range", "interval"] as const;
export type BandKind = (typeof bandKinds)[number];

export interface CurveChartProps {
  /** Heading and accessible name, for example "kNN top-1". */
  readonly title: string;
  readonly series: readonly ChartSeries[];
  /** Not drawn, but included by the axes, so that charts side by side have the same axes. */
  readonly others?: readonly ChartSeries[];
  readonly unit: MetricUnit;
  readonly xAxis: XAxis;
  /** Drawn where they are within range; default none. */
  readonly floors?: readonly FloorLine[];
  readonly events?: readonly ChartEvent[];
  /** Default "linear". */
  readonly xScale?: AxisScale;
  /** Default "linear". */
  readonly yScale?: AxisScale;
  /** The running mean's weight of its previous value, in [0, 1); default 0, which changes nothing. */
  readonly smoothing?: UnitInterval;
  /** Default "deviation"; "none" draws no band. */
  readonly band?: BandKind | "none";
  /** "each" draws every seed as a line of its own; default "mean". */
  readonly seeds?: "mean" | "each";
  /** Charts with the same place share their zoom, which is kept when they are hidden; default the title. */
  readonly zoomPlace?: string;
  /** Height of the plot in CSS pixels; default 260. It never changes while data streams. */
  readonly height?: number;
  /** Without names of its curves below it: several charts share a legend. */
  readonly withoutLegend?: boolean;
  /** Shown in place of an empty plot. */
  readonly emptyText?: string;
}

/** Over `n` seeds. `deviation` is the sample standard deviation (n − 1), NaN for n < 2. */
export interface SeedSummary {
  readonly n: number;
  readonly mean: number;
  readonly deviation: number;
}

/** Differences between two arms, seed by seed. */
export interface DifferenceSummary extends SeedSummary {
  readonly bySeed?: readonly { readonly seed: number; readonly value: number }[];
}

/**
 * Accuracies on test images as fractions, by nearest neighbors, by a linear classifier and by the network's own
 * classifier, and a detector's average precision: of the trained network, and of the network as it was when it was best on validation images. "Balanced" is
 * the mean over classes.
 */
export const resultMetrics = [
  "finalKnn",
  "balancedKnn",
  "bestKnn",
  "finalLinear",
  "balancedLinear",
  "bestLinear",
  "finalClassifier",
  "bestClassifier",
  "finalDetection",
] as const;
export type ResultMetric = (typeof resultMetrics)[number];

/** One arm in the table. Values not yet measured are omitted. */
export interface ResultRow {
  readonly id: string;
  readonly label: string;
  readonly color: Color;
  /** Of its curve, for the sample next to its name. */
  readonly dash?: string;
  /** From another training: cannot be the baseline. */
  readonly isOther?: boolean;
  readonly finishedSeeds: number;
  readonly plannedSeeds: number;
  readonly accuracy: Partial<Readonly<Record<ResultMetric, SeedSummary>>>;
  /** Final linear accuracy counting the five most likely classes. No verdict is passed on it. */
  readonly linearTopFive?: SeedSummary;
  /** This arm − the baseline, taken seed by seed. Omitted for the baseline itself. */
  readonly difference?: Partial<Readonly<Record<ResultMetric, DifferenceSummary>>>;
  /** Multiply-accumulates of one run, forward and backward, as trained. */
  readonly trainingMacs?: number;
  /** One image in one epoch as papers count: single forward passes. */
  readonly paperMacs?: number;
  /** Training time of a run in milliseconds. */
  readonly wallMs?: SeedSummary;
}

export interface ResultsTableProps {
  readonly rows: readonly ResultRow[];
  /** The row that the others are compared with. */
  readonly baselineId?: string;
  /** Without it the baseline is fixed. */
  readonly onBaseline?: (id: string) => void;
  /** Further choices of what is compared. */
  readonly controls?: ReactNode;
  /** File name of exports, without extension; default "results". */
  readonly fileName?: string;
}

export interface ProgressBarProps {
  /** Name of the operation. */
  readonly label: string;
  /** Omitted while the length is unknown. */
  readonly value?: UnitInterval;
  /** Text next to the bar, for example "epoch 3 of 20, 4 min left". */
  readonly text?: string;
  readonly color?: Color;
}
