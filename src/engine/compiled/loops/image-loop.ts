import { type FunctionWriter, I32, type Local, V128 } from "../assembler/function-writer";
import type { ModuleWriter } from "../assembler/module-writer";
import { lanes, pixelBytes, type Strides } from "../layout";
import { type Terms, writeTerms } from "./expression";

export type ImageOperand =
  | ({ readonly kind: "image" } & Strides)
  /** A number for each channel, [groups, padded channels]: every group of images has its own. */
  | { readonly kind: "channels" }
  | { readonly kind: "number" };

/** Terms at every pixel of a batch, eight channels at a time. */
export interface ImageLoop {
  readonly batch: number;
  readonly blocks: number;
  readonly height: number;
  readonly width: number;
  /** Consecutive parts of the batch; a call stays within one. */
  readonly groups: number;
  readonly operands: readonly ImageOperand[];
  readonly terms: Terms;
  /** `border`: rows and columns of zeros to write around each image. */
  readonly results: readonly { readonly term: number; readonly operand: number; readonly border: number }[];
  /** Terms that are summed over all pixels of a call for each channel: [sums, padded channels], float64. */
  readonly sums: readonly number[];
}

/** Takes the operands' addresses, that of the sums, and the images from the one up to, and without, the other. */
export function imageLoopKernel(module: ModuleWriter, loop: ImageLoop): number {
  return module.once(`image ${JSON.stringify(loop)}`, () => {
    const parameters = Array.from({ length: loop.operands.length + 3 }, () => I32) as (typeof I32)[];
    return module.define(parameters, (f, given) => new ImageLoopWriter(f, loop, given).write());
  });
}

class ImageLoopWriter {
  private readonly sums: Local;
  private readonly from: Local;
  private readonly to: Local;
  /** Vectors that hold for all pixels of a block, by operand and half. */
  private readonly held = new Map<string, Local>();
  private readonly totals: readonly (readonly [Local, Local])[];

  constructor(
    private readonly f: FunctionWriter,
    private readonly loop: ImageLoop,
    private readonly given: readonly Local[],
  ) {
    const [sums, from, to] = given.slice(loop.operands.length) as [Local, Local, Local];
    this.sums = sums;
    this.from = from;
    this.to = to;
    this.totals = loop.sums.map(() => f.manyLocals(V128, 2) as [Local, Local]);
  }

  write(): void {
    const { f, loop, given, from, to } = this;
    const { operands, blocks, groups, batch } = loop;
    const [image, channel] = f.manyLocals(I32, 2) as [Local, Local];
    if (loop.sums.length > 0)
      f.get(this.sums)
        .i32(0)
        .i32(loop.sums.length * this.sumBytes)
        .fillMemory();
    const bases = operands.map((operand, i) => {
      const base = f.local(I32);
      f.get(given[i] as Local);
      if (operand.kind === "channels" && groups > 1) {
        f.get(from).i32(groups).mul().i32(batch).divide();
        f.i32(blocks * pixelBytes)
          .mul()
          .add();
      }
      if (operand.kind === "number") {
        const value = f.local(V128);
        f.loadSplat().set(value);
        this.held.set(`${i} 0`, value).set(`${i} 1`, value);
        return base;
      }
      f.set(base);
      return base;
    });
    f.range(image, from, to, () => {
      const begin = operands.map((operand, i) => {
        const pointer = f.local(I32);
        if (operand.kind === "image")
          f.get(image)
            .i32(operand.image)
            .mul()
            .get(bases[i] as Local)
            .add();
        else f.get(bases[i] as Local);
        f.set(pointer);
        return pointer;
      });
      f.get(this.sums).set(channel);
      f.times(blocks, () => {
        this.writeBlock(begin, channel);
        operands.forEach((operand, i) => {
          if (operand.kind === "image") f.advance(begin[i] as Local, operand.block);
          if (operand.kind === "channels") f.advance(begin[i] as Local, pixelBytes);
        });
        f.advance(channel, lanes * 8);
      });
      f.release(I32, ...begin);
    });
  }

  private get sumBytes(): number {
    return this.loop.blocks * lanes * 8;
  }

