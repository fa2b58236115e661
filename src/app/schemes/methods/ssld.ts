import { texts } from "../../../texts/texts";
import { stagesNote, student, teacher } from "../lanes";
import { type MethodCardData, noSoftening } from "../method-card-data";
import { tex } from "../tex";

const equations = {
  paddleJS: [tex`\tfrac12\bigl[D(p_S\,\|\,p_T)+D(p_T\,\|\,p_S)\bigr]`],
  trueJS: [tex`\tfrac12\bigl[D(p_T\,\|\,\bar p)+D(p_S\,\|\,\bar p)\bigr]`, tex`\bar p=\tfrac12(p_T+p_S)`],
  KL: [tex`D(p_T\,\|\,p_S)`],
  CEsoft: [tex`H(p_T,\,p_S)`],
};

const standardizedSoftmax = tex`p=\mathrm{softmax}(z)`;

export const ssld: MethodCardData<"ssld"> = {
  diagram: (scheme) => ({
    kind: "lanes",
    lanes: [student("v", "p"), teacher("v", texts().methods.ssld.words.probabilities)],
    footnote: stagesNote(scheme),
  }),
  equation: ({ divergence, standardized }) =>
    standardized ? [...equations[divergence], standardizedSoftmax] : equations[divergence],
  notation: ({ divergence, standardized }) => {
    const { D, H, standardized: zScored } = texts().schemes.notation;
    return [divergence === "CEsoft" ? H : D, ...(standardized ? [zScored] : [])];
  },
  softening: noSoftening,
};
