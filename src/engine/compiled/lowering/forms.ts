import type { ImageLayout } from "../layout";
import type { Buffer } from "../schedule/task";

/** Images in memory. */
export interface Images {
  readonly buffer: Buffer;
  readonly layout: ImageLayout;
}

/** Sums of the chunks of a batch, each in memory of its own. */
export interface ChunkSums {
  readonly buffer: Buffer;
  readonly chunks: number;
  /** Bytes from one chunk to the next. */
  readonly bytes: number;
  /** Bytes from a chunk's beginning to these sums. */
  readonly offset: number;
}
