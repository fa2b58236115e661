import type { SchemeOf } from "../../../protocol/schemes";
import { texts } from "../../../texts/texts";
import { copy, type Lane, queue, sources, stagesNote, student, teacher } from "../lanes";
import { type MethodCardData, noSoftening } from "../method-card-data";
import { tex } from "../tex";

const words = () => texts().methods.compress.words;

function lanesOf({ queues, studentQueue }: SchemeOf<"compress">): readonly Lane[] {
  const source = teacher("v", sources().similarities);
  const own = student("v", sources().similarities);
  if (queues === "one") return [own, queue("Q_T", { fromBelow: "enqueue" }), source];
  const both = queue("Q_S, Q_T", { fromAbove: "enqueue", fromBelow: "enqueue" });
  return studentQueue === "momentum" ? [own, copy("v"), both, source] : [own, both, source];
}

export const compress: MethodCardData<"compress"> = {
  diagram: (scheme) => ({ kind: "lanes", lanes: lanesOf(scheme), footnote: stagesNote(scheme) }),
  equation: ({ queues }) =>
    queues === "two"
      ? [tex`D\bigl(\mathrm{softmax}(t\cdot Q_T/\tau)\,\|\,\mathrm{softmax}(s\cdot Q_S/\tau)\bigr)`]
      : [tex`D\bigl(\mathrm{softmax}(t\cdot Q_T/\tau)\,\|\,\mathrm{softmax}(As\cdot Q_T/\tau)\bigr)`],
  notation: ({ queues }) => {
    const { D, embeddings } = texts().schemes.notation;
    return [D, embeddings, queues === "two" ? words().twoQueues : words().oneQueue];
  },
  softening: noSoftening,
};
