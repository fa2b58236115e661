import { type Judged, verdictsOf } from "../charts/differences/verdicts";
import type { DifferenceSummary, ResultRow } from "../charts/types";
import type { RecordPlan } from "../protocol/records/catalog";
import type { RunState } from "../store/run-state";
import { armId } from "./arm-colors";
import { resultRows } from "./tables/result-rows";

/** The difference that answers a recorded comparison's question. */
export interface Answer {
  readonly row: ResultRow;
  readonly baseline: ResultRow;
  readonly difference: DifferenceSummary;
  /** Corrected for every difference of the comparison's table. */
  readonly judged: Judged;
}

/** Undefined unless both arms have finished a seed. */
export function answerOf(run: RunState, { arm, against, metric }: RecordPlan["answer"]): Answer | undefined {
  const [own, other] = [run.armSlots[arm], run.armSlots[against]];
  if (own === undefined || other === undefined) return undefined;
  const rows = resultRows(run, other);
  const row = rows.find(({ id }) => id === armId(own));
  const baseline = rows.find(({ id }) => id === armId(other));
  const difference = row?.difference?.[metric];
  const judged = verdictsOf(rows, baseline?.id, metric).get(row?.id ?? "");
  return row && baseline && difference && judged ? { row, baseline, difference, judged } : undefined;
}
