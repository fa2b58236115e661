import { type FunctionWriter, I32, type Local, V128 } from "../assembler/function-writer";
import type { ModuleWriter } from "../assembler/module-writer";
import { lanes, pixelBytes } from "../layout";

/** A filter [taps, from, to] as a tensor, seen as a table of taps and channels. */
export interface FilterShape {
  readonly taps: number;
  readonly from: number;
  readonly to: number;
}

export const blocksOf = (channels: number): number => Math.ceil(channels / lanes);
/** Channels of a block that a convolution reads. */
export const channelsRead = (channels: number): number => Math.min(channels, lanes);

/** Bytes of packed weights, or of one part of a filter's gradient. */
export const packedBytes = (taps: number, from: number, to: number): number =>
  blocksOf(to) * blocksOf(from) * taps * channelsRead(from) * pixelBytes;

/** Two vectors of zeros, then as many numbers from memory as there are, each `step` bytes from the last. */
function loadLanes(
  f: FunctionWriter,
  from: Local,
  offset: number,
  count: number,
  step: number,
  into: readonly [Local, Local],
): void {
  for (const half of [0, 1] as const) {
    const here = Math.min(4, count - 4 * half);
    if (step === 4 && here === 4) {
      f.get(from)
        .loadV(offset + 16 * half)
        .set(into[half]);
      continue;
    }
    f.zeroV().set(into[half]);
    for (let lane = 0; lane < here; lane++) {
      f.get(from)
        .get(into[half])
        .loadLane(lane, offset + (4 * half + lane) * step)
        .set(into[half]);
    }
  }
}

/** `full` for all blocks but a last one with fewer channels, which gets code of its own. */
function writeBlocks(f: FunctionWriter, channels: number, write: (inBlock: number) => void): void {
  f.times(Math.floor(channels / lanes), () => write(lanes));
  if (channels % lanes > 0) write(channels % lanes);
}

/**
 * The weights of a forward pass, [block out, block in, tap, channel, 8], zeros beyond the last channel. Takes the filter, the
 * packed weights, and taps from the one up to the other.
 */
export function packForward(module: ModuleWriter, shape: FilterShape): number {
  return module.once(`pack forward ${JSON.stringify(shape)}`, () =>
    module.define([I32, I32, I32, I32], (f, [filter = 0, packed = 0, from = 0, to = 0]) => {
      const read = channelsRead(shape.from);
      const [tap, source, row, target] = f.manyLocals(I32, 4) as [Local, Local, Local, Local];
      const values = f.manyLocals(V128, 2) as [Local, Local];
      const blockBytes = shape.taps * read * pixelBytes;
      f.range(tap, from, to, () => {
        f.get(tap)
          .i32(4 * shape.from * shape.to)
          .mul()
          .get(filter)
          .add()
          .set(source);
        f.get(tap)
          .i32(read * pixelBytes)
          .mul()
          .get(packed)
          .add()
          .set(target);
        writeBlocks(f, shape.to, (out) => {
          f.get(source).set(row);
          writeBlocks(f, shape.from, (inBlock) => {
            for (let channel = 0; channel < read; channel++) {
              if (channel < inBlock) loadLanes(f, row, 4 * channel * shape.to, out, 4, values);
              else for (const value of values) f.zeroV().set(value);
              values.forEach(
                (value, half) =>
                  void f
                    .get(target)
                    .get(value)
                    .storeV(channel * pixelBytes + 16 * half),
              );
            }
            f.advance(row, 4 * read * shape.to).advance(target, blockBytes);
          });
          f.advance(source, pixelBytes);
        });
      });
    }),
  );
}

/**
 * The weights of a pass over an output's gradient, [block in, block out, tap, output channel, 8], for some of the taps, in the
 * order given. Takes the filter, the packed weights, and blocks of input channels from the one up to the other.
 */
