import type { MethodTexts } from "../../english/methods";
import { heads, targets } from "./shared";
import { simdisCaveats, simdisWords } from "./simdis";

export const simdisOn: MethodTexts<"simdis-on"> = {
  name: "SimDis-On",
  summary:
    "Teacher und Student lernen in denselben Schritten; der Loss des Students hat keinen Gradienten in den Teacher.",
  caveats: simdisCaveats,
  knobs: { targets, heads },
  words: simdisWords,
};
