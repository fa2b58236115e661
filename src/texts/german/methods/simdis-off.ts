import type { MethodTexts } from "../../english/methods";
import { heads, targets, teacherBatchNorm } from "./shared";
import { simdisCaveats, simdisWords } from "./simdis";

export const simdisOff: MethodTexts<"simdis-off"> = {
  name: "SimDis-Off",
  summary:
    "Ein BYOL-Teacher wird zuerst trainiert und eingefroren; dann sagt der Student auch die Embeddings des Teachers voraus.",
  caveats: [
    ...simdisCaveats,
    "Der veröffentlichte Code schaltet den eingefrorenen Teacher nie in den Auswertungsmodus: Seine Batch Norm benutzt die Statistik des Batches. Vorgabe: wie dort.",
  ],
  knobs: {
    targets,
    heads,
    teacherBatchNorm: teacherBatchNorm(
      "Der veröffentlichte Code lässt den eingefrorenen Teacher im Trainingsmodus, sodass seine Batch Norm die Statistik jedes Batches benutzt. Der Auswertungsmodus benutzt die laufende.",
    ),
  },
  words: simdisWords,
};
