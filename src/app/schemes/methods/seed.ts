import { texts } from "../../../texts/texts";
import { queue, sources, stagesNote, student, teacher } from "../lanes";
import { type MethodCardData, noSoftening } from "../method-card-data";
import { tex } from "../tex";

const words = () => texts().methods.seed.words;

export const seed: MethodCardData<"seed"> = {
  diagram: (scheme) => ({
    kind: "lanes",
    lanes: [
      student("v", sources().similarities),
      teacher("v", sources().similarities),
      queue(words().bothCompare, { fromAbove: "enqueue" }),
    ],
    footnote: stagesNote(scheme),
  }),
  equation: () => [
    tex`H\bigl(\mathrm{softmax}(t\cdot C/\tau_T),\,\mathrm{softmax}(s\cdot C/\tau_S)\bigr)`,
    tex`C=[t,\,Q]`,
  ],
  notation: () => {
    const { H, embeddings } = texts().schemes.notation;
    return [H, embeddings, words().C];
  },
  softening: noSoftening,
};
