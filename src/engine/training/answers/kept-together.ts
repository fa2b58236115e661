import type { AskedViews } from "../teachers/asked-views";
import type { FedAnswers } from "./fed-answers";
import { asTensors, byImage, lengthOf } from "./rows";

/** A model's answers to all views of a step, to be kept. @param model by which the answers are known again */
export const keptTogether = (asks: readonly AskedViews[], model: unknown): FedAnswers => {
  const shapes = asks.map(({ shape }) => shape);
  return {
    length: lengthOf(shapes),
    about: ["model", model, asks.map(({ about }) => about)],
    prepare: async () => undefined,
    ask: async (step) => {
      const tensors: Float32Array[] = [];
      for (const asked of asks) tensors.push(await asked.answersTo(step));
      return byImage(tensors, shapes, step.batch.length);
    },
    feed: (answers) => {
      const tensors = asTensors(answers, shapes, answers.length / lengthOf(shapes));
      for (const [i, values] of tensors.entries()) asks[i]?.feed(values);
    },
  };
};
