/** RGBA images, row by row: [count, size, size, 4]. */
export interface ImageStrip {
  readonly count: number;
  readonly size: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}
