import type { ChartEvent } from "../../charts/types";
import type { RunState } from "../../store/run-state";
import { curveOf, type XAxis } from "../../store/series";
import { armColor } from "../arm-colors";
import { armNames } from "./arm-names";

/** √d times the mean deviation of unit vectors: healthy embeddings have about 1, a random network here about 0.2. */
const COLLAPSED = 0.05;

/** Where an arm's embeddings fell together, on any axis: the first such measurement of each run. */
export function collapseEvents(run: RunState, axis: XAxis): readonly ChartEvent[] {
  const names = armNames(run);
  return run.runs.flatMap(({ planned, series }) => {
    const { x, y } = curveOf(series, "spread", axis, ["student", "joint"]);
    const at = y.findIndex((spread) => spread < COLLAPSED);
    const place = x[at];
    if (at < 0 || place === undefined) return [];
    const label = `${names[planned.arm] ?? "Arm"} collapsed`;
    return [{ id: planned.runId, label, x: place, color: armColor(run.armSlots[planned.arm] ?? 0) }];
  });
}
