/** Finds duplicate images: if one is trained on and another is tested on, results are too good. */
import type { DatasetNotice, DatasetPart } from "../../../protocol/dataset";
import { differenceHashes, hashDistance } from "./difference-hash";

/** The decoded images of a selection. */
export interface Pictures {
  /** [slots, size, size, 3] */
  readonly pixels: Uint8Array;
  readonly size: number;
  /** Fingerprints of the files' contents, two words per slot. */
  readonly prints: Uint32Array;
}

/** One image of a layout. */
export interface Placed {
  readonly path: string;
  readonly className: string;
  readonly slot: number;
}

export type Members = Readonly<Record<DatasetPart, readonly number[]>>;

export interface Copies {
  /** Training images that are also in another part. */
  readonly acrossParts: readonly number[];
  /** Images of any part that are also in another class. */
  readonly acrossClasses: readonly number[];
  readonly notices: readonly DatasetNotice[];
}

/** @param members indices into the images */
export function findCopies(images: readonly Placed[], members: Members, pictures: Pictures): Copies {
  const part = new Map<number, DatasetPart>();
  for (const [name, own] of Object.entries(members)) for (const at of own) part.set(at, name as DatasetPart);
  const acrossParts: number[] = [];
  const acrossClasses: number[] = [];
  const [partExamples, classExamples]: [string[], string[]] = [[], []];
  const counts = { parts: 0, classes: 0 };
  const pathOf = (at: number | undefined) => (at === undefined ? [] : [(images[at] as Placed).path]);
  for (const group of sameImages(images, [...part.keys()], pictures)) {
    const elsewhere = group.find((at) => part.get(at) !== part.get(group[0] as number));
    if (elsewhere !== undefined) {
      counts.parts++;
      acrossParts.push(...group.filter((at) => part.get(at) === "train"));
      if (partExamples.length === 0) partExamples.push(...pathOf(group[0]), ...pathOf(elsewhere));
    }
    const other = group.find((at) => images[at]?.className !== images[group[0] as number]?.className);
    if (other !== undefined) {
      counts.classes++;
      acrossClasses.push(...group);
      if (classExamples.length === 0) classExamples.push(...pathOf(group[0]), ...pathOf(other));
    }
  }
  const notices: DatasetNotice[] = [];
  const add = (kind: DatasetNotice["kind"], names: readonly string[], count: number) => {
    if (count > 0) notices.push({ kind, names, count, offer: "once" });
  };
  add("copies-across-parts", partExamples, counts.parts);
  add("copies-across-classes", classExamples, counts.classes);
  return { acrossParts, acrossClasses, notices };
}

/** Groups of two or more images with equal file contents and equal pixels. */
function sameImages(
  images: readonly Placed[],
  among: readonly number[],
  { pixels, size, prints }: Pictures,
): readonly (readonly number[])[] {
  const bytes = size * size * 3;
  const byPrint = new Map<string, number[]>();
  for (const at of among) {
    const { slot } = images[at] as Placed;
    const key = `${prints[2 * slot]} ${prints[2 * slot + 1]}`;
    const own = byPrint.get(key);
    if (own) own.push(at);
    else byPrint.set(key, [at]);
  }
  const pixelsOf = (at: number) => {
    const { slot } = images[at] as Placed;
    return pixels.subarray(slot * bytes, (slot + 1) * bytes);
  };
  const isSame = (one: Uint8Array, other: Uint8Array) => one.every((value, i) => value === other[i]);
  return [...byPrint.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length < 2) return [];
    const same = group.filter((at) => at === first || isSame(pixelsOf(first), pixelsOf(at)));
    return same.length > 1 ? [same] : [];
  });
}

