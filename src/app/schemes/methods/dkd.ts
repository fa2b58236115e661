import { significantDigits } from "../../../texts/numbers";
import { texts } from "../../../texts/texts";
import { labels, sources, stagesNote, student, teacher } from "../lanes";
import type { MethodCardData } from "../method-card-data";
import { tex } from "../tex";

const words = () => texts().methods.dkd.words;
const round = (value: number) => significantDigits(value, 3);

export const dkd: MethodCardData<"dkd"> = {
  diagram: (scheme) => ({
    kind: "lanes",
    lanes: [
      student("v", sources().softened(scheme.temperature)),
      teacher("v", words().parts(round(scheme.alpha), round(scheme.beta))),
      labels("y"),
    ],
    footnote: stagesNote(scheme),
  }),
  equation: ({ standardized }) => [
    tex`H(y,p_S)+\alpha\,\tau^{2}D(b_T^{\tau}\,\|\,b_S^{\tau})`,
    tex`+\,\beta\,\tau^{2}D(\hat p_T^{\tau}\,\|\,\hat p_S^{\tau})`,
    ...(standardized ? [tex`p^{\tau}=\mathrm{softmax}(z/\tau)`] : []),
  ],
  notation: ({ standardized }) => {
    const { y, H, D, softened, standardized: zScored } = texts().schemes.notation;
    return [y, H, D, softened, words().b, ...(standardized ? [zScored] : [])];
  },
  softening: ({ temperature }) => temperature,
};
