import { texts } from "../../../texts/texts";
import { type MethodCardData, noSoftening } from "../method-card-data";
import { networkRoles } from "../target-views";
import { tex } from "../tex";

export const simdisOff: MethodCardData<"simdis-off"> = {
  diagram: ({ targets }) => ({
    kind: "targets",
    networks: networkRoles,
    selected: targets,
    frozenTeacher: true,
    footnote: texts().schemes.footnotes.offline,
  }),
  equation: ({ heads }) =>
    heads === "two"
      ? [
          tex`\mathcal L_S=\frac{1}{|\mathcal V|}\sum_{i\in\mathcal V}\bigl[\ell_i(v)+\ell_i(v')\bigr]`,
          tex`\ell_i(v)=\lVert n(q_{h(i)}(z_S(v)))-\mathrm{sg}\,t_i(v)\rVert^{2}`,
        ]
      : [
          tex`\mathcal L_S=\frac{1}{|\mathcal V|}\sum_{i\in\mathcal V}\bigl[\ell_i(v)+\ell_i(v')\bigr]`,
          tex`\ell_i(v)=\lVert n(q_i(z_S(v)))-\mathrm{sg}\,t_i(v)\rVert^{2}`,
        ],
  notation: ({ heads }) => {
    const { n, sg } = texts().schemes.notation;
    const words = texts().methods["simdis-off"].words;
    return [words.V, words.t, heads === "two" ? words.twoHeads : words.heads, n, sg];
  },
  softening: noSoftening,
};