export function packBackward(module: ModuleWriter, shape: FilterShape, taps: readonly number[]): number {
  return module.once(`pack backward ${JSON.stringify([shape, taps])}`, () =>
    module.define([I32, I32, I32, I32], (f, [filter = 0, packed = 0, from = 0, to = 0]) => {
      const read = channelsRead(shape.to);
      const [block, source, target] = f.manyLocals(I32, 3) as [Local, Local, Local];
      const values = f.manyLocals(V128, 2) as [Local, Local];
      const [full, rest] = [Math.floor(shape.from / lanes), shape.from % lanes];
      const writeBlock = (inBlock: number) => {
        f.get(block)
          .i32(4 * lanes * shape.to)
          .mul()
          .get(filter)
          .add()
          .set(source);
        f.get(block)
          .i32(blocksOf(shape.to) * taps.length * read * pixelBytes)
          .mul()
          .get(packed)
          .add()
          .set(target);
        writeBlocks(f, shape.to, (out) => {
          taps.forEach((tap, place) => {
            for (let channel = 0; channel < read; channel++) {
              const offset = 4 * (tap * shape.from * shape.to + channel);
              if (channel < out) loadLanes(f, source, offset, inBlock, 4 * shape.to, values);
              else for (const value of values) f.zeroV().set(value);
              const at = (place * read + channel) * pixelBytes;
              values.forEach(
                (value, half) =>
                  void f
                    .get(target)
                    .get(value)
                    .storeV(at + 16 * half),
              );
            }
          });
          f.advance(source, pixelBytes).advance(target, taps.length * read * pixelBytes);
        });
      };
      f.range(block, from, to, () => {
        if (rest === 0) writeBlock(lanes);
        else if (full === 0) writeBlock(rest);
        else
          f.get(block)
            .i32(full)
            .less()
            .when(
              () => writeBlock(lanes),
              () => writeBlock(rest),
            );
      });
    }),
  );
}

/**
 * The parts of a filter's gradient, [parts, block out, block in, tap, channel, 8], added in their order and laid out as the
 * filter is. Takes the parts, the gradient, and rows (a tap's input channels, one after the other) from the one up to the other.
 */
export function joinGradient(module: ModuleWriter, shape: FilterShape, parts: number): number {
  return module.once(`join gradient ${JSON.stringify([shape, parts])}`, () =>
    module.define([I32, I32, I32, I32], (f, [given = 0, gradient = 0, from = 0, to = 0]) => {
      const read = channelsRead(shape.from);
      const [row, channel, source, target] = f.manyLocals(I32, 4) as [Local, Local, Local, Local];
      const values = f.manyLocals(V128, 2) as [Local, Local];
      const block = shape.taps * read * pixelBytes;
      const part = packedBytes(shape.taps, shape.from, shape.to);
      f.range(row, from, to, () => {
        f.get(row).i32(shape.from).remainder().set(channel);
        f.get(row)
          .i32(4 * shape.to)
          .mul()
          .get(gradient)
          .add()
          .set(target);
        f.get(row)
          .i32(shape.from)
          .divide()
          .i32(read * pixelBytes)
          .mul();
        f.get(channel).i32(lanes).divide().i32(block).mul().add();
        f.get(channel).i32(lanes).remainder().i32(pixelBytes).mul().add();
        f.get(given).add().set(source);
        writeBlocks(f, shape.to, (out) => {
          values.forEach((value, half) => {
            if (4 * half >= out) return;
            f.get(source).loadV(16 * half);
            for (let p = 1; p < parts; p++)
              f.get(source)
                .loadV(p * part + 16 * half)
                .addV();
            f.set(value);
            const here = Math.min(4, out - 4 * half);
            if (here === 4)
              f.get(target)
                .get(value)
                .storeV(16 * half);
            else
              for (let lane = 0; lane < here; lane++)
                f.get(target)
                  .get(value)
                  .storeLane(lane, 16 * half + 4 * lane);
          });
          f.advance(source, blocksOf(shape.from) * block).advance(target, pixelBytes);
        });
      });
    }),
  );
}
