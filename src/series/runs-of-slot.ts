import type { RunRecord, RunState } from "../store/run-state";

/** The runs of the arm with this place in the palette, in the order of seeds. */
export function runsOfSlot({ runs, armSlots }: RunState, slot: number): readonly RunRecord[] {
  return runs.filter(({ planned }) => armSlots[planned.arm] === slot);
}
