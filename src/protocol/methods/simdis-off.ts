import { defineMethod, none, trainedBefore } from "./method";
import { batchNorm, heads, targets } from "./shared/knobs";
import { regressionRates } from "./shared/rates";
import { simdisCaveats, simdisPaper, simdisWords } from "./shared/simdis";

export const simdisOff = defineMethod({
  name: "SimDis-Off",
  summary:
    "A BYOL teacher is trained first and frozen; then the student predicts the teacher's embeddings as well.",
  paper: simdisPaper,
  caveats: [
    ...simdisCaveats,
    "The published code never switches the frozen teacher to evaluation mode: its batch norm uses batch statistics. Default: as there.",
  ],
  knobs: {
    targets,
    heads,
    teacherBatchNorm: batchNorm(
      "train",
      "The published code leaves the frozen teacher in training mode, so that its batch norm uses the statistics of each batch. Evaluation mode uses its running statistics.",
    ),
  },
  words: simdisWords,
  needsLabels: false,
  hasClassifier: false,
  rates: regressionRates,
  smallest: {},
  teacher: trainedBefore("byol"),
  targetViews: ({ targets: chosen }) => [...chosen].sort(),
  queues: none,
  peers: none,
  idle: none,
  refusals: none,
});
