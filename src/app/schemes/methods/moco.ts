import { texts } from "../../../texts/texts";
import { contrast, stagesNote } from "../lanes";
import { type MethodCardData, noSoftening } from "../method-card-data";
import { tex } from "../tex";

export const moco: MethodCardData<"moco"> = {
  diagram: (scheme) => ({
    kind: "lanes",
    lanes: contrast(),
    footnote: scheme.symmetric ? texts().schemes.footnotes.bothDirections : stagesNote(scheme),
  }),
  equation: ({ symmetric }) =>
    symmetric
      ? [
          tex`\mathcal L=\ell(v,v')+\ell(v',v)`,
          tex`\ell=-\log\frac{e^{q\cdot k^{+}/\tau}}{e^{q\cdot k^{+}/\tau}+\sum_{k\in Q}e^{q\cdot k/\tau}}`,
        ]
      : [tex`-\log\frac{e^{q\cdot k^{+}/\tau}}{e^{q\cdot k^{+}/\tau}+\sum_{k\in Q}e^{q\cdot k/\tau}}`],
  notation: () => [texts().schemes.notation.keys],
  softening: noSoftening,
};
