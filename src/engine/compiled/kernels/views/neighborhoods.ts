import { F32, type FunctionWriter, I32, type Local, V128 } from "../../assembler/function-writer";
import type { WriteStep } from "./colors";
import { channelsOf, pictureBytes, planeBytes, tablesAt } from "./planes";
import type { ViewShape, ViewStep } from "./view-table";

/** Steps that make a pixel of several. */

/** The color of pixels that come from outside the picture. */
const fill = 0.5;

/**
 * Along rows into the second picture, and along columns back. Beyond the border the outermost pixels repeat. Vectors reach
 * beyond the end of a row: what they spoil there is written afterwards.
 */
const blur: WriteStep = (f, shape, picture, step) => {
  const { side, radius } = shape;
  const [weights, row, at, padded, source, weight, target, y] = f.manyLocals(I32, 8) as Local8;
  const sum = f.local(V128);
  const vectors = Math.ceil(side / 4);
  f.get(step).get(step).loadI(4).add().set(weights);
  f.get(picture).i32(tablesAt(shape)).add().set(padded);
  /** Σ weight · four pixels, where `next` goes from one to the next. */
  const sumUp = (start: () => FunctionWriter, next: () => void) => {
    start();
    f.zeroV().set(sum).get(weights).set(weight);
    f.times(2 * radius + 1, () => {
      f.get(weight).loadSplat().get(source).loadV().get(sum).multiplyAdd().set(sum);
      f.advance(weight, 4);
      next();
    });
    f.get(target).get(sum).storeV();
    f.advance(target, 16);
  };
  for (const channel of channelsOf(shape)) {
    f.get(picture)
      .i32(channel * planeBytes(shape))
      .add()
      .set(row);
    f.get(row).i32(pictureBytes(shape)).add().set(at);
    f.times(side, () => {
      for (let i = 0; i < radius; i++) {
        f.get(padded)
          .get(row)
          .loadF()
          .storeF(4 * i);
        f.get(padded)
          .get(row)
          .loadF(4 * (side - 1))
          .storeF(4 * (radius + side + i));
      }
      f.get(padded)
        .i32(4 * radius)
        .add()
        .get(row)
        .i32(4 * side)
        .copyMemory();
      f.get(at).set(target).i32(0).set(y);
      f.times(vectors, () => {
        sumUp(
          () => f.get(padded).get(y).add().set(source),
          () => f.advance(source, 4),
        );
        f.advance(y, 16);
      });
      f.advance(row, 4 * side).advance(at, 4 * side);
    });
  }
  const [first, place] = f.manyLocals(I32, 2) as [Local, Local];
  for (const channel of channelsOf(shape)) {
    f.get(picture)
      .i32(channel * planeBytes(shape))
      .add()
      .set(row);
    f.get(row).i32(pictureBytes(shape)).add().set(at);
    f.i32(0).set(y);
    f.loop(() => {
      f.get(row).set(target).get(at).set(first);
      f.times(vectors, () => {
        f.get(y).i32(radius).sub().set(place);
        const look = () => {
          // Signed: rows before the first one are below 0.
          f.i32(0).get(place).get(place).i32(0).lessSigned().select().set(source);
          f.i32(side - 1)
            .get(source)
            .get(source)
            .i32(side - 1)
            .more()
            .select();
          return f
            .i32(4 * side)
            .mul()
            .get(first)
            .add()
            .set(source);
        };
        sumUp(look, () => {
          f.advance(place, 1);
          look();
        });
        f.advance(first, 16);
      });
      f.advance(row, 4 * side).advance(y, 1);
      f.get(y).i32(side).less().branchIf(0);
    });
  }
  f.release(V128, sum).release(I32, weights, row, at, padded, source, weight, target, y, first, place);
};

type Local8 = [Local, Local, Local, Local, Local, Local, Local, Local];

/** Runs `body` for all columns and rows, with their numbers and the address of the pixel in the first plane. */
function everyPlace(
  f: FunctionWriter,
  { side }: ViewShape,
  picture: Local,
  edge: number,
  body: (x: Local, y: Local, at: Local) => void,
): void {
  if (side <= 2 * edge) return;
  const [x, y, at] = f.manyLocals(I32, 3) as [Local, Local, Local];
  f.i32(edge).set(y);
  f.loop(() => {
    f.i32(edge).set(x);
    f.get(y).i32(side).mul().get(x).add().i32(4).mul().get(picture).add().set(at);
    f.loop(() => {
      body(x, y, at);
      f.advance(at, 4).advance(x, 1);
      f.get(x)
        .i32(side - edge)
        .less()
        .branchIf(0);
    });
    f.advance(y, 1);
    f.get(y)
      .i32(side - edge)
      .less()
      .branchIf(0);
  });
  f.release(I32, x, y, at);
}

