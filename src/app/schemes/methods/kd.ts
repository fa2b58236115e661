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
  equation: ({ scaling }) =>
    scaling === "hinton"
      ? [tex`(1-\alpha)\,H(y,\,p_S)+\alpha\,\tau^{2}\,D(p_T^{\tau}\,\|\,p_S^{\tau})`]
      : [tex`(1-\alpha)\,H(y,\,p_S)+\alpha\,D(p_T^{\tau}\,\|\,p_S^{\tau})`],
  notation: () => {
    const { y, H, D, softened } = texts().schemes.notation;
    return [y, H, D, softened];
  },
  softening: ({ temperature }) => temperature,
};
