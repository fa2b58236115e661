import type { MetricUnit } from "../protocol/metrics";

/**
 * What charts and tables are fed with. Props are values: whoever appends a point passes a new object, and an object
 * that did not change is passed again as it was, for what was computed from it is kept.
 */

/** Any CSS color, also `var(--arm-3)`. */
export type Color = string;
export type UnitInterval = number;

export type XAxis = "step" | "epoch" | "wall" | "macs";
export type AxisScale = "linear" | "log";

/**
 * One run's measurements of one metric. `x` never falls; where it repeats, the last value counts. Both may be views of
 * memory in which more follows later; what was in it stays (see `Continued`).
 */
export interface CurveRun {
  readonly seed: number;
  /** Steps, epochs, milliseconds or multiply-accumulates, as the chart's `xAxis` says. */
  readonly x: ArrayLike<number>;
  /** As many as `x`. What is not finite is not drawn. */
  readonly y: ArrayLike<number>;
}

/** One arm on one chart: its runs are one curve with a band over seeds. */
export interface ChartSeries {
  readonly id: string;
  readonly label: string;
  readonly color: Color;
  /** SVG dash pattern, so that color is not the only difference. */
  readonly dash?: string;
  readonly hidden: boolean;
  /** Without a band over seeds, where another curve's lies in its place. */
  readonly withoutBand?: boolean;
  /** Drawn over the others, and more strongly. */
  readonly front?: boolean;
  readonly runs: readonly CurveRun[];
}

/** A horizontal line to be compared with: a floor, or a paper's figure that says so in its label. */
export interface FloorLine {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly color?: Color;
}

/** Something that happened on the way, such as a collapse. */
export interface ChartEvent {
  readonly id: string;
  readonly label: string;
  readonly x: number;
  readonly color?: Color;
}

/** Spread over seeds: sample standard deviation, standard error, extremes, or the mean's 95 % t-interval. */
export const bandKinds = ["deviation", "error", "range", "interval"] as const;
export type BandKind = (typeof bandKinds)[number];

export interface CurveChartProps {
  /** Heading and accessible name, for example "kNN top-1". */
  readonly title: string;
  readonly series: readonly ChartSeries[];
  /** Not drawn, but the axes hold them as well: charts side by side then have the same axes. */
  readonly others?: readonly ChartSeries[];
  readonly unit: MetricUnit;
  readonly xAxis: XAxis;
  /** Drawn where they lie within reach; default none. */
  readonly floors?: readonly FloorLine[];
  readonly events?: readonly ChartEvent[];
  /** Default "linear". */
  readonly xScale?: AxisScale;
  /** Default "linear". */
  readonly yScale?: AxisScale;
  /** Share that the running mean keeps of itself, in [0, 1); default 0, which changes nothing. */
  readonly smoothing?: UnitInterval;
  /** Default "deviation"; "none" draws no band. */
  readonly band?: BandKind | "none";
  /** "each" draws every seed as a line of its own; default "mean". */
  readonly seeds?: "mean" | "each";
  /** Charts of the same place share their zoom, and find it again; default the title. */
  readonly zoomPlace?: string;
  /** CSS pixels of the plot; default 260. It never changes while data streams. */
  readonly height?: number;
  /** A legend entry was pressed. Without it the legend only names. */
  readonly onToggle?: (id: string) => void;
  /** Said in place of an empty plot. */
  readonly emptyText?: string;
}

/** Of `n` seeds. `deviation` is the sample standard deviation (n − 1), NaN for n < 2. */
export interface SeedSummary {
  readonly n: number;
  readonly mean: number;
  readonly deviation: number;
}

/** Of differences between two arms, seed by seed. */
export interface DifferenceSummary extends SeedSummary {
  readonly bySeed?: readonly { readonly seed: number; readonly value: number }[];
}

/** Accuracies are fractions: of the last evaluation, or the best that the run ever had. */
export const resultMetrics = ["finalKnn", "bestKnn", "finalLinear", "bestLinear"] as const;
export type ResultMetric = (typeof resultMetrics)[number];

/** One arm in the table. What was not measured yet is left out. */
export interface ResultRow {
  readonly id: string;
  readonly label: string;
  readonly color: Color;
  /** Of another training: not to be chosen as baseline. */
  readonly isOther?: boolean;
  readonly finishedSeeds: number;
  readonly plannedSeeds: number;
  readonly accuracy: Partial<Readonly<Record<ResultMetric, SeedSummary>>>;
  /** This arm − the baseline, taken seed by seed. Left out for the baseline itself. */
  readonly difference?: Partial<Readonly<Record<ResultMetric, DifferenceSummary>>>;
  /** Multiply-accumulates of one run, forward and backward, as trained. */
  readonly trainingMacs?: number;
  /** One image in one epoch as papers count: single forward passes. */
  readonly paperMacs?: number;
  /** Milliseconds of training of a run. */
  readonly wallMs?: SeedSummary;
}

export interface ResultsTableProps {
  readonly rows: readonly ResultRow[];
  /** Which row the others are compared with. */
  readonly baselineId?: string;
  /** Without it the baseline is fixed. */
  readonly onBaseline?: (id: string) => void;
  /** File name of exports, without extension; default "results". */
  readonly fileName?: string;
}

export interface SparklineProps {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly color: Color;
  /** What a screen reader says in place of the picture. */
  readonly label: string;
  /** CSS pixels; default 96 × 24. */
  readonly width?: number;
  readonly height?: number;
}

export interface ProgressBarProps {
  /** Names what progresses. */
  readonly label: string;
  /** Left out while the length is unknown. */
  readonly value?: UnitInterval;
  /** What is said beside the bar, for example "epoch 3 of 20, 4 min left". */
  readonly text?: string;
  readonly color?: Color;
}
