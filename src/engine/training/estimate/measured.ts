/** Times measured on this machine, in milliseconds: what estimates are computed from. */

/** A stage's steps, and the evaluations of its networks. */
export interface MeasuredStage {
  /** A step, without the first ones. */
  readonly stepMs: number;
  /** Where several seeds' steps can be taken side by side: the threads there are, and a step's time on one of them. */
  readonly apart?: { readonly threads: number; readonly stepMs: number };
  /** Compiling and taking the first step. */
  readonly firstMs: number;
  readonly networks: readonly MeasuredNetwork[];
  /** The task's own metrics, per evaluation and validation image. */
  readonly ownMs: number;
  /** Where a frozen teacher's answers are kept: asking it about a step's views, and the numbers for each image. */
  readonly answers?: { readonly askMs: number; readonly length: number };
}

export interface MeasuredNetwork {
  readonly role: "student" | "teacher";
  /** Length of its features. */
  readonly features: number;
  /** Computing the features of one image. */
  readonly imageMs: number;
  /** Compiling that, for each set of images. */
  readonly firstMs: number;
}

/** What is computed from features, by their length and the number of classes. */
export interface MeasuredReadings {
  /** Nearest neighbors, per image of the bank and image asked. */
  readonly pairMs: number;
  /** A linear classifier in closed form: per training image, and once. */
  readonly ridgeRowMs: number;
  readonly ridgeOnceMs: number;
  /** The inspection of a final evaluation, per inspected image. */
  readonly inspectedMs: number;
  /** A linear classifier by SGD, with all rates tried: per training image. */
  readonly sweepRowMs: number;
}

/** All measurements of a machine by their keys. */
export interface Measured {
  readonly stages: Readonly<Record<string, MeasuredStage>>;
  readonly readings: Readonly<Record<string, MeasuredReadings>>;
}

export const nothingMeasured: Measured = { stages: {}, readings: {} };
