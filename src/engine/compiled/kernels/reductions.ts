import { I32, type Local, V128 } from "../assembler/function-writer";
import type { ModuleWriter } from "../assembler/module-writer";
import { pixelBytes, type Strides } from "../layout";

/** [outer, middle, inner]: what is put together lies between what is not. */
export interface Reduction {
  readonly outer: number;
  readonly middle: number;
  readonly inner: number;
  readonly fold: "sum" | "maximum";
  /** Factor on the result. */
  readonly scale: number;
}

/** What threads share: four columns of one outer place. */
export const reductionItems = ({ outer, inner }: Reduction): number => outer * Math.ceil(inner / 4);

/** Over the middle axis, in its order. Takes x, the results [outer, inner], and items from the one up to the other. */
export function reductionKernel(module: ModuleWriter, reduction: Reduction): number {
  return module.once(`reduction ${JSON.stringify(reduction)}`, () =>
    module.define([I32, I32, I32, I32], (f, [x = 0, out = 0, from = 0, to = 0]) => {
      const { middle, inner, fold, scale } = reduction;
      const columns = Math.ceil(inner / 4);
      const [item, at, target, part] = f.manyLocals(I32, 4) as [Local, Local, Local, Local];
      const [total, value] = f.manyLocals(V128, 2) as [Local, Local];
      const write = (count: number) => {
        const load = () => {
          if (count === 4) {
            f.get(at).loadV();
            return;
          }
          f.get(at).loadLone().set(value);
          for (let lane = 1; lane < count; lane++)
            f.get(at)
              .get(value)
              .loadLane(lane, 4 * lane)
              .set(value);
          f.get(value);
        };
        f.constantV(fold === "sum" ? 0 : Number.NEGATIVE_INFINITY).set(total);
        f.times(middle, () => {
          f.get(total);
          load();
          (fold === "sum" ? f.addV() : f.maxV()).set(total);
          f.advance(at, 4 * inner);
        });
        f.get(total).constantV(scale).mulV().set(total);
        if (count === 4) f.get(target).get(total).storeV();
        else
          for (let lane = 0; lane < count; lane++)
            f.get(target)
              .get(total)
              .storeLane(lane, 4 * lane);
      };
      f.range(item, from, to, () => {
        f.get(item).i32(columns).remainder().set(part);
        f.get(item)
          .i32(columns)
          .divide()
          .i32(4 * middle * inner)
          .mul()
          .get(x)
          .add();
        f.get(part).i32(16).mul().add().set(at);
        f.get(item)
          .i32(columns)
          .divide()
          .i32(4 * inner)
          .mul()
          .get(out)
          .add();
        f.get(part).i32(16).mul().add().set(target);
        if (inner % 4 === 0) write(4);
        else if (columns === 1) write(inner % 4);
        else
          f.get(part)
            .i32(columns - 1)
            .less()
            .when(
              () => write(4),
              () => write(inner % 4),
            );
      });
    }),
  );
}

/** Numbers of a block whose sum is taken by itself. */
export const blockLength = 4_096;

/** Σ of each block of a long row, the last of which may be shorter. Takes x, the sums, and blocks from the one up to the other. */
export function blockSumsKernel(module: ModuleWriter, count: number): number {
  return module.once(`block sums ${count}`, () =>
    module.define([I32, I32, I32, I32], (f, [x = 0, out = 0, from = 0, to = 0]) => {
      const [block, at, left] = f.manyLocals(I32, 3) as [Local, Local, Local];
      const [many, lone] = f.manyLocals(V128, 2) as [Local, Local];
      f.range(block, from, to, () => {
        f.get(block)
          .i32(4 * blockLength)
          .mul()
          .get(x)
          .add()
          .set(at);
        f.i32(count).get(block).i32(blockLength).mul().sub().set(left);
        f.get(left)
          .i32(blockLength)
          .more()
          .when(() => f.i32(blockLength).set(left));
        f.zeroV().set(many).zeroV().set(lone);
        const enough = () => f.get(left).i32(4).atLeast();
        enough();
        f.when(() => {
          f.loop(() => {
            f.get(many).get(at).loadV().addV().set(many);
            f.advance(at, 16).get(left).i32(4).sub().set(left);
            enough().branchIf(0);
          });
        });
        f.get(left);
        f.when(() => {
          f.loop(() => {
            f.get(lone).get(at).loadLone().addV().set(lone);
            f.advance(at, 4).get(left).i32(1).sub().tee(left).branchIf(0);
          });
        });
        f.get(block).i32(4).mul().get(out).add();
        f.get(many).lane(0).get(many).lane(1).addF().get(many).lane(2).addF().get(many).lane(3).addF();
        f.get(lone).lane(0).addF().storeF();
      });
    }),
  );
}

/** The mean over all pixels of each image. */
export interface AveragePool {
  readonly blocks: number;
  readonly height: number;
  readonly width: number;
  readonly x: Strides;
}

/** Takes x, the means [batch, padded channels], and images from the one up to the other. */
export function averagePoolKernel(module: ModuleWriter, pool: AveragePool): number {
  return module.once(`average pool ${JSON.stringify(pool)}`, () =>
    module.define([I32, I32, I32, I32], (f, [x = 0, out = 0, from = 0, to = 0]) => {
      const { blocks, height, width } = pool;
      const [image, block, row, pixel, target] = f.manyLocals(I32, 5) as [Local, Local, Local, Local, Local];
      const sums = f.manyLocals(V128, 2) as [Local, Local];
      f.range(image, from, to, () => {
        f.get(image).i32(pool.x.image).mul().get(x).add().i32(pool.x.start).add().set(block);
        f.get(image)
          .i32(blocks * pixelBytes)
          .mul()
          .get(out)
          .add()
          .set(target);
        f.times(blocks, () => {
          for (const sum of sums) f.zeroV().set(sum);
          f.get(block).set(row);
          f.times(height, () => {
            f.get(row).set(pixel);
            f.times(width, () => {
              sums.forEach(
                (sum, half) =>
                  void f
                    .get(sum)
                    .get(pixel)
                    .loadV(16 * half)
                    .addV()
                    .set(sum),
              );
              f.advance(pixel, pool.x.pixel);
            });
            f.advance(row, pool.x.row);
          });
          sums.forEach((sum, half) => {
            f.get(target)
              .get(sum)
              .constantV(1 / (height * width))
              .mulV()
              .storeV(16 * half);
          });
          f.advance(block, pool.x.block).advance(target, pixelBytes);
        });
      });
    }),
  );
}

/** Rows of a table by their numbers. Takes the table, the numbers (int32), the rows found, and places from the one up to the other. */
export function gatherKernel(module: ModuleWriter, rowBytes: number): number {
  return module.once(`gather ${rowBytes}`, () =>
    module.define([I32, I32, I32, I32, I32], (f, [table = 0, indices = 0, out = 0, from = 0, to = 0]) => {
      const place = f.local(I32);
      f.range(place, from, to, () => {
        f.get(place).i32(rowBytes).mul().get(out).add();
        f.get(place).i32(4).mul().get(indices).add().loadI().i32(rowBytes).mul().get(table).add();
        f.i32(rowBytes).copyMemory();
      });
    }),
  );
}
