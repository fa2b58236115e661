import { betweenStudies } from "./between";
import { binaryStudies } from "./binary";
import { functionMatchingStudies } from "./function-matching";
import { labelStudies } from "./labels";
import { simdisStudies } from "./simdis";
import { type Study, withMildViews } from "./study";
import { transferStudies } from "./transfer";

export type { PaperFigures, Study } from "./study";

/** From three seeds on there is a verdict. */
const seeds = [1, 2, 3];

/** Studies from the papers, each with an experiment that replays it at a size feasible in a browser. */
export const studies: readonly Study[] = [
  ...simdisStudies,
  ...labelStudies.map(withMildViews),
  ...functionMatchingStudies.map(withMildViews),
  ...binaryStudies,
  ...transferStudies.map(withMildViews),
  ...betweenStudies,
].map((study) => ({ ...study, quick: { seeds, ...study.quick } }));
