import type { RunRecord } from "../store/run-state";

/** The limit of docs/methods.md §5.4 for a crash, on test images at the end. */
const ABOVE_CHANCE = 0.02;

/** In how many of these finished runs the student's classifier ended at chance. One that is not finite has been lost. */
export function fallenOf(finished: readonly RunRecord[]): number {
  return finished.filter(({ final, floors }) => {
    const chance = (floors?.final ?? floors)?.majority?.top1 ?? 0;
    return !((final?.top1 ?? Number.NaN) > chance + ABOVE_CHANCE);
  }).length;
}
