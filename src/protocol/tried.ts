import type { RejectedFile } from "./dataset";
import type { ImageStrip } from "./image-strip";
import type { Stage } from "./metrics/metrics";

/** An image that is shown to a run's networks: a file, or a test image by its index. */
export interface TriedImage {
  readonly runId: string;
  readonly image: Blob | { readonly index: number };
}

/** The answers to one image of all networks of a run, at one moment of its training. */
export interface Tried {
  readonly stage: Stage;
  /** Updates of that stage. */
  readonly step: number;
  /** The image as networks see it, before its colors are normalized. */
  readonly seen: ImageStrip;
  /** The class of a test image. */
  readonly label?: number;
  /** Student and teacher, as far as they exist by then, and the student's encoder before its first step. */
  readonly answers: readonly NetworkAnswer[];
}

/** The file is no image that can be read. */
export interface RefusedImage {
  readonly rejected: RejectedFile;
}

export interface NetworkAnswer {
  readonly role: "student" | "teacher" | "untrained";
  /** Probabilities by the network's own classifier, or the shares of the nearest training images' votes. */
  readonly by: "classifier" | "neighbors";
  /** One for each class; they add up to 1. */
  readonly shares: readonly number[];
  /** The nearest training images, nearest first, where these answer. */
  readonly neighbors?: readonly { readonly index: number; readonly cosine: number }[];
  /** The shortest time to compute the network's output for this image alone, in milliseconds. */
  readonly imageMs: number;
  /** The size of its weights and of its classifier as 32-bit numbers, in bytes. */
  readonly bytes: number;
}
