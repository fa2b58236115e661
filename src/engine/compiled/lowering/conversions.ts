import type { LoweringContext } from "../graph/quantity";
import { lanes } from "../layout";
import { type FlatLoop, flatLoopKernel } from "../loops/flat-loop";
import { type Buffer, own } from "../schedule/task";
import type { Images } from "./forms";

const copy = [
  { kind: "operand", operand: 0 },
  { kind: "unary", function: "copy", of: 0 },
] as const;

/** Between a tensor [batch, height, width, channels] and images: loops with the first number's place in each. */
function copies(
  { layout }: Images,
  toImages: boolean,
): { loop: FlatLoop; flatAt: number; imagesAt: number }[] {
  const { batch, height, width, channels } = layout;
  const [image, block, row] = [layout.imageBytes / 4, layout.blockBytes / 4, layout.rowBytes / 4];
  const [full, rest] = [Math.floor(channels / lanes), channels % lanes];
  const made = (blocks: number, inBlock: number, first: number) => {
    const flat = { strides: [height * width * channels, lanes, width * channels, channels, 1] };
    const images = { strides: [image, block, row, lanes, 1] };
    const operands = toImages ? [flat, images] : [images, flat];
    const loop: FlatLoop = {
      axes: [batch, blocks, height, width, inBlock],
      operands,
      terms: copy,
      results: [{ term: 1, operand: 1 }],
    };
    return { loop, flatAt: 4 * first * lanes, imagesAt: layout.start + first * layout.blockBytes };
  };
  return [...(full > 0 ? [made(full, lanes, 0)] : []), ...(rest > 0 ? [made(1, rest, full)] : [])];
}

export function convertToImages(lowering: LoweringContext, flat: Buffer, images: Images): void {
  const { layout, buffer } = images;
  lowering.add({
    label: "to images",
    split: lowering.batchRows(layout.batch),
    reads: [own(flat)],
    writes: [own(buffer)],
    emit: ({ module, f, from, to, address }) => {
      if (layout.border > 0 || layout.channels % lanes > 0) {
        address(buffer);
        f.get(from).i32(layout.imageBytes).mul().add();
        f.i32(0).get(to).get(from).sub().i32(layout.imageBytes).mul().fillMemory();
      }
      for (const { loop, flatAt, imagesAt } of copies(images, true)) {
        address(flat, flatAt);
        address(buffer, imagesAt);
        f.get(from).get(to).call(flatLoopKernel(module, loop));
      }
    },
  });
}

export function convertToFlat(lowering: LoweringContext, images: Images, flat: Buffer): void {
  lowering.add({
    label: "from images",
    split: lowering.batchRows(images.layout.batch),
    reads: [own(images.buffer)],
    writes: [own(flat)],
    emit: ({ module, f, from, to, address }) => {
      for (const { loop, flatAt, imagesAt } of copies(images, false)) {
        address(images.buffer, imagesAt);
        address(flat, flatAt);
        f.get(from).get(to).call(flatLoopKernel(module, loop));
      }
    },
  });
}
