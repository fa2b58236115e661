import type { MetricName } from "../../protocol/metrics/metrics";
import type { LiveRun } from "../../series/live-run";
import type { Lane } from "./lanes";

/** What moves in the picture of a method. */
export interface Motion {
  /** It trains at this moment; otherwise the picture stands still, with the last numbers. */
  readonly moves: boolean;
  readonly teacher: boolean;
  readonly student: boolean;
}

export const motionOf = (live: LiveRun | undefined): Motion => ({
  moves: live?.moves ?? false,
  teacher: live?.learns.teacher ?? false,
  student: live?.learns.student ?? false,
});

/** The terms of a loss that a lane can contribute, the most specific first; which of them exist depends on the method. */
const terms: Readonly<Record<Lane["kind"], readonly MetricName[]>> = {
  student: [],
  copy: ["contrastLoss"],
  teacher: ["distillationLoss"],
  peer: ["shadowLoss", "mutualEnsemble", "distillationLoss", "searchLoss"],
  labels: ["labelLoss"],
  memory: ["contrastLoss"],
};

/** The newest value of a lane's term; undefined where the method does not measure one. */
export const termOf = (kind: Lane["kind"], live: LiveRun | undefined): number | undefined =>
  terms[kind].map((metric) => live?.valueOf(metric)).find((value) => value !== undefined);
