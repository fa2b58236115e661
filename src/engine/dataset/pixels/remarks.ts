/** What shows in files that were decoded, and matters for training: colors that are a guess, depths of which little is used. */
import type { DatasetNotice } from "../../../protocol/dataset";
import { isUnmarkedCmyk } from "./image-format";
import { type DeepRange, isDeepPng, rangeOf, readDeepPng } from "./readers/deep-png";

export interface Remarks {
  /** Takes a look at a file of this place. */
  readonly look: (slot: number, content: Uint8Array) => void;
  /** Places of images of 16 bits, by the range that each uses. */
  readonly deep: ReadonlyMap<number, DeepRange>;
  readonly unmarkedCmyk: readonly number[];
}

export function createRemarks(): Remarks {
  const deep = new Map<number, DeepRange>();
  const unmarkedCmyk: number[] = [];
  return {
    look: (slot, content) => {
      if (isUnmarkedCmyk(content)) unmarkedCmyk.push(slot);
      const image = isDeepPng(content) ? readDeepPng(content) : undefined;
      if (image) deep.set(slot, rangeOf(image));
    },
    deep,
    unmarkedCmyk,
  };
}

/** That all of them use together. */
export function commonRange(ranges: Iterable<DeepRange>): DeepRange {
  let [low, high] = [65_535, 0];
  for (const range of ranges) {
    low = Math.min(low, range.low);
    high = Math.max(high, range.high);
  }
  return { low, high };
}

/** Shares of the range from which on images are nearly black, or nearly of one gray. */
const NARROW = 1 / 4;
const WHOLE = 65_536;

export function isNarrow({ low, high }: DeepRange): boolean {
  return high - low + 1 <= NARROW * WHOLE;
}

/** @param pathOf a place */
export function pixelNotices(
  { deep, unmarkedCmyk }: Pick<Remarks, "deep" | "unmarkedCmyk">,
  isStretched: boolean,
  pathOf: (slot: number) => string,
): readonly DatasetNotice[] {
  const notices: DatasetNotice[] = [];
  const [cmyk] = unmarkedCmyk;
  if (cmyk !== undefined) {
    notices.push({ kind: "colors-guessed", names: [pathOf(cmyk)], count: unmarkedCmyk.length });
  }
  const [first] = deep.keys();
  const range = commonRange(deep.values());
  if (first === undefined || !isNarrow(range)) return notices;
  // In whole bits: scanners of 10, 12 or 14 of them write what they have.
  const share = WHOLE / 2 ** Math.ceil(Math.log2(range.high - range.low + 1));
  notices.push(
    isStretched
      ? { kind: "range-stretched", names: [], count: deep.size, undo: "stretched" }
      : { kind: "narrow-range", names: [String(share), pathOf(first)], count: deep.size, offer: "stretched" },
  );
  return notices;
}
