import type { DatasetSummary, Refusal } from "../../protocol/dataset";
import type { Dataset, ImageSet } from "./dataset";

const nothingLost = { rejected: [], ignored: 0, notices: [] } as const;

/** Summarizes a dataset for the page. */
export function summarise(
  { name, hash, classNames, train, validation, test }: Dataset,
  origins: DatasetSummary["origins"],
  { rejected, ignored, notices }: Omit<Refusal, "namesOffer" | "foldersOffer"> = nothingLost,
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
    notices,
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
