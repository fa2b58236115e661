import {
  type ClassShortage,
  type DatasetPart,
  datasetParts,
  type PartOrigin,
} from "../../../protocol/dataset";
import { Purpose, randomFor } from "../../math/random";
import type { FolderLayout } from "../layout/folders";
import { DatasetProblemError, tooFewImages } from "../problems";
import { type SplitShares, stratifiedSplit } from "./split";

export interface Parts {
  /** Indices into the layout's images, ascending by path. */
  readonly members: Readonly<Record<DatasetPart, readonly number[]>>;
  readonly origins: Readonly<Record<DatasetPart, PartOrigin>>;
}

export interface PartOptions {
  readonly seed: number;
  readonly shares: SplitShares;
  /** Maximum number of training images per class. */
  readonly perClass: number;
}

/**
 * Parts with folders keep their images; the others are drawn from train/, or from all images if there are no such
 * folders. Throws a `DatasetProblemError` unless every class is in every part.
 */
export function assignParts(
  { images, classNames, partFolders }: FolderLayout,
  { seed, shares, perClass }: PartOptions,
): Parts {
  const classIndex = new Map(classNames.map((name, index) => [name, index]));
  const labelOf = (image: number) => classIndex.get(images[image]?.className ?? "") as number;
  const all = Array.from(images.keys());
  const countsOf = (members: readonly number[]) => {
    const counts = new Int32Array(classNames.length);
    for (const image of members) counts[labelOf(image)] = (counts[labelOf(image)] as number) + 1;
    return counts;
  };
  const inFolder = (part: DatasetPart) => all.filter((image) => images[image]?.part === part);
  const origin = (part: DatasetPart): PartOrigin => (partFolders.has(part) ? "folder" : "drawn");

  const pool = partFolders.size > 0 ? inFolder("train") : all;
  const drawn = {
    validation: origin("validation") === "drawn" ? shares.validation : 0,
    test: origin("test") === "drawn" ? shares.test : 0,
  };
  const split = stratifiedSplit(pool.map(labelOf), classNames.length, drawn, seed);
  const fromPool = (places: readonly number[]) => places.map((place) => pool[place] as number);
  const members = {
    train: limitClasses(fromPool(split.train), labelOf, classNames.length, perClass, seed),
    validation: origin("validation") === "folder" ? inFolder("validation") : fromPool(split.validation),
    test: origin("test") === "folder" ? inFolder("test") : fromPool(split.test),
  };

  const needs: [DatasetPart, readonly number[], number][] = [
    ["train", pool, 1 + Math.ceil(drawn.validation) + Math.ceil(drawn.test)],
  ];
  if (origin("validation") === "folder") needs.push(["validation", members.validation, 1]);
  if (origin("test") === "folder") needs.push(["test", members.test, 1]);
  const shortages = needs.flatMap(([part, list, needed]) =>
    Array.from(countsOf(list), (found, label): ClassShortage => {
      return { className: classNames[label] ?? "", part, found, needed };
    }).filter(({ found }) => found < needed),
  );
  if (shortages.length > 0) throw new DatasetProblemError(tooFewImages(shortages));
  return {
    members,
    origins: Object.fromEntries(datasetParts.map((part) => [part, origin(part)])) as Parts["origins"],
  };
}

/** Limits a class depending only on the seed and its own images; a higher limit includes the images of a lower one. */
function limitClasses(
  members: readonly number[],
  labelOf: (image: number) => number,
  classCount: number,
  perClass: number,
  seed: number,
): readonly number[] {
  const byClass: number[][] = Array.from({ length: classCount }, () => []);
  for (const image of members) byClass[labelOf(image)]?.push(image);
  if (byClass.every((own) => own.length <= perClass)) return members;
  const random = randomFor(seed, Purpose.classLimit);
  return byClass
    .flatMap((own, label) =>
      Array.from(random.permutation(own.length, label).subarray(0, perClass), (at) => own[at] as number),
    )
    .sort((a, b) => a - b);
}
