import * as tf from "@tensorflow/tfjs-core";
import type { ViewRecipe } from "../../../../protocol/experiment";
import { renderViews } from "../../../views/render-views";
import { patchSide } from "../../planning/plan";
import type { TaskContext } from "./task";

/** The area of a small patch as a fraction of the image's (docs/methods.md §4). */
const patchScale = { min: 0.05, max: 0.4 } as const;

/** The recipe of the small patches of SEED, DINO and MOKD, with the color operations of the whole crop. */
export const patchRecipe = (recipe: ViewRecipe): ViewRecipe => ({ ...recipe, scale: patchScale });

/** Small patches stacked, whose view numbers follow those of the whole views: [patches · batch, side, side, channels]. */
export function patchesBesides(
  wholeViews: number,
  patches: number,
  { images, views, inputs }: TaskContext,
): tf.Tensor4D {
  const recipes = Array.from({ length: wholeViews + patches }, () => patchRecipe(views.first));
  const side = patchSide(images.set.size);
  const all = renderViews(images, recipes, inputs.batch, inputs.clock, side);
  const [rows, ...shape] = all.shape;
  const first = (wholeViews * rows) / recipes.length;
  return tf.slice(all, [first, 0, 0, 0], [rows - first, ...shape]);
}
