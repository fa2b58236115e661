import { texts } from "../../../texts/texts";
import { copy, student } from "../lanes";
import { type MethodCardData, noSoftening } from "../method-card-data";
import { tex } from "../tex";

const words = () => texts().methods.mokd.words;

export const mokd: MethodCardData<"mokd"> = {
  diagram: () => ({
    kind: "lanes",
    lanes: [
      student(words().allViews, words().outputs),
      copy("v, v′", words().itself),
      { name: "Ŝ₂", kind: "peer", sees: "v, v′", gives: words().other },
    ],
    footnote: texts().schemes.footnotes.peers,
  }),
  equation: ({ crossWeight }) => [
    tex`\mathcal L_{i}=\mathrm{DINO}(s_i,\hat s_i)+\mathrm{DINO}(s_i^{T},\hat s_i^{T})`,
    ...(crossWeight > 0
      ? [
          tex`+\,\lambda\bigl[\mathrm{DINO}(s_i,\hat s_j)+H\bigl(\hat s_j\langle s_i\rangle,\,s_i^{T}\bigr)\bigr]`,
        ]
      : []),
  ],
  notation: ({ crossWeight }) =>
    crossWeight > 0
      ? [words().terms, words().D, words().search, texts().schemes.notation.H]
      : [words().terms, words().D],
  softening: noSoftening,
};
