import type { DrawnDifficulty } from "../../../protocol/dataset";

export interface DrawingOptions {
  readonly seed: number;
  /** Pixels per side. */
  readonly size: number;
  readonly difficulty: DrawnDifficulty;
  /** Images per part. */
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** Share of the training images given a wrong label. */
  readonly labelNoise?: number;
}

export const drawingDefaults: DrawingOptions = {
  seed: 0,
  size: 32,
  difficulty: "normal",
  train: 4_000,
  validation: 500,
  test: 1_000,
};

/** A set of images that the page draws. An image's class is its index modulo their number. */
export interface DrawnSet {
  readonly name: string;
  readonly classNames: readonly string[];
  /**
   * A painter of single images of one part into [size, size, 3]. An image depends only on the seed, the part, its index and
   * the options, and is bit-identical on every machine.
   */
  readonly createPainter: (
    options: Pick<DrawingOptions, "seed" | "size" | "difficulty">,
    part: DrawnPart,
  ) => (index: number, into: Uint8Array) => void;
}

/** First words of the parts' addresses, which keep their images distinct. Never renumber. */
export const drawnParts = { train: 0, test: 1, validation: 2 } as const;
export type DrawnPart = keyof typeof drawnParts;
