import type { RecordPlan } from "../records/catalog";
import type { RecordEntry } from "../records/register";
import { guides } from "./guides";
import register from "./register.json";

/** What `npm run record` trains for the guided experiments: a record for each, with all of its arms. */
export const guidePlans: readonly RecordPlan[] = guides.map(({ id, about, experiment, steps }) => {
  const placeOf = (name: string | undefined) => experiment.arms?.findIndex((arm) => arm?.name === name) ?? -1;
  const first = steps[0];
  const measure = first?.question.kind === "difference" ? first.question.measure : "finalClassifier";
  return {
    id,
    preset: id,
    seeds: experiment.seeds ?? [],
    question: about,
    source: "",
    answer: { arm: placeOf(first?.to), against: placeOf(first?.from), metric: measure },
    curve: measure === "finalKnn" ? "knnTop1" : "top1",
  };
});

/** What it has recorded; never edited by hand. */
export const guideRecords = register as unknown as readonly RecordEntry[];
