import { binaryStudies } from "./binary";
import { functionMatchingStudies } from "./function-matching";
import { labelStudies } from "./labels";
import { simdisStudies } from "./simdis";
import type { Study } from "./study";
import { transferStudies } from "./transfer";

export type { PaperFigures, Study } from "./study";

/** Studies of the papers, each with an experiment that replays it at the size of a browser. */
export const studies: readonly Study[] = [
  ...simdisStudies,
  ...labelStudies,
  ...functionMatchingStudies,
  ...binaryStudies,
  ...transferStudies,
];
