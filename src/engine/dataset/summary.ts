import type { DatasetSummary, RejectedFile } from "../../protocol/dataset";
import type { Dataset, ImageSet } from "./dataset";

/** What the page needs to know about a dataset. */
export function summarise(
  { name, hash, classNames, train, validation, test }: Dataset,
  origins: DatasetSummary["origins"],
  rejected: readonly RejectedFile[] = [],
  ignored = 0,
): DatasetSummary {
  const counts = (set: ImageSet) => classCounts(set, classNames.length);
  return {
    name,
    hash,
    size: train.size,
    channels: train.channels,
    classNames,
    counts: { train: counts(train), validation: counts(validation), test: counts(test) },
    origins,
    rejected,
    ignored,
  };
}

export const builtIn: DatasetSummary["origins"] = {
  train: "built-in",
  validation: "built-in",
  test: "built-in",
};

/** Images per class. */
function classCounts({ labels }: ImageSet, classCount: number): number[] {
  const counts = new Array<number>(classCount).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}
