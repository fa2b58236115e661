import { useMemo } from "react";
import type { RunRecord, RunState } from "../../store/run-state";
import { useRunInTurns } from "../run-in-turns";

/** The runs of the arm with this place in the palette, in the order of seeds. */
export function runsOfSlot({ runs, armSlots }: RunState, slot: number): readonly RunRecord[] {
  return runs.filter(({ planned }) => armSlots[planned.arm] === slot);
}

export function useRunsOfSlot(slot: number): readonly RunRecord[] {
  const run = useRunInTurns();
  return useMemo(() => runsOfSlot(run, slot), [run, slot]);
}
