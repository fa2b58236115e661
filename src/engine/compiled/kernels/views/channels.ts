import { F32, type FunctionWriter, I32, type Local, V128 } from "../../assembler/function-writer";
import type { WriteStep } from "./colors";
import { channelsOf, everyPixel, pixelsOf, planeBytes, tablesAt } from "./planes";
import type { ViewStep } from "./view-table";

/** Steps that look at a whole channel first. */

/** Maps the darkest number to 0 and the lightest to 1. */
const autoContrast: WriteStep = (f, shape, picture) => {
  const [least, most, base, range] = f.manyLocals(V128, 4) as [Local, Local, Local, Local];
  for (const channel of channelsOf(shape)) {
    const start = () =>
      f
        .get(picture)
        .i32(channel * planeBytes(shape))
        .add();
    f.constantV(1).set(least).zeroV().set(most);
    const note = (load: (at: Local) => FunctionWriter) => (at: Local) => {
      load(at).get(least).minV().set(least);
      load(at).get(most).maxV().set(most);
    };
    everyPixel(
      f,
      shape,
      start,
      note((at) => f.get(at).loadV()),
      note((at) => f.get(at).loadSplat()),
    );
    f.get(least).lane(0).get(least).lane(1).minF().get(least).lane(2).minF().get(least).lane(3).minF();
    f.splatF().set(base);
    f.get(most).lane(0).get(most).lane(1).maxF().get(most).lane(2).maxF().get(most).lane(3).maxF();
    f.splatF().get(base).subV().set(range);
    f.get(range).lane(0).f32(0).moreF();
    f.when(() => {
      everyPixel(
        f,
        shape,
        start,
        (at) => f.get(at).get(at).loadV().get(base).subV().get(range).divV().storeV(),
        (at) => f.get(at).get(at).loadF().get(base).lane(0).subF().get(range).lane(0).divF().storeF(),
      );
    });
  }
  f.release(V128, least, most, base, range);
};

/** Leaves the byte nearest to a number in [0, 1]. */
const byteOf = (f: FunctionWriter, at: Local): FunctionWriter =>
  f.get(at).loadF().f32(255).mulF().f32(0.5).addF().truncate();

/** Maps a byte to the share of darker pixels among those that are not the lightest. */
const equalize: WriteStep = (f, shape, picture) => {
  const [table, at, count, below, lightest, left] = f.manyLocals(I32, 6) as [
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const others = f.local(F32);
  f.get(picture).i32(tablesAt(shape)).add().set(table);
  /** Once for each byte, with the address of its word. */
  const everyByte = (body: () => void) => {
    f.get(table).set(at).i32(0).set(left);
    f.times(256, () => {
      body();
      f.advance(at, 4).advance(left, 1);
    });
  };
  for (const channel of channelsOf(shape)) {
    const everyNumber = (body: (pixel: Local) => void) => {
      const pixel = f.local(I32);
      f.get(picture)
        .i32(channel * planeBytes(shape))
        .add()
        .set(pixel);
      f.times(pixelsOf(shape), () => {
        body(pixel);
        f.advance(pixel, 4);
      });
      f.release(I32, pixel);
    };
    f.get(table).i32(0).i32(1024).fillMemory();
    everyNumber((pixel) => {
      byteOf(f, pixel).i32(4).mul().get(table).add().set(at);
      f.get(at).get(at).loadI().i32(1).add().storeI();
    });
    f.i32(0).set(lightest);
    everyByte(() => {
      f.get(at)
        .loadI()
        .tee(count)
        .when(() => void f.get(count).set(lightest));
    });
    f.i32(pixelsOf(shape)).get(lightest).sub().toFloat().set(others);
    f.i32(0).set(below);
    everyByte(() => {
      f.get(at).loadI().set(count);
      f.get(others).f32(0).moreF();
      f.when(
        () => void f.get(at).get(below).toFloat().get(others).divF().storeF(),
        () => void f.get(at).get(left).toFloat().f32(255).divF().storeF(),
      );
      f.get(below).get(count).add().set(below);
    });
    everyNumber((pixel) => {
      f.get(pixel);
      byteOf(f, pixel).i32(4).mul().get(table).add().loadF().storeF();
    });
  }
  f.release(I32, table, at, count, below, lightest, left).release(F32, others);
};

export const channelSteps = { autoContrast, equalize } satisfies Partial<Record<ViewStep, WriteStep>>;
