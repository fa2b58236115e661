import { defineMethod, none } from "./method";
import { heads, targets } from "./shared/knobs";
import { regressionRates } from "./shared/rates";
import { simdisCaveats, simdisPaper, simdisWords } from "./shared/simdis";

export const simdisOn = defineMethod({
  name: "SimDis-On",
  summary:
    "Teacher and student learn in the same steps; the student's loss has no gradient into the teacher.",
  paper: simdisPaper,
  caveats: simdisCaveats,
  knobs: { targets, heads },
  words: simdisWords,
  needsLabels: false,
  hasClassifier: false,
  rates: regressionRates,
  smallest: {},
  teacher: () => ({ when: "alongside", by: "byol" }),
  targetViews: ({ targets: chosen }) => [...chosen].sort(),
  queues: none,
  peers: none,
  idle: none,
  refusals: none,
});
