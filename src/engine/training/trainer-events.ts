import type { NotKept } from "../../protocol/answers";
import type { Activity, FinalEvaluation, Floors, RunId } from "../../protocol/messages";
import type { MetricRow } from "../../protocol/metrics/metrics";
import type { NetworkWeights } from "./run";

/** A trainer's events, called between steps and never within one. */
export interface TrainerEvents {
  activity(activity: Activity): void;
  rows(runId: RunId, rows: readonly MetricRow[]): void;
  floors(runId: RunId, floors: Floors): void;
  finished(runId: RunId, final: FinalEvaluation): void;
  /** The networks of a run that is about to finish; they are disposed afterwards. */
  trained?(runId: RunId, networks: readonly NetworkWeights[]): Promise<void>;
  failed(runId: RunId, error: unknown): void;
  /**
   * Called when all first steps are compiled. Resolves to true if other kernels were chosen, which must be compiled
   * too.
   */
  compiled?(): Promise<boolean>;
  /** Called once, when a frozen teacher's answers cannot be kept: from then on they are computed, the same numbers. */
  answersNotKept?(why: NotKept): void;
}

/** A request to show a training image to a run's networks; another roll shows other views of it. */
export interface LookRequest {
  readonly runId: RunId;
  readonly index: number;
  readonly roll: number;
}

export interface RunWeights {
  readonly runId: RunId;
  readonly networks: readonly NetworkWeights[];
}
