import { texts } from "../../../texts/texts";
import { student } from "../lanes";
import { type MethodCardData, noSoftening } from "../method-card-data";
import { tex } from "../tex";

const words = () => texts().methods.dogo.words;

const equations = {
  contrast: [tex`\mathcal L_{i}=\text{NT-Xent}_{i}`],
  both: [
    tex`\mathcal L_{i}=\text{NT-Xent}_{i}+\lambda\,D(\mathrm{sg}\,p_{j}^{\tau}\,\|\,p_{i}^{\tau})`,
    tex`p_{i}^{\tau}=\mathrm{softmax}(\mathrm{sim}_{i}/\tau)`,
  ],
};

export const dogo: MethodCardData<"dogo"> = {
  diagram: () => ({
    kind: "lanes",
    lanes: [student("v, v′", words().own), { name: "S₂", kind: "peer", sees: "v, v′", gives: words().its }],
    footnote: texts().schemes.footnotes.peers,
  }),
  equation: ({ weight }) => (weight === 0 ? equations.contrast : equations.both),
  notation: ({ weight }) => {
    const { D, sg } = texts().schemes.notation;
    return weight === 0 ? [words().contrast] : [words().contrast, words().sim, D, sg, words().i];
  },
  softening: noSoftening,
};
