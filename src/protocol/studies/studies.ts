import { betweenStudies } from "./between";
import { binaryStudies } from "./binary";
import { functionMatchingStudies } from "./function-matching";
import { labelStudies } from "./labels";
import { simdisStudies } from "./simdis";
import { type Study, withMildViews } from "./study";
import { transferStudies } from "./transfer";

export type { PaperFigures, Study } from "./study";

/** Studies from the papers, each with an experiment that replays it at a size feasible in a browser. */
export const studies: readonly Study[] = [
  ...simdisStudies,
  ...labelStudies.map(withMildViews),
  ...functionMatchingStudies.map(withMildViews),
  ...binaryStudies,
  ...transferStudies.map(withMildViews),
  ...betweenStudies,
];
