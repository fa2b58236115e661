import { significantDigits } from "../../../texts/numbers";
import { texts } from "../../../texts/texts";
import { labels, sources, stagesNote, student, teacher } from "../lanes";
import type { MethodCardData } from "../method-card-data";
import { tex } from "../tex";

const words = () => texts().methods.kd.words;
const round = (value: number) => significantDigits(value, 3);

export const kd: MethodCardData<"kd"> = {
  diagram: (scheme) => ({
    kind: "lanes",
    lanes: [
      student("v", sources().softened(scheme.temperature)),
      teacher("v", words().weighted(round(scheme.temperature), round(scheme.alpha))),
      labels(words().weight(round(1 - scheme.alpha))),
    ],
    footnote: stagesNote(scheme),
  }),
  equation: ({ scaling, standardized }) =>
    standardized
      ? [
          tex`(1-\alpha)\,H(y,\,p_S)+\alpha\,\tau^{2}\,D(p_T^{\tau}\,\|\,p_S^{\tau})`,
          tex`p^{\tau}=\mathrm{softmax}(z/\tau)`,
        ]
      : scaling === "hinton"
        ? [tex`(1-\alpha)\,H(y,\,p_S)+\alpha\,\tau^{2}\,D(p_T^{\tau}\,\|\,p_S^{\tau})`]
        : [tex`(1-\alpha)\,H(y,\,p_S)+\alpha\,D(p_T^{\tau}\,\|\,p_S^{\tau})`],
  notation: ({ standardized }) => {
    const { y, H, D, softened, standardized: zScored } = texts().schemes.notation;
    return standardized ? [y, H, D, zScored] : [y, H, D, softened];
  },
  softening: ({ temperature }) => temperature,
};
