import { type LoweringContext, type Quantity, sizeOf } from "../graph/quantity";
import { sumsScratchBytes } from "../kernels/convolution";
import { type Extent, ImageLayout, lanes } from "../layout";
import { Buffer, own, type Split, type Task, type Use, whole } from "../schedule/task";
import { convertToFlat, convertToImages } from "./conversions";
import type { ChunkSums, Images } from "./forms";

/** Chunks of a batch, whatever the number of threads: enough to share, not too many sums to add. */
const leastChunks = 16;

export interface Circumstances {
  readonly winograd: boolean;
  /** That may compute the step. */
  readonly threads: number;
  /** Batches that are images somewhere in the step, with the numbers of groups into which batch norms divide them. */
  readonly batches: ReadonlyMap<number, ReadonlySet<number>>;
  /** Rows and columns of zeros that some unit needs around a quantity. */
  readonly borders: ReadonlyMap<Quantity, number>;
  /** Quantities that are written where a resident lies, by its place. */
  readonly targets: ReadonlyMap<Quantity, number>;
}

/** Turns the units of a graph into tasks, and decides in which form each quantity lies in memory. */
export class Lowering implements LoweringContext {
  readonly tasks: Task[] = [];
  private readonly flats = new Map<Quantity, Buffer>();
  private readonly imagesOf = new Map<Quantity, Images[]>();
  private readonly sums = new Map<Quantity, ChunkSums>();
  private readonly residents = new Map<number, Buffer>();

  constructor(private readonly circumstances: Circumstances) {}

  get winograd(): boolean {
    return this.circumstances.winograd;
  }

  add(task: Task): void {
    this.tasks.push(task);
  }

  /** Threads share a batch by its rows; undefined where that number of rows is no batch. */
  rows(batch: number): Extract<Split, { kind: "rows" }> | undefined {
    const groups = this.circumstances.batches.get(batch);
    if (!groups) return undefined;
    let chunks = [...groups].reduce(leastCommonMultiple, 1);
    while (chunks < leastChunks) chunks *= 2;
    return { kind: "rows", rows: batch, chunks };
  }

  batchRows(batch: number): Extract<Split, { kind: "rows" }> {
    const split = this.rows(batch);
    if (!split) throw new Error(`A batch of ${batch} was not announced.`);
    return split;
  }

  resident(place: number, bytes: number): Buffer {
    const known = this.residents.get(place) ?? new Buffer(`resident ${place}`, bytes, place);
    this.residents.set(place, known);
    return known;
  }

  scratch(label: string, bytes: number): Buffer {
    return new Buffer(label, bytes);
  }

  threadRooms(label: string, bytes: number): Buffer {
    return this.scratch(label, this.circumstances.threads * bytes);
  }

  /** Where a quantity, which is no view, lies as a tensor does. */
  flat(quantity: Quantity): Buffer {
    const known = this.flats.get(quantity);
    if (known) return known;
    if (quantity.source.kind === "resident") {
      return this.resident(quantity.source.place, 4 * sizeOf(quantity.shape));
    }
    const images = this.imagesOf.get(quantity)?.[0];
    if (!images) throw new Error("A quantity is read before it is written.");
    if (images.layout.isFlat) return images.buffer;
    const buffer = this.scratch("flat", 4 * sizeOf(quantity.shape));
    convertToFlat(this, images, buffer);
    this.flats.set(quantity, buffer);
    return buffer;
  }

  /** Memory for a quantity that is about to be written as a tensor. */
  defineFlat(quantity: Quantity, label: string): Buffer {
    const place = this.circumstances.targets.get(quantity);
    const bytes = 4 * sizeOf(quantity.shape);
    const buffer = place === undefined ? this.scratch(label, bytes) : this.resident(place, bytes);
    this.flats.set(quantity, buffer);
    return buffer;
  }

  isResident(quantity: Quantity): boolean {
    return this.circumstances.targets.has(quantity);
  }

  /** Where a quantity lies as images do, with as many zeros around them at least. */
  images(quantity: Quantity, extent: Extent, border = 0): Images {
    const known = this.imagesOf.get(quantity) ?? [];
    const enough = known.find(({ layout }) => layout.border >= border && isSameExtent(layout, extent));
    if (enough) return enough;
    const wanted = Math.max(border, this.circumstances.borders.get(quantity) ?? 0);
    const layout = new ImageLayout(extent, wanted);
    const flat = this.flat(quantity);
    const images: Images = layout.isFlat
      ? { buffer: flat, layout }
      : { buffer: this.scratch("images", layout.bytes), layout };
    if (!layout.isFlat) convertToImages(this, flat, images);
    this.imagesOf.set(quantity, [...known, images]);
    return images;
  }

  /** Memory for a quantity that is about to be written as images. */
  defineImages(quantity: Quantity, extent: Extent, label: string): Images {
    const layout = new ImageLayout(extent, this.circumstances.borders.get(quantity) ?? 0);
    const images = { buffer: this.scratch(label, layout.bytes), layout };
    this.imagesOf.set(quantity, [images]);
    return images;
  }

  /** Memory for the sums that one loop takes, two numbers for each channel and quantity, one after the other. */
  defineSums(quantities: readonly Quantity[], batch: number, channels: number): ChunkSums[] {
    const { chunks } = this.batchRows(batch);
    const each = 2 * 8 * Math.ceil(channels / lanes) * lanes;
    const bytes = quantities.length * each + sumsScratchBytes;
    const buffer = this.scratch("sums", chunks * bytes);
    return quantities.map((quantity, i) => {
      const made = { buffer, chunks, bytes, offset: i * each };
      this.sums.set(quantity, made);
      return made;
    });
  }

  sumsOf(quantity: Quantity): ChunkSums {
    const known = this.sums.get(quantity);
    if (!known) throw new Error("Sums are read before they are taken.");
    return known;
  }

  /** Whether row i of a task meets nothing of a buffer but its row i. */
  useByRows(quantity: Quantity, split: Split, buffer: Buffer): Use {
    return split.kind === "rows" && quantity.shape[0] === split.rows ? own(buffer) : whole(buffer);
  }
}

const isSameExtent = (a: Extent, b: Extent): boolean =>
  a.batch === b.batch && a.height === b.height && a.width === b.width && a.channels === b.channels;

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
