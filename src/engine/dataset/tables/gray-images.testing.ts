/** Gray test images of stripes. */

/** Gray images of ten classes, like MNIST and Fashion-MNIST. */
export interface GrayImages {
  /** Gray bytes, [SIDE, SIDE] each, all distinct. */
  readonly pixels: readonly Uint8Array[];
  /** Label of each image, 0 to 9. */
  readonly labels: Uint8Array;
}

/** Side in pixels. */
export const SIDE = 28;
const AREA = SIDE * SIDE;

export type Part = "train" | "t10k";

/**
 * The first images of a part: the number of stripes gives the class; the first two bytes are the image's index and its
 * part.
 */
export function madeImages(part: Part, count: number): GrayImages {
  const labels = Uint8Array.from({ length: count }, (_, i) => (7 * i + (i >> 4)) % 10);
  const pixels = Array.from(labels, (label, i) => {
    const image = Uint8Array.from({ length: AREA }, (_, at) => {
      const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
      return Math.round(127 + 120 * Math.sin(((label + 1) * x) / 4 + y + i));
    });
    image.set([i & 255, (i >> 8) + (part === "train" ? 0 : 128)]);
    return image;
  });
  return { labels, pixels };
}
