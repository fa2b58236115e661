import { F32, type FunctionWriter, I32, type Local, V128 } from "../../assembler/function-writer";
import type { ModuleWriter } from "../../assembler/module-writer";
import { channelSteps } from "./channels";
import { colorSteps, type WriteStep } from "./colors";
import { neighborhoodSteps } from "./neighborhoods";
import { channelsOf, everyVector, planeBytes } from "./planes";
import {
  codeOf,
  headWords,
  imageWords,
  stepWords,
  tableWords,
  type ViewShape,
  type ViewStep,
  viewWords,
} from "./view-table";

export interface RenderedViews extends ViewShape {
  /** Subtracted from each channel, which is divided by its deviation then. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

const steps: Readonly<Record<ViewStep, WriteStep>> = { ...colorSteps, ...neighborhoodSteps, ...channelSteps };

/**
 * Renders views as `render.ts` of the views does. Takes the images' bytes, the table, room for one view, the views [views,
 * side, side, channels], and views from the one up to the other.
 */
export function viewKernel(module: ModuleWriter, views: RenderedViews): number {
  return module.once(`views ${JSON.stringify(views)}`, () => {
    const crop = cropFunction(module, views);
    const write = writeFunction(module, views);
    const changes = views.steps.map((step) => ({
      code: codeOf(step),
      index: module.define([I32, I32], (f, [picture = 0, row = 0]) => steps[step](f, views, picture, row)),
    }));
    return module.define(
      [I32, I32, I32, I32, I32, I32],
      (f, [images = 0, table = 0, room = 0, out = 0, from = 0, to = 0]) => {
        const [view, row, step, left] = f.manyLocals(I32, 4) as [Local, Local, Local, Local];
        f.range(view, from, to, () => {
          f.get(view)
            .i32(4 * tableWords(views))
            .mul()
            .get(table)
            .add()
            .set(row);
          f.get(view)
            .i32(views.batch)
            .remainder()
            .i32(4 * imageWords(views))
            .mul()
            .get(images)
            .add();
          f.get(row).get(room).call(crop);
          f.get(row)
            .i32(4 * headWords)
            .add()
            .set(step);
          f.get(row)
            .loadI(4 * viewWords.count)
            .tee(left);
          f.when(() => {
            f.loop(() => {
              for (const { code, index } of changes) {
                f.get(step).loadI().i32(code).equal();
                f.when(() => void f.get(room).get(step).call(index));
              }
              f.advance(step, 4 * stepWords);
              f.get(left).i32(1).sub().tee(left).branchIf(0);
            });
          });
          f.get(room).get(row);
          f.get(view)
            .i32(4 * views.side * views.side * views.channels)
            .mul()
            .get(out)
            .add()
            .call(write);
        });
      },
    );
  });
}

/** Bilinear between pixel centers. Beyond the border the outermost pixels repeat. Takes image, row of the table, picture. */
function cropFunction(module: ModuleWriter, { side, size, channels }: ViewShape): number {
  return module.define([I32, I32, I32], (f, [image = 0, row = 0, picture = 0]) => {
    const [x, y, at, left, right, upper, lower] = f.manyLocals(I32, 7) as [
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    const [column, line] = f.manyLocals(F32, 2) as [Local, Local];
    const factors = f.manyLocals(F32, 6);
    const [share, shareDown, top] = f.manyLocals(V128, 3) as [Local, Local, Local];
    factors.forEach((factor, i) => {
      f.get(row)
        .loadF(4 * i)
        .set(factor);
    });
    const position = (first: number) => {
      f.get(factors[first] as Local)
        .get(x)
        .toFloat()
        .mulF();
      f.get(factors[first + 1] as Local)
        .get(y)
        .toFloat()
        .mulF()
        .addF();
      return f
        .get(factors[first + 2] as Local)
        .addF()
        .f32(0)
        .maxF()
        .f32(size - 1)
        .minF();
    };
    /** Sets the places before and behind a position, as offsets in bytes, and leaves the share of the latter. */
    const between = (at: Local, low: Local, high: Local, bytes: number) => {
      f.get(at).truncate().set(low);
      f.get(at).get(low).toFloat().subF().splatF();
      f.get(low)
        .get(low)
        .i32(size - 1)
        .less()
        .add()
        .i32(bytes)
        .mul()
        .set(high);
      f.get(low).i32(bytes).mul().set(low);
    };
    const pixel = (vertical: Local, horizontal: Local) =>
      f.get(vertical).get(horizontal).add().loadBytes().widenBytesV().widenHalvesV().toFloatV();
    const along = (vertical: Local) => {
      pixel(vertical, right);
      pixel(vertical, left).subV().get(share).mulV();
      return pixel(vertical, left).addV();
    };
    f.get(picture).set(at).i32(0).set(y);
    f.loop(() => {
      f.i32(0).set(x);
      f.loop(() => {
        position(0).set(column);
        position(3).set(line);
        between(column, left, right, channels);
        f.set(share);
        between(line, upper, lower, size * channels);
        f.set(shareDown);
        f.get(upper).get(image).add().set(upper).get(lower).get(image).add().set(lower);
        along(upper).set(top);
        along(lower).get(top).subV().get(shareDown).mulV().get(top).addV().constantV(255).divV().set(top);
        for (const channel of channelsOf({ channels }))
          f.get(at)
            .get(top)
            .storeLane(channel, channel * planeBytes({ side }));
        f.advance(at, 4).advance(x, 1);
        f.get(x).i32(side).less().branchIf(0);
      });
      f.advance(y, 1);
      f.get(y).i32(side).less().branchIf(0);
    });
  });
}

/** Normalizes a picture, flips it or not, and writes its channels side by side. Takes picture, row of the table, view. */
function writeFunction(module: ModuleWriter, views: RenderedViews): number {
  const { side, mean, deviation } = views;
  return module.define([I32, I32, I32], (f: FunctionWriter, [picture = 0, row = 0, out = 0]) => {
    const [at, target, way] = f.manyLocals(I32, 3) as [Local, Local, Local];
    everyVector(f, views, picture, (from) => {
      for (const channel of channelsOf(views)) {
        const plane = channel * planeBytes(views);
        f.get(from).get(from).loadV(plane);
        f.constantV(mean[channel] as number).subV();
        f.constantV(deviation[channel] as number)
          .divV()
          .storeV(plane);
      }
    });
    const pixel = 4 * views.channels;
    f.get(picture).set(at);
    f.i32(-pixel)
      .i32(pixel)
      .get(row)
      .loadI(4 * viewWords.flip)
      .select()
      .set(way);
    f.times(side, () => {
      f.get(out);
      f.i32((side - 1) * pixel)
        .i32(0)
        .get(row)
        .loadI(4 * viewWords.flip)
        .select()
        .add()
        .set(target);
      f.times(side, () => {
        for (const channel of channelsOf(views))
          f.get(target)
            .get(at)
            .loadF(channel * planeBytes(views))
            .storeF(4 * channel);
        f.advance(at, 4).get(target).get(way).add().set(target);
      });
      f.advance(out, side * pixel);
    });
  });
}
