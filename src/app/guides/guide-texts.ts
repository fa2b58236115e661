import type { Guide } from "../../protocol/guides/guide";
import type { TrainedArm } from "../../series/guide-answers";
import { texts } from "../../texts/texts";

/** A guide with its texts in the current language. */
export function inWords<Own extends Guide>(guide: Own): Own {
  const words = texts().guideWords[guide.id];
  if (!words) return guide;
  const { title, about } = words;
  return { ...guide, title, about, steps: guide.steps.map((step) => ({ ...step, ...words.steps[step.id] })) };
}

export const labelOfArm = ({ id }: Guide, name: string): string => texts().guideWords[id]?.arms[name] ?? name;

/** The arms of the record, in its order. */
export const armsOf = (guide: Guide): readonly TrainedArm[] =>
  (guide.experiment.arms ?? []).map((arm) => {
    const { name = "" } = arm ?? {};
    return { name, label: labelOfArm(guide, name) };
  });
