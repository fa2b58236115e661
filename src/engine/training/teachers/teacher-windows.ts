import type { Scheme } from "../../../protocol/experiment";
import { windowOffsets } from "../../methods/funmatch";
import type { CropRule } from "../../views/parameters";

export type MatchingInput = Extract<Scheme, { readonly method: "funmatch" }>["input"];

/**
 * The side of a center crop or window as a fraction of the image's: 28 of 32 pixels, like 224 of 256 in the paper.
 */
export const windowShare = 0.875;

/** The crops of a teacher with fixed views: one, or several windows. Empty if its crops are random. */
export function fixedCrops(input: MatchingInput, size: number): readonly CropRule[] {
  switch (input) {
    case "fixedResize":
      return [{ left: 0, top: 0, side: 1 }];
    case "fixedCentre":
      return [{ left: (1 - windowShare) / 2, top: (1 - windowShare) / 2, side: windowShare }];
    case "fixedMultiCrop": {
      const window = Math.round(windowShare * size);
      return windowOffsets(size, window).map(({ x, y }) => ({
        left: x / size,
        top: y / size,
        side: window / size,
      }));
    }
    case "independent":
    case "consistentRandom":
    case "consistentInception":
    case "functionMatching":
      return [];
    default:
      return input satisfies never;
  }
}

/** The number of forward passes of a teacher per image. */
export function teacherPasses(input: MatchingInput, size: number): number {
  return Math.max(1, fixedCrops(input, size).length);
}
