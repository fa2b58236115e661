/**
 * Collects findings about decoded files that matter for training: guessed colors, and bit depths used only in small
 * part.
 */
import type { DatasetNotice } from "../../../protocol/dataset";
import { isUnmarkedCmyk } from "./image-format";
import { type DeepRange, rangeOf } from "./readers/deep-png";
import { readDeep } from "./readers/foreign";

export interface Remarks {
  /** Examines the file at this index. */
  readonly look: (slot: number, content: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** Ranges used by 16-bit images, by index. */
  readonly deep: ReadonlyMap<number, DeepRange>;
  readonly unmarkedCmyk: readonly number[];
}

export function createRemarks(): Remarks {
  const deep = new Map<number, DeepRange>();
  const unmarkedCmyk: number[] = [];
  return {
    look: async (slot, content) => {
      if (isUnmarkedCmyk(content)) unmarkedCmyk.push(slot);
      const image = await readDeep(content);
      if (image) deep.set(slot, rangeOf(image));
    },
    deep,
    unmarkedCmyk,
  };
}

/** The common range of all 16-bit images. */
export function commonRange(ranges: Iterable<DeepRange>): DeepRange {
  let [low, high] = [65_535, 0];
  for (const range of ranges) {
    low = Math.min(low, range.low);
    high = Math.max(high, range.high);
  }
  return { low, high };
}

/** Share of the full range below which images look nearly black or nearly of one gray. */
const NARROW = 1 / 4;
const WHOLE = 65_536;

export function isNarrow({ low, high }: DeepRange): boolean {
  return high - low + 1 <= NARROW * WHOLE;
}

/** @param pathOf path of the file at an index */
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
  // In whole bits: scanners with 10, 12 or 14 bits do not scale their values.
  const share = WHOLE / 2 ** Math.ceil(Math.log2(range.high - range.low + 1));
  notices.push(
    isStretched
      ? { kind: "range-stretched", names: [], count: deep.size, undo: "stretched" }
      : { kind: "narrow-range", names: [String(share), pathOf(first)], count: deep.size, offer: "stretched" },
  );
  return notices;
}