/** Maximum number of differing bits, of 64, between the hashes of similar images. */
const NEAR_BITS = 2;
/** Maximum mean difference of their values, on a scale of 0–255. */
const NEAR_VALUES = 6;
/** Standard deviation of brightness below which an image has too little structure to be recognized. */
const FLAT = 10;
/** Maximum number of hash comparisons, about a second's work. Only sets of very similar pictures need more. */
const MOST_COMPARED = 5_000_000;
/** The cost of comparing pixels, in hash comparisons. */
const PIXELS_WORTH = 100;
const STANDING_FOR_ALL = 3;
const BANDS = 4;

/**
 * Finds training images that look almost like one of another part: scaled, recompressed or slightly lighter.
 * Identical files are not counted.
 *
 * @param known the images already known to be copies
 */
export function findNearCopies(
  images: readonly Placed[],
  members: Members,
  { pixels, size }: Pictures,
  known: ReadonlySet<number>,
): { readonly near: readonly number[]; readonly notices: readonly DatasetNotice[] } {
  const bytes = size * size * 3;
  const count = pixels.length / bytes;
  const hashes = differenceHashes({ count, size, channels: 3, pixels, labels: new Int32Array(0) });
  const slotOf = (at: number) => (images[at] as Placed).slot;
  const band = (slot: number, which: number) =>
    ((hashes[2 * slot + (which >> 1)] as number) >>> (16 * (which & 1))) & 0xffff;
  const shown = (slot: number) => pixels.subarray(slot * bytes, (slot + 1) * bytes);
  const judges = [...members.validation, ...members.test].filter((at) => !isFlat(shown(slotOf(at))));
  const buckets = Array.from({ length: BANDS }, () => new Map<number, number[]>());
  const hashOf = (slot: number) => `${hashes[2 * slot]} ${hashes[2 * slot + 1]}`;
  const byHash = new Map<string, number[]>();
  for (const at of judges) {
    const same = byHash.get(hashOf(slotOf(at))) ?? [];
    byHash.set(hashOf(slotOf(at)), same);
    // A few of many very similar pictures represent the rest.
    if (same.length >= STANDING_FOR_ALL) continue;
    same.push(at);
    for (const [which, bucket] of buckets.entries()) {
      const key = band(slotOf(at), which);
      const own = bucket.get(key);
      if (own) own.push(at);
      else bucket.set(key, [at]);
    }
  }
  let compared = 0;
  const isNear = (one: number, other: number) => {
    compared++;
    if (hashDistance(hashes, one, hashes, other) > NEAR_BITS) return false;
    compared += PIXELS_WORTH;
    return meanDifference(shown(one), shown(other)) <= NEAR_VALUES;
  };
  const near: number[] = [];
  let example: readonly string[] = [];
  for (const at of members.train) {
    const slot = slotOf(at);
    if (known.has(at)) continue;
    if (compared > MOST_COMPARED) break;
    let match = byHash.get(hashOf(slot))?.find((other) => isNear(slot, slotOf(other)));
    for (const [which, bucket] of buckets.entries()) {
      match ??= bucket.get(band(slot, which))?.find((other) => isNear(slot, slotOf(other)));
    }
    if (match === undefined) continue;
    near.push(at);
    if (example.length === 0) example = [at, match].map((one) => (images[one] as Placed).path);
  }
  const atLeast = compared > MOST_COMPARED;
  const notice = { kind: "near-copies", names: example, count: near.length, offer: "once" } as const;
  return { near, notices: near.length > 0 ? [{ ...notice, ...(atLeast && { atLeast }) }] : [] };
}

/** Standard deviation of brightness, which is 0 for a plain color. */
function isFlat(values: Uint8Array): boolean {
  const count = values.length / 3;
  let [sum, squares] = [0, 0];
  for (let at = 0; at < values.length; at += 3) {
    const gray = ((values[at] as number) + (values[at + 1] as number) + (values[at + 2] as number)) / 3;
    sum += gray;
    squares += gray * gray;
  }
  const mean = sum / count;
  return squares / count - mean * mean < FLAT * FLAT;
}

function meanDifference(one: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += Math.abs((one[i] as number) - (other[i] as number));
  return sum / one.length;
}
