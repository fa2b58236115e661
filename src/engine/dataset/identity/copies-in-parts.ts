import type { DatasetNotice, Reading } from "../../../protocol/dataset";
import { DatasetProblemError, tooFewImages } from "../problems";
import { findCopies, findNearCopies, type Members, type Pictures, type Placed } from "./copies";

/** With more than this many images, only identical ones are found: comparing similar ones would take seconds. */
const MOST_HASHED = 30_000;

export interface WithoutCopies {
  readonly members: Members;
  readonly notices: readonly DatasetNotice[];
}

/**
 * Reports training images that are also in other parts or classes, and drops them from training if so chosen. Throws a
 * `DatasetProblemError` if that would leave a class empty.
 */
export function withoutCopies(
  images: readonly Placed[],
  members: Members,
  pictures: Pictures,
  reading: ReadonlySet<Reading> | undefined,
): WithoutCopies {
  const { acrossParts, acrossClasses, notices } = findCopies(images, members, pictures);
  const known = new Set([...acrossParts, ...acrossClasses]);
  const further =
    images.length > MOST_HASHED
      ? { near: [], notices: [] }
      : findNearCopies(images, members, pictures, known);
  if (!reading?.has("once")) return { members, notices: [...notices, ...further.notices] };
  const copies = new Set([...known, ...further.near]);
  const train = members.train.filter((at) => !copies.has(at));
  const left = new Set(train.map((at) => images[at]?.className));
  const emptied = [...new Set(images.map(({ className }) => className))].filter((name) => !left.has(name));
  if (emptied.length > 0) {
    const shortages = emptied.map(
      (className) => ({ className, part: "train", found: 0, needed: 1 }) as const,
    );
    throw new DatasetProblemError(tooFewImages(shortages));
  }
  const count = members.train.length - train.length;
  return {
    members: { ...members, train },
    notices: [{ kind: "copies-removed", names: [], count, undo: "once" }],
  };
}
