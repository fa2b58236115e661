import type { TeacherModel } from "../../../protocol/teacher-model";
import { type RidgeClassifier, ridgeLogits } from "../../evaluation/ridge";
import type { TeachingModel } from "../../models/teaching-model";
import { wholeImage } from "../../views/render-views";
import type { ResidentImages } from "../../views/resident-images";
import type { TeacherAnswers } from "./asked-views";
import { ViewPixels } from "./view-pixels";

/** The answers of a model to views that are rendered at its own size. */
export function modelAnswers(
  model: TeachingModel,
  { side, dimension }: Pick<TeacherModel, "side" | "dimension">,
): TeacherAnswers {
  const pixels = new ViewPixels(side);
  return {
    dimension,
    answer: async (asked) => {
      const { batch, images, recipes } = asked;
      const { channels } = images.set;
      const count = recipes.length * batch.length;
      const answers = new Float32Array(count * dimension);
      const mixup = asked.mixup ?? 1;
      // Mixed images need those of the whole batch at once.
      const size = mixup === 1 ? atOnce : batch.length;
      for (let from = 0; from < batch.length; from += size) {
        const some = batch.subarray(from, from + size);
        const rendered = await pixels.of({ ...asked, batch: some });
        if (mixup < 1) mixWithin(rendered, recipes.length, batch.length, mixup);
        const pictures = { pixels: rendered, count: recipes.length * some.length, side, channels };
        const rows = await model.answer(pictures);
        if (rows.length !== pictures.count * dimension)
          throw new Error(
            `The model answers with ${rows.length / pictures.count} numbers instead of ${dimension}.`,
          );
        for (const view of recipes.keys()) {
          const start = view * some.length * dimension;
          const part = rows.subarray(start, start + some.length * dimension);
          answers.set(part, (view * batch.length + from) * dimension);
        }
      }
      return answers;
    },
    release: async () => {
      pixels.dispose();
      await model.release();
    },
  };
}

/** Images whose views are rendered and shown to a model at once. */
const atOnce = 16;

/** As `mixup` of function matching, for the views of each recipe: λ x + (1 − λ) roll(x, 1). */
function mixWithin(pixels: Float32Array, recipes: number, batch: number, weight: number): void {
  const before = pixels.slice();
  const length = pixels.length / (recipes * batch);
  for (let image = 0; image < recipes * batch; image++) {
    const inBatch = image % batch;
    const partner = image - inBatch + ((inBatch + batch - 1) % batch);
    for (let at = 0; at < length; at++) {
      pixels[image * length + at] =
        weight * (before[image * length + at] as number) +
        (1 - weight) * (before[partner * length + at] as number);
    }
  }
}

/** The answers of a linear classifier on a teacher's answers, as logits. It releases what it stands on. */
export const withHead = (features: TeacherAnswers, head: RidgeClassifier): TeacherAnswers => ({
  dimension: head.classes,
  answer: async (asked) => ridgeLogits(head, await features.answer(asked)),
  release: () => features.release(),
});

/** A model's logits in the order of the images' classes. @param places where each class is among them */
export const inOrder = (logits: TeacherAnswers, places: readonly number[]): TeacherAnswers => ({
  dimension: places.length,
  answer: async (asked) => {
    const rows = await logits.answer(asked);
    const ordered = new Float32Array((rows.length / logits.dimension) * places.length);
    for (let at = 0; at < ordered.length; at++) {
      const row = Math.floor(at / places.length);
      ordered[at] = rows[row * logits.dimension + (places[at % places.length] as number)] as number;
    }
    return ordered;
  },
  release: () => logits.release(),
});

/** A teacher's answers to whole images, [indices, dimension]. */
export async function answersToWhole(
  teacher: TeacherAnswers,
  images: ResidentImages,
  indices: Int32Array,
): Promise<Float32Array<ArrayBuffer>> {
  const answers = new Float32Array(indices.length * teacher.dimension);
  for (let from = 0; from < indices.length; from += atOnce) {
    const batch = Uint32Array.from(indices.subarray(from, from + atOnce));
    const rows = await teacher.answer({ images, recipes: [wholeImage], batch, seed: 0, epoch: 0 });
    answers.set(rows, from * teacher.dimension);
  }
  return answers;
}
