import { texts } from "../../../texts/texts";
import { labels, sources, stagesNote, student } from "../lanes";
import { type MethodCardData, noSoftening } from "../method-card-data";
import { tex } from "../tex";

export const supervised: MethodCardData<"supervised"> = {
  diagram: (scheme) => ({
    kind: "lanes",
    lanes: [student("v", "p"), labels(sources().class)],
    footnote: stagesNote(scheme),
  }),
  equation: () => [tex`-\log p_S(y \mid v)`],
  notation: () => [texts().schemes.notation.y],
  softening: noSoftening,
};
