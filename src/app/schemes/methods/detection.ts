import { texts } from "../../../texts/texts";
import { labels, stagesNote, student } from "../lanes";
import { type MethodCardData, noSoftening } from "../method-card-data";
import { tex } from "../tex";

const words = () => texts().methods.detection.words;

export const detection: MethodCardData<"detection"> = {
  diagram: (scheme) => ({
    kind: "lanes",
    lanes: [student("▦", words().heatAndSides), labels(words().boxes)],
    footnote: stagesNote(scheme),
  }),
  equation: () => [tex`\mathcal L_{\mathrm{middle}}+0.1\,|a-\hat a|+|o-\hat o|`],
  notation: () => [words().letters],
  softening: noSoftening,
};
