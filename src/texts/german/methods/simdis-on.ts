import type { MethodTexts } from "../../english/methods";
import { heads, targets } from "./shared";
import { simdisCaveats, simdisWords } from "./simdis";

export const simdisOn: MethodTexts<"simdis-on"> = {
  name: "SimDis-On",
  summary:
    "Teacher und Student lernen in denselben Schritten; nichts vom Loss des Students erreicht den Teacher.",
  caveats: simdisCaveats,
  knobs: { targets, heads },
  words: simdisWords,
};
