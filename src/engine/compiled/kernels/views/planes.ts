import { type FunctionWriter, I32, type Local, V128 } from "../../assembler/function-writer";
import type { ViewShape } from "./view-table";

/** A picture while it is rendered: a plane of numbers for each channel, then room for another picture and for tables. */

type Size = Pick<ViewShape, "side" | "channels" | "radius">;

export const pixelsOf = ({ side }: Pick<ViewShape, "side">): number => side * side;

const vectorsOf = (shape: Pick<ViewShape, "side">): number => Math.ceil(pixelsOf(shape) / 4);

/** Bytes from one plane to the next: a vector may be written beyond the last row. */
export const planeBytes = (shape: Pick<ViewShape, "side">): number => 16 * (vectorsOf(shape) + 1);

export const pictureBytes = (shape: Size): number => shape.channels * planeBytes(shape);

/** Where tables begin, in bytes from the picture. */
export const tablesAt = (shape: Size): number => 2 * pictureBytes(shape);

/** All that rendering a view takes. */
export const roomBytes = (shape: Size): number =>
  tablesAt(shape) + Math.max(4 * 256, 4 * (4 * Math.ceil(shape.side / 4) + 2 * shape.radius + 4));

export const channelsOf = ({ channels }: Pick<ViewShape, "channels">): readonly number[] =>
  Array.from({ length: channels }, (_, channel) => channel);

/** Runs `body` with the address of each four pixels, in the first plane. */
export function everyVector(
  f: FunctionWriter,
  shape: Size,
  picture: Local,
  body: (at: Local) => void,
): FunctionWriter {
  const at = f.local(I32);
  f.get(picture).set(at);
  f.times(vectorsOf(shape), () => {
    body(at);
    f.advance(at, 16);
  });
  return f.release(I32, at);
}

/** Replaces each four numbers by what `change` makes of them, in whichever channel they are. */
export function changeNumbers(
  f: FunctionWriter,
  shape: Size,
  picture: Local,
  change: (x: Local) => void,
): FunctionWriter {
  const x = f.local(V128);
  everyVector(f, shape, picture, (at) => {
    for (const channel of channelsOf(shape)) {
      f.get(at)
        .loadV(channel * planeBytes(shape))
        .set(x);
      f.get(at);
      change(x);
      f.storeV(channel * planeBytes(shape));
    }
  });
  return f.release(V128, x);
}

export function clampUnitV(f: FunctionWriter): FunctionWriter {
  return f.zeroV().maxV().constantV(1).minV();
}

/** Leaves a number of a step, four times. */
export const numberOf = (f: FunctionWriter, step: Local, place: number): FunctionWriter =>
  f.get(step).loadSplat(4 + 4 * place);

/** Runs `body` for each four numbers of one plane that are pixels; the others come one by one. */
export function everyPixel(
  f: FunctionWriter,
  shape: Size,
  start: () => void,
  vector: (at: Local) => void,
  single: (at: Local) => void,
): FunctionWriter {
  const at = f.local(I32);
  start();
  f.set(at);
  f.times(Math.floor(pixelsOf(shape) / 4), () => {
    vector(at);
    f.advance(at, 16);
  });
  f.times(pixelsOf(shape) % 4, () => {
    single(at);
    f.advance(at, 4);
  });
  return f.release(I32, at);
}
