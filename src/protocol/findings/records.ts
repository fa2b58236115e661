import type { RecordPlan } from "../records/catalog";
import { type RecordEntry, type Recorded, recordedPlans } from "../records/register";
import { findingRecords, findingsOf } from "./findings";
import register from "./register.json";

/** What `npm run record` trains for findings. Their first one takes the place of a record's answer. */
export const findingPlans: readonly RecordPlan[] = findingRecords.map(
  ({ id, question, source, curve, experiment: { arms = [], seeds = [] } }) => {
    const placeOf = (name: string | undefined) => arms.findIndex((arm) => arm?.name === name);
    const first = findingsOf(id)[0]?.difference;
    return {
      id,
      preset: id,
      seeds,
      question,
      source,
      answer: {
        arm: placeOf(first?.arm),
        against: placeOf(first?.against),
        metric: first?.metric ?? "finalKnn",
      },
      curve,
    };
  },
);

/** What it has recorded; never edited by hand. A register of its own, because the first screen needs the other one. */
export const findingEntries = register as unknown as readonly RecordEntry[];

/** Everything in the gallery, in its order. */
export const everyRecorded: readonly Recorded[] = [
  ...recordedPlans,
  ...findingPlans.flatMap((plan) => {
    const entry = findingEntries.find(({ id }) => id === plan.id);
    return entry ? [{ plan, entry }] : [];
  }),
];
