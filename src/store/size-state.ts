import type { Estimate, FittingSize, SizeMinutes } from "../protocol/estimate";
import type { Experiment } from "../protocol/experiment";

/** How long an experiment takes on this machine. */
export interface SizeState {
  /** The estimated one; of another one, as the settings may be by now, nothing is known. */
  readonly experiment: Experiment;
  /** Absent while it is measured. */
  readonly estimate?: Estimate;
  /** Absent until they are found. */
  readonly sizes?: readonly FittingSize[];
  /** The size that was chosen, and the settings before. */
  readonly chosen?: ChosenSize;
}

export interface ChosenSize {
  readonly minutes: SizeMinutes;
  readonly before: Experiment;
}

/** The estimate of the settings as they are; undefined where it is not of these. */
export const currentSize = ({
  size,
  experiment,
}: {
  readonly size?: SizeState;
  readonly experiment: Experiment;
}): SizeState | undefined => (size?.experiment === experiment ? size : undefined);
