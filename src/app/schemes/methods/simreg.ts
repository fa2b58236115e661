import { texts } from "../../../texts/texts";
import { stagesNote, student, teacher } from "../lanes";
import { type MethodCardData, noSoftening } from "../method-card-data";
import { tex } from "../tex";

const words = () => texts().methods.simreg.words;

const equations = {
  mlp: {
    same: tex`2-2\cos\bigl(\mathrm{MLP}(f_S(v)),\,\mathrm{sg}\,f_T(v)\bigr)`,
    other: tex`2-2\cos\bigl(\mathrm{MLP}(f_S(v)),\,\mathrm{sg}\,f_T(v')\bigr)`,
  },
  linear: {
    same: tex`2-2\cos\bigl(W f_S(v),\,\mathrm{sg}\,f_T(v)\bigr)`,
    other: tex`2-2\cos\bigl(W f_S(v),\,\mathrm{sg}\,f_T(v')\bigr)`,
  },
};

export const simreg: MethodCardData<"simreg"> = {
  diagram: (scheme) => ({
    kind: "lanes",
    lanes: [student("v", words().regress), teacher(scheme.views === "same" ? "v" : "v′", words().features)],
    footnote: stagesNote(scheme),
  }),
  equation: ({ views, head }) => [equations[head === "linear" ? "linear" : "mlp"][views]],
  notation: ({ head }) => {
    const { sg } = texts().schemes.notation;
    return [words().f, head === "linear" ? words().linear : words().mlp, sg];
  },
  softening: noSoftening,
};
