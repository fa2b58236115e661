import { type FunctionWriter, I32, type Local, V128 } from "../assembler/function-writer";
import type { ModuleWriter } from "../assembler/module-writer";
import { lanes, pixelBytes, type Strides } from "../layout";
import { addToSums, writeBorder } from "../loops/image-loop";

/** Taps in rows and columns, in bytes of the image that they read. */
export interface Taps {
  readonly rows: number;
  readonly columns: number;
  readonly rowStep: number;
  readonly columnStep: number;
}

/**
 * For each place of a grid, the sum over taps and input channels of what lies there times a weight: a convolution, either of
 * its passes over images, or one of the parts into which a stride cuts the gradient of its input.
 */
export interface TapConvolution {
  readonly batch: number;
  /** Places computed of each image. */
  readonly rows: number;
  readonly columns: number;
  readonly blocksIn: number;
  /** Channels of a block that are read: eight, or all where there are fewer. */
  readonly channelsIn: number;
  readonly blocksOut: number;
  /** What is read at the first tap; what is written. Both in bytes from place to place. */
  readonly x: Strides;
  readonly y: Strides;
  readonly taps: Taps;
  /** Σ and Σ² of the results for each channel: [2, padded channels], float64, and room for 64 bytes. */
  readonly sums: boolean;
  /** Zeros to write around the pixels of `y`. */
  readonly border?: { readonly height: number; readonly width: number; readonly border: number };
}

/** Bytes behind a chunk's sums that the kernel needs for those of a single image. */
export const sumsScratchBytes = 64;

/** Bytes of one chunk's sums. */
export const sumsBytes = (paddedChannels: number): number => 16 * paddedChannels + sumsScratchBytes;

/** Pixels whose sums are kept in registers at once, two vectors each. */
const tilePixels = 6;

/** Tiles as even as possible. */
export function tilesOf(places: number): number[] {
  const count = Math.ceil(places / tilePixels);
  const [least, more] = [Math.floor(places / count), places % count];
  return Array.from({ length: count }, (_, i) => least + (i < more ? 1 : 0));
}

/** Rows that are taken together, where a single one has too few places to keep the multipliers busy. */
const rowsTogether = (rows: number, columns: number): number =>
  columns >= 4 ? 1 : Math.min(rows, Math.ceil(tilePixels / columns));

/** Takes x, weights [block out, block in, tap, channel, 8], y, sums, and the images from the one up to the other. */
export function convolutionKernel(module: ModuleWriter, spec: TapConvolution): number {
  return module.once(`convolution ${JSON.stringify(spec)}`, () =>
    module.define([I32, I32, I32, I32, I32, I32], (f, given) => {
      new ConvolutionWriter(f, spec).write(given as [Local, Local, Local, Local, Local, Local]);
    }),
  );
}

/** A place's offsets in x and y. */
type Place = readonly [x: number, y: number];

class ConvolutionWriter {
  private readonly sums: readonly Local[];
  private readonly weights: readonly [Local, Local];
  private readonly value: Local;
  private readonly x: Local;
  private readonly y: Local;
  private readonly weight: Local;
  private readonly block: Local;
  private readonly tap: Local;
  private readonly walked: Local;

