import type { TeacherModel } from "../../protocol/teacher-model";
import { rowsOf } from "./output-use";
import { type RunnableModel, shapeOf } from "./runnable-model";

/** How a model is asked: which output, and what its pixels look like. */
export type Asked = Pick<TeacherModel, "output" | "use" | "side" | "mean" | "deviation">;

/** Images for a model: [count, side, side, channels], pixels in [0, 1]. */
export interface Pictures {
  readonly pixels: Float32Array;
  readonly count: number;
  readonly side: number;
  readonly channels: number;
}

/** A model that answers with one row of numbers per image. All its parts are functions: it is no state of a training. */
export interface TeachingModel {
  /** [pictures.count, dimension] */
  readonly answer: (pictures: Pictures) => Promise<Float32Array<ArrayBuffer>>;
  readonly release: () => Promise<void>;
}

/** Images that a model of any batch size is given at once: more need more memory and are hardly faster. */
const atOnce = 16;

export function teachingModel(model: RunnableModel, asked: Asked): TeachingModel {
  const { input } = model;
  const size = input.batch ?? atOnce;
  return {
    answer: async (pictures) => {
      let answers = new Float32Array(0);
      for (let from = 0; from < pictures.count; from += size) {
        // A model with a fixed batch gets as many images as it takes; the surplus repeats the last one.
        const wanted = Math.min(size, pictures.count - from);
        const count = input.batch ?? wanted;
        const images = prepared(pictures, from, count, model, asked);
        const [output] = await model.run(images, shapeOf(input, count, asked.side), [asked.output]);
        if (!output) throw new Error("The model gave no output.");
        const { dimension, rows } = rowsOf(output, asked.use, input.layout);
        if (from === 0) answers = new Float32Array(pictures.count * dimension);
        answers.set(rows.subarray(0, wanted * dimension), from * dimension);
      }
      return answers;
    },
    release: () => model.release(),
  };
}

/** Rec. 601, as the views' own conversion to gray. */
const grayShares = [0.299, 0.587, 0.114] as const;

/** Images in the layout and the numbers that a model expects. */
function prepared(
  { pixels, count: given, side, channels }: Pictures,
  from: number,
  count: number,
  { input }: RunnableModel,
  { mean, deviation }: Asked,
): Float32Array<ArrayBuffer> {
  const places = side * side;
  const to = input.channels;
  const images = new Float32Array(count * places * to);
  const at = (list: readonly number[], channel: number) => list[channel % list.length] as number;
  for (let image = 0; image < count; image++) {
    const start = Math.min(from + image, given - 1) * places * channels;
    for (let channel = 0; channel < to; channel++) {
      const [center, scale] = [at(mean, channel), 1 / at(deviation, channel)];
      const [first, step] =
        input.layout === "channelsFirst"
          ? [(image * to + channel) * places, 1]
          : [image * places * to + channel, to];
      for (let place = 0; place < places; place++) {
        const pixel = start + place * channels;
        const value =
          to === channels
            ? (pixels[pixel + channel] as number)
            : channels === 1
              ? (pixels[pixel] as number)
              : grayAt(pixels, pixel);
        images[first + place * step] = (value - center) * scale;
      }
    }
  }
  return images;
}

const grayAt = (pixels: Float32Array, pixel: number): number =>
  grayShares.reduce((sum, share, channel) => sum + share * (pixels[pixel + channel] as number), 0);
