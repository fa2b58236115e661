import type { DatasetNotice } from "../../../protocol/dataset";
import type { FolderLayout } from "./folders";

/** From this ratio on, always answering the largest class looks like a result. */
const UNEQUAL = 10;

/** Adds a notice if a class has at least ten times the images of another. */
export function unequalClasses({ classNames, images }: FolderLayout): readonly DatasetNotice[] {
  const counts = new Map(classNames.map((name) => [name, 0]));
  for (const { className } of images) counts.set(className, (counts.get(className) ?? 0) + 1);
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  const [most, least] = [sorted[0], sorted.at(-1)];
  if (!most || !least || least[1] === 0 || most[1] < UNEQUAL * least[1]) return [];
  const share = `${((100 * most[1]) / images.length).toFixed(1)} %`;
  const ratio = Math.round(most[1] / least[1]);
  return [{ kind: "unequal-classes", names: [most[0], least[0], share], count: ratio }];
}
