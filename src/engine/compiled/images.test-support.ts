import { type ImageLayout, lanes } from "./layout";

/** Index of a number in the memory of images, counted in numbers. */
export function placeOf(layout: ImageLayout, n: number, y: number, x: number, c: number): number {
  const { border, blocks, height, width } = layout;
  const [rows, columns] = [height + 2 * border, width + 2 * border];
  const block = Math.floor(c / lanes);
  return (((n * blocks + block) * rows + y + border) * columns + x + border) * lanes + (c % lanes);
}

function forEach(layout: ImageLayout, visit: (flat: number, place: number) => void): void {
  const { batch, height, width, channels } = layout;
  let flat = 0;
  for (let n = 0; n < batch; n++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let c = 0; c < channels; c++) visit(flat++, placeOf(layout, n, y, x, c));
}

/** [batch, height, width, channels] → the memory of images. */
export function toLayout(layout: ImageLayout, flat: ArrayLike<number>): Float32Array {
  const memory = new Float32Array(layout.bytes / 4);
  forEach(layout, (from, to) => {
    memory[to] = flat[from] as number;
  });
  return memory;
}

/** @throws when the border or the lanes beyond the last channel hold anything but zeros */
export function fromLayout(layout: ImageLayout, memory: Float32Array): Float32Array {
  const { batch, height, width, channels } = layout;
  const flat = new Float32Array(batch * height * width * channels);
  const rest = Float32Array.from(memory);
  forEach(layout, (to, from) => {
    flat[to] = memory[from] as number;
    rest[from] = 0;
  });
  const spoilt = rest.findIndex((value) => value !== 0);
  if (spoilt >= 0) throw new Error(`The padding holds ${rest[spoilt]} at ${spoilt}.`);
  return flat;
}