  constructor(
    private readonly f: FunctionWriter,
    private readonly spec: TapConvolution,
  ) {
    this.sums = f.manyLocals(V128, 2 * tilePixels);
    this.weights = f.manyLocals(V128, 2) as [Local, Local];
    this.value = f.local(V128);
    [this.x, this.y, this.weight, this.block, this.tap, this.walked] = f.manyLocals(I32, 6) as [
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
  }

  write([x, weights, y, totals, from, to]: [Local, Local, Local, Local, Local, Local]): void {
    const { f, spec } = this;
    const { blocksOut, blocksIn, channelsIn, taps, border } = spec;
    const [image, xImage, yBlock, xRow, yRow, total] = f.manyLocals(I32, 6) as [
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    const totalBytes = 8 * blocksOut * lanes;
    if (spec.sums)
      f.get(totals)
        .i32(0)
        .i32(2 * totalBytes)
        .fillMemory();
    f.range(image, from, to, () => {
      f.get(image).i32(spec.x.image).mul().get(x).add().i32(spec.x.start).add().set(xImage);
      f.get(image).i32(spec.y.image).mul().get(y).add().set(yBlock);
      f.get(weights).set(this.weight);
      f.get(totals).set(total);
      f.times(blocksOut, () => {
        const slots = () =>
          f
            .get(totals)
            .i32(2 * totalBytes)
            .add();
        if (spec.sums)
          for (let i = 0; i < 4; i++)
            slots()
              .zeroV()
              .storeV(16 * i);
        f.get(xImage).set(xRow);
        f.get(yBlock).i32(spec.y.start).add().set(yRow);
        this.writePlaces(xRow, yRow, () => void slots());
        if (border)
          writeBorder(f, yBlock, { ...border, row: (border.width + 2 * border.border) * pixelBytes });
        if (spec.sums) {
          for (let i = 0; i < 4; i++) {
            const offset = (i < 2 ? 0 : totalBytes) + 32 * (i % 2);
            slots()
              .loadV(16 * i)
              .set(this.value);
            addToSums(f, total, this.value, offset);
          }
          f.advance(total, 8 * lanes);
        }
        f.advance(yBlock, spec.y.block);
        f.advance(this.weight, blocksIn * taps.rows * taps.columns * channelsIn * pixelBytes);
      });
    });
  }

  private writePlaces(xRow: Local, yRow: Local, slots: () => void): void {
    const { f, spec } = this;
    const { rows, columns } = spec;
    const together = rowsTogether(rows, columns);
    const group = (count: number) => {
      f.get(xRow).set(this.x).get(yRow).set(this.y);
      if (count === 1) this.writeRow(slots);
      else this.writeRows(count, slots);
      f.advance(xRow, count * spec.x.row).advance(yRow, count * spec.y.row);
    };
    f.times(Math.floor(rows / together), () => group(together));
    if (rows % together > 0) group(rows % together);
  }

  /** A row, tile after tile: tiles of one size share their code. */
  private writeRow(slots: () => void): void {
    const { f, spec } = this;
    const tiles = tilesOf(spec.columns);
    for (const size of new Set(tiles)) {
      const places = Array.from({ length: size }, (_, i): Place => [i * spec.x.pixel, i * spec.y.pixel]);
      f.times(tiles.filter((other) => other === size).length, () => {
        this.writeTile(places, slots);
        f.advance(this.x, size * spec.x.pixel).advance(this.y, size * spec.y.pixel);
      });
    }
  }

  /** Several short rows as if they were one. */
  private writeRows(count: number, slots: () => void): void {
    const { rows: _, columns, x, y } = this.spec;
    const places = Array.from({ length: count * columns }, (__, i): Place => {
      const [row, column] = [Math.floor(i / columns), i % columns];
      return [row * x.row + column * x.pixel, row * y.row + column * y.pixel];
    });
    let first = 0;
    for (const size of tilesOf(places.length)) {
      this.writeTile(places.slice(first, first + size), slots);
      first += size;
    }
  }

  private writeTile(places: readonly Place[], slots: () => void): void {
    const { f, spec, sums, value } = this;
    const { taps, blocksIn } = spec;
    const sum = (place: number, half: number) => sums[2 * place + half] as Local;
    places.forEach((_, i) => {
      for (const half of [0, 1]) f.zeroV().set(sum(i, half));
    });
    f.get(this.x).set(this.block).get(this.weight).set(this.walked);
    f.times(blocksIn, () => {
      f.get(this.block).set(this.tap);
      // Taps in loops: no two loads of one body meet the same address, so nothing is kept in registers, or spilled, for later.
      f.times(taps.rows, () => {
        f.times(taps.columns, () => {
          this.writeChannels(places, sum);
          f.advance(this.tap, taps.columnStep).advance(this.walked, spec.channelsIn * pixelBytes);
        });
        f.advance(this.tap, taps.rowStep - taps.columns * taps.columnStep);
      });
      f.advance(this.block, spec.x.block);
    });
    places.forEach(([, offset], i) => {
      for (const half of [0, 1])
        f.get(this.y)
          .get(sum(i, half))
          .storeV(offset + 16 * half);
    });
    if (!spec.sums) return;
    for (const half of [0, 1]) {
      slots();
      slots();
      f.loadV(16 * half);
      places.forEach((_, i) => void f.get(sum(i, half)).addV());
      f.storeV(16 * half);
      slots();
      f.loadV(32 + 16 * half).set(value);
      places.forEach(
        (_, i) => void f.get(sum(i, half)).get(sum(i, half)).get(value).multiplyAdd().set(value),
      );
      slots();
      f.get(value).storeV(32 + 16 * half);
    }
  }

  private writeChannels(places: readonly Place[], sum: (place: number, half: number) => Local): void {
    const { f, weights, value } = this;
    for (let channel = 0; channel < this.spec.channelsIn; channel++) {
      for (const half of [0, 1] as const)
        f.get(this.walked)
          .loadV(channel * pixelBytes + 16 * half)
          .set(weights[half]);
      places.forEach(([offset], i) => {
        f.get(this.tap)
          .loadSplat(4 * channel + offset)
          .set(value);
        for (const half of [0, 1] as const)
          f.get(value).get(weights[half]).get(sum(i, half)).multiplyAdd().set(sum(i, half));
      });
    }
  }
}
