import * as tf from "@tensorflow/tfjs-core";
import type { Pair } from "../../math/pair";

/** Equal parts of a stack, along the first axis: its views, where several were stacked into one batch. */
export function partsOf<T extends tf.Tensor>(stacked: T, parts: number): T[] {
  const [rows = 0, ...rest] = stacked.shape;
  const size = rows / parts;
  const origin = rest.map(() => 0);
  return Array.from({ length: parts }, (_, part) =>
    tf.slice(stacked, [part * size, ...origin], [size, ...rest]),
  );
}

/** Both views of a stack of two. They are cut out only where they are wanted one by one. */
export function pairOf<T extends tf.Tensor>(stacked: T): Pair<T> {
  let parts: T[] | undefined;
  const cut = () => {
    // A tidy in which they were cut out has disposed of them when it ended.
    if (!parts || parts.some(({ isDisposed }) => isDisposed)) parts = partsOf(stacked, 2);
    return parts;
  };
  return {
    stacked,
    get v() {
      return cut()[0] as T;
    },
    get vPrime() {
      return cut()[1] as T;
    },
  };
}
