/**
 * What a step is told about the views that it renders: for each view a row of words in a table. A row begins with the crop
 * and continues with the steps that change the picture, and ends with the weights of the blur.
 */

/** Everything that views can be changed by, once they are cropped. */
export const viewSteps = [
  /** Factor. */
  "brightness",
  /** Factor on the distance from the mean gray of the picture. */
  "contrast",
  /** Factor on the distance from the gray of the pixel. */
  "saturation",
  /** Cosine and sine of the rotation. */
  "hueInYiq",
  /** Six times the turns. */
  "hueInHsv",
  "gray",
  /** Bytes from the step to the weights, a whole number. */
  "blur",
  "invert",
  /** A multiple of how many bytes. */
  "posterize",
  /** From how many bytes on. */
  "solarize",
  /** Factor on the distance from the smoothed picture. */
  "sharpness",
  "autoContrast",
  "equalize",
  /** Column = aˣ·x + bˣ·y + cˣ, row likewise: six numbers. Gray comes from outside. */
  "moved",
] as const;
export type ViewStep = (typeof viewSteps)[number];

/** The number of a step in a table; 0 is none. */
export const codeOf = (step: ViewStep): number => viewSteps.indexOf(step) + 1;

/** Words before the steps: column = a·x + b·y + c and row likewise, whether it is flipped, how many steps there are. */
export const viewWords = { column: 0, row: 3, flip: 6, count: 7 } as const;
export const headWords = 8;
/** Its number and up to seven numbers that it needs. */
export const stepWords = 8;

export interface ViewShape {
  readonly channels: 1 | 3;
  /** Pixels per side of images and of views. */
  readonly size: number;
  readonly side: number;
  /** View i is one of image i modulo the batch. */
  readonly batch: number;
  readonly views: number;
  /** Steps that a row has room for, and those that there may be. */
  readonly slots: number;
  readonly steps: readonly ViewStep[];
  /** Of the blur, in pixels; 0 without one. */
  readonly radius: number;
}

export const weightsAt = ({ slots }: Pick<ViewShape, "slots">): number => headWords + stepWords * slots;

export const tableWords = (shape: Pick<ViewShape, "slots" | "radius">): number =>
  weightsAt(shape) + (shape.radius > 0 ? 2 * shape.radius + 1 : 0);

/** Words of an image's bytes. */
export const imageWords = ({ size, channels }: Pick<ViewShape, "size" | "channels">): number =>
  Math.ceil((size * size * channels) / 4);
