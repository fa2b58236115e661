import { texts } from "../../../texts/texts";
import { type MethodCardData, noSoftening } from "../method-card-data";
import { tex } from "../tex";

export const byol: MethodCardData<"byol"> = {
  diagram: () => ({
    kind: "targets",
    networks: ["S", "Ŝ"],
    selected: [3],
    frozenTeacher: false,
    footnote: texts().schemes.footnotes.alone,
  }),
  equation: () => [
    tex`\mathcal L=\ell(v,v')+\ell(v',v)`,
    tex`\ell(v,v')=\lVert n(q(z(v)))-\mathrm{sg}\,n(\hat z(v'))\rVert^{2}`,
  ],
  notation: () => {
    const { z, q, n, sg } = texts().schemes.notation;
    return [z, q, n, sg];
  },
  softening: noSoftening,
};
