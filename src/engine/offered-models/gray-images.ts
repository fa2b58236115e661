import { product, type RunnableModel, shapeOf } from "../models/runnable-model";

/** Images that a model is tried with. */
export const atOnce = ({ input }: RunnableModel): number => input.batch ?? 1;

/** As many gray images as the model takes at once. */
export const gray = (model: RunnableModel, side: number): Float32Array<ArrayBuffer> =>
  new Float32Array(product(shapeOf(model.input, atOnce(model), side))).fill(0.5);
