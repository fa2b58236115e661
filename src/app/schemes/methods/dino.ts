import { texts } from "../../../texts/texts";
import { copy, stagesNote, student } from "../lanes";
import { type MethodCardData, noSoftening } from "../method-card-data";
import { tex } from "../tex";

const words = () => texts().methods.dino.words;

export const dino: MethodCardData<"dino"> = {
  diagram: (scheme) => ({
    kind: "lanes",
    lanes: [student(words().allViews, words().ofOtherViews), copy("v, v′", words().centered)],
    footnote: stagesNote(scheme),
  }),
  equation: () => [
    tex`\frac{1}{N}\sum_{i}\sum_{j\ne i}H\bigl(\mathrm{softmax}\tfrac{t_i-c}{\tau_T},\,\mathrm{softmax}\tfrac{s_j}{\tau_S}\bigr)`,
  ],
  notation: () => [texts().schemes.notation.H, words().globals, words().center],
  softening: noSoftening,
};
