import { type SchemeOf, teacherOf } from "../../../protocol/schemes";
import { texts } from "../../../texts/texts";
import { contrast, type Lane, stagesNote, student, teacher } from "../lanes";
import { type MethodCardData, noSoftening } from "../method-card-data";
import { tex } from "../tex";

const words = () => texts().methods.s2bnn.words;

function lanesOf(scheme: SchemeOf<"s2bnn">): readonly Lane[] {
  const { when } = teacherOf(scheme);
  if (when === "none") return contrast();
  const source = teacher("v", words().embedding, when === "before");
  const { strategy } = scheme;
  return strategy === "distillation" ? [student("v", words().embedding), source] : [...contrast(), source];
}

const equations = {
  contrast: [tex`-\log\frac{e^{q\cdot k^{+}/\tau}}{e^{q\cdot k^{+}/\tau}+\sum_{k\in Q}e^{q\cdot k/\tau}}`],
  distillation: [tex`H\bigl(\mathrm{softmax}(n(t)/\tau),\,\mathrm{softmax}(n(s)/\tau)\bigr)`],
  both: [
    tex`H\bigl(\mathrm{softmax}(n(t)/\tau),\,\mathrm{softmax}(n(s)/\tau)\bigr)`,
    tex`{}-\log\frac{e^{q\cdot k^{+}/\tau}}{e^{q\cdot k^{+}/\tau}+\sum_{k\in Q}e^{q\cdot k/\tau}}`,
  ],
};

export const s2bnn: MethodCardData<"s2bnn"> = {
  diagram: (scheme) => ({ kind: "lanes", lanes: lanesOf(scheme), footnote: stagesNote(scheme) }),
  equation: ({ strategy }) => equations[strategy],
  notation: ({ strategy }) => {
    const { H, keys } = texts().schemes.notation;
    if (strategy === "contrast") return [keys];
    return [H, words().channels, ...(strategy === "both" ? [keys] : [])];
  },
  softening: noSoftening,
};
