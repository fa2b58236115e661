import * as tf from "@tensorflow/tfjs-core";
import type { ModelTensor } from "../runnable-model";

/** Runs a model on images and reads what it returns; nothing stays on the device. */
export async function tensorsOf(
  images: Float32Array<ArrayBuffer>,
  shape: readonly number[],
  run: (images: tf.Tensor) => Promise<readonly tf.Tensor[]>,
): Promise<readonly ModelTensor[]> {
  const given = tf.tensor(images, [...shape]);
  try {
    const found = await run(given);
    const read = found.map(async (tensor) => ({
      shape: tensor.shape,
      values: Float32Array.from(await tensor.data()),
    }));
    const all = await Promise.all(read);
    tf.dispose([...found]);
    return all;
  } finally {
    given.dispose();
  }
}

const LONGEST = 300;

export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0]?.slice(0, LONGEST) ||
  "it gives no reason.";