/** Copies the picture into the second one, or back. */
function copyPicture(f: FunctionWriter, shape: ViewShape, picture: Local, isBack: boolean): void {
  const second = () => f.get(picture).i32(pictureBytes(shape)).add();
  if (isBack) {
    f.get(picture);
    second();
  } else {
    second();
    f.get(picture);
  }
  f.i32(pictureBytes(shape)).copyMemory();
}

/** The pixel has weight 5, each of its eight neighbors 1; the border does not change. */
const sharpness: WriteStep = (f, shape, picture, step) => {
  const { side } = shape;
  const [sum, factor] = f.manyLocals(F32, 2) as [Local, Local];
  copyPicture(f, shape, picture, false);
  f.get(step).loadF(4).set(factor);
  const back = 4 * (side + 1);
  everyPlace(f, shape, picture, 1, (_x, _y, at) => {
    for (const channel of channelsOf(shape)) {
      const plane = channel * planeBytes(shape);
      f.advance(at, -back);
      f.get(at)
        .loadF(plane + back)
        .f32(4)
        .mulF();
      for (const down of [0, 1, 2])
        for (const across of [0, 1, 2])
          f.get(at)
            .loadF(plane + 4 * (down * side + across))
            .addF();
      f.f32(13).divF().set(sum);
      f.get(at)
        .get(factor)
        .get(at)
        .loadF(plane + back)
        .mulF();
      f.f32(1).get(factor).subF().get(sum).mulF().addF().f32(0).maxF().f32(1).minF();
      f.storeF(pictureBytes(shape) + plane + back);
      f.advance(at, back);
    }
  });
  copyPicture(f, shape, picture, true);
  f.release(F32, sum, factor);
};

/** Interpolated between the four pixels around a place. */
const moved: WriteStep = (f, shape, picture, step) => {
  const { side } = shape;
  const [column, row, share, shareDown, weight] = f.manyLocals(F32, 5) as [Local, Local, Local, Local, Local];
  const values = f.manyLocals(F32, shape.channels);
  const [left, top, tap] = f.manyLocals(I32, 3) as [Local, Local, Local];
  const position = (x: Local, y: Local, from: number) => {
    f.get(step)
      .loadF(4 + 4 * from)
      .get(x)
      .toFloat()
      .mulF();
    f.get(step)
      .loadF(8 + 4 * from)
      .get(y)
      .toFloat()
      .mulF()
      .addF();
    return f
      .get(step)
      .loadF(12 + 4 * from)
      .addF();
  };
  everyPlace(f, shape, picture, 0, (x, y, at) => {
    position(x, y, 0).set(column);
    position(x, y, 3).set(row);
    f.get(column).floorF().truncate().set(left).get(row).floorF().truncate().set(top);
    f.get(column).get(column).floorF().subF().set(share);
    f.get(row).get(row).floorF().subF().set(shareDown);
    for (const value of values) f.f32(0).set(value);
    for (const down of [0, 1] as const) {
      for (const across of [0, 1] as const) {
        const part = (of: Local, isHigh: 0 | 1) => (isHigh ? f.get(of) : f.f32(1).get(of).subF());
        part(share, across);
        part(shareDown, down).mulF().set(weight);
        f.get(left).i32(across).add().i32(side).less();
        f.get(top).i32(down).add().i32(side).less().and();
        f.when(
          () => {
            f.get(top).i32(down).add().i32(side).mul().get(left).add().i32(across).add();
            f.i32(4).mul().get(picture).add().set(tap);
            values.forEach((value, channel) => {
              f.get(value)
                .get(weight)
                .get(tap)
                .loadF(channel * planeBytes(shape))
                .mulF()
                .addF()
                .set(value);
            });
          },
          () => {
            for (const value of values) f.get(value).get(weight).f32(fill).mulF().addF().set(value);
          },
        );
      }
    }
    values.forEach((value, channel) => {
      f.get(at)
        .get(value)
        .storeF(pictureBytes(shape) + channel * planeBytes(shape));
    });
  });
  copyPicture(f, shape, picture, true);
  f.release(F32, column, row, share, shareDown, weight, ...values).release(I32, left, top, tap);
};

export const neighborhoodSteps = { blur, sharpness, moved } satisfies Partial<Record<ViewStep, WriteStep>>;