  private writeBlock(begin: readonly Local[], channel: Local): void {
    const { f, loop } = this;
    const { operands, height, width, results } = loop;
    operands.forEach((operand, i) => {
      if (operand.kind !== "channels") return;
      for (const half of [0, 1]) {
        const value = this.held.get(`${i} ${half}`) ?? f.local(V128);
        f.get(begin[i] as Local)
          .loadV(16 * half)
          .set(value);
        this.held.set(`${i} ${half}`, value);
      }
    });
    for (const pair of this.totals) for (const total of pair) f.zeroV().set(total);
    const rows = begin.map((pointer, i) => {
      const row = f.local(I32);
      const operand = operands[i] as ImageOperand;
      if (operand.kind === "image") f.get(pointer).i32(operand.start).add().set(row);
      return row;
    });
    f.times(height, () => {
      const pixels = rows.map((row, i) => {
        const pixel = f.local(I32);
        if (operands[i]?.kind === "image") f.get(row).set(pixel);
        return pixel;
      });
      f.times(width, () => this.writePixel(pixels));
      f.release(I32, ...pixels);
      operands.forEach((operand, i) => {
        if (operand.kind === "image") f.advance(rows[i] as Local, operand.row);
      });
    });
    f.release(I32, ...rows);
    for (const { operand, border } of results) {
      const strides = operands[operand] as ImageOperand;
      if (border > 0 && strides.kind === "image") {
        writeBorder(f, begin[operand] as Local, { height, width, border, row: strides.row });
      }
    }
    this.totals.forEach((pair, s) => {
      pair.forEach((total, half) => {
        addToSums(f, channel, total, s * this.sumBytes + half * 32);
      });
    });
  }

  private writePixel(pixels: readonly Local[]): void {
    const { f, loop } = this;
    for (const half of [0, 1]) {
      const values = writeTerms(f, loop.terms, {
        operand: (i) => {
          const held = this.held.get(`${i} ${half}`);
          if (held === undefined) f.get(pixels[i] as Local).loadV(16 * half);
          else f.get(held);
        },
        place: () => {
          throw new Error("Images have no innermost place.");
        },
      });
      for (const { term, operand } of loop.results) {
        f.get(pixels[operand] as Local)
          .get(values[term] as Local)
          .storeV(16 * half);
      }
      loop.sums.forEach((term, s) => {
        const total = this.totals[s]?.[half] as Local;
        f.get(total)
          .get(values[term] as Local)
          .addV()
          .set(total);
      });
      f.release(V128, ...values);
    }
    loop.operands.forEach((operand, i) => {
      if (operand.kind === "image") f.advance(pixels[i] as Local, operand.pixel);
    });
  }
}

/** Adds four numbers to four of float64, the first of which is `offset` bytes beyond `sums`. */
export function addToSums(f: FunctionWriter, sums: Local, numbers: Local, offset: number): void {
  for (const pair of [0, 1]) {
    f.get(sums)
      .get(sums)
      .loadV(offset + 16 * pair);
    f.get(numbers);
    // The upper two come down first.
    if (pair === 1) f.get(numbers).shuffle([8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15]);
    // f64x2.promote_low_f32x4, f64x2.add
    f.simd(0x5f)
      .simd(0xf0)
      .storeV(offset + 16 * pair);
  }
}

interface Frame {
  readonly height: number;
  readonly width: number;
  readonly border: number;
  /** Bytes of a row with its border. */
  readonly row: number;
}

/** Zeros around the pixels of one block of an image, whose memory begins at `block`. */
export function writeBorder(f: FunctionWriter, block: Local, { height, width, border, row }: Frame): void {
  const corner = border * (row + pixelBytes);
  const inner = width * pixelBytes;
  const [at, zero] = [f.local(I32), f.local(V128)];
  const clear = (bytes: number) => {
    if (bytes > 256) {
      f.get(at).i32(0).i32(bytes).fillMemory();
      return;
    }
    for (let offset = 0; offset < bytes; offset += 16) f.get(at).get(zero).storeV(offset);
  };
  f.zeroV().set(zero);
  f.get(block).set(at);
  clear(corner);
  f.advance(at, corner + inner);
  const between = 2 * border * pixelBytes;
  f.times(height - 1, () => {
    clear(between);
    f.advance(at, between + inner);
  });
  clear(corner);
  f.release(I32, at).release(V128, zero);
}
