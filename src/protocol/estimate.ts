import type { Experiment } from "./experiment";

/** How long a training is expected to take on this machine, from a measured step of each network. In milliseconds. */
export interface Estimate {
  readonly ms: number;
  readonly parts: EstimateParts;
  /** Bytes of frozen teachers' answers that are kept at most, where an arm keeps them. */
  readonly answerBytes?: number;
}

export interface EstimateParts {
  /** Before the first step of each stage: compiling steps and evaluations, outputs of a teacher that are cached. */
  readonly preparing: number;
  /** Stages that come before a student's: teachers and pretraining. */
  readonly teachers: number;
  readonly students: number;
  /** During and after training, and of the baselines. */
  readonly evaluating: number;
}

/** The minutes that sizes are offered for. */
export const sizeMinutes = [2, 10, 60] as const;
export type SizeMinutes = (typeof sizeMinutes)[number];

/** The same comparison at another size: other numbers of steps and images, other widths. */
export interface FittingSize {
  /** About how long it takes. */
  readonly minutes: SizeMinutes;
  readonly experiment: Experiment;
  readonly estimate: Estimate;
}
