import { I32, type Local, V128 } from "../assembler/function-writer";
import type { ModuleWriter } from "../assembler/module-writer";
import { lanes, pixelBytes } from "../layout";
import type { TapConvolution } from "./convolution";
import { products } from "./winograd-tiles";
import { reach, transformWeights } from "./winograd-transforms";

/** Bytes of transformed weights. */
export const winogradWeightBytes = ({ blocksIn, blocksOut }: TapConvolution): number =>
  products * blocksOut * blocksIn * lanes * pixelBytes;

/**
 * Transforms weights [block out, block in, tap, channel, 8] into [product, block out, block in, channel, 8]. Takes both, and
 * blocks of output channels from the one up to the other.
 */
export function winogradWeights(module: ModuleWriter, spec: TapConvolution): number {
  const { blocksIn, blocksOut, taps } = spec;
  const isTurned = taps.rowStep < 0;
  return module.once(`winograd weights ${JSON.stringify([blocksIn, blocksOut, isTurned])}`, () =>
    module.define([I32, I32, I32, I32], (f, [weights = 0, transformed = 0, from = 0, to = 0]) => {
      const [block, source, target] = f.manyLocals(I32, 3) as [Local, Local, Local];
      const taps = f.manyLocals(V128, 9);
      const rows = f.manyLocals(V128, 3 * reach);
      const tapBytes = lanes * pixelBytes;
      f.range(block, from, to, () => {
        f.get(block)
          .i32(9 * blocksIn * tapBytes)
          .mul()
          .get(weights)
          .add()
          .set(source);
        f.get(block)
          .i32(blocksIn * tapBytes)
          .mul()
          .get(transformed)
          .add()
          .set(target);
        f.times(blocksIn, () => {
          f.times(lanes, () => {
            for (const half of [0, 16]) {
              taps.forEach((tap, i) => {
                const place = isTurned ? 8 - i : i;
                f.get(source)
                  .loadV(place * tapBytes + half)
                  .set(tap);
              });
              for (let column = 0; column < 3; column++) {
                const ofColumn = [0, 3, 6].map((row) => taps[row + column] as Local);
                transformWeights(f, ofColumn, (place, write) => {
                  write();
                  f.set(rows[3 * place + column] as Local);
                });
              }
              for (let row = 0; row < reach; row++) {
                transformWeights(f, rows.slice(3 * row, 3 * row + 3), (place, write) => {
                  f.get(target);
                  write();
                  f.storeV((reach * row + place) * blocksOut * blocksIn * tapBytes + half);
                });
              }
            }
            f.advance(source, pixelBytes).advance(target, pixelBytes);
          });
          f.advance(source, 8 * tapBytes);
        });
      });
    }),
  );
}
