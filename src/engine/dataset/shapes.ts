import type { ShapesDifficulty } from "../../protocol/dataset";
import { Purpose, randomFor } from "../math/random";
import type { Dataset, ImageSet } from "./dataset";
import { createRenderer } from "./drawing/shapes-render";
import { drawPixelNoise, drawScene, nuisances } from "./drawing/shapes-scene";
import { shapes } from "./drawing/signed-distance";
import { hashDataset } from "./identity/hash";
import { createBreather, type LongTask } from "./long-task";
import { withLabelNoise } from "./parts/label-noise";

export interface ShapesOptions {
  readonly seed: number;
  /** Pixels per side. */
  readonly size: number;
  readonly difficulty: ShapesDifficulty;
  /** Images per part. */
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** Share of the training images given a wrong label. */
  readonly labelNoise?: number;
}

export const shapesDefaults: ShapesOptions = {
  seed: 0,
  size: 32,
  difficulty: "normal",
  train: 4_000,
  validation: 500,
  test: 1_000,
};

/** First words of the parts' addresses, which keep their images distinct. Never renumber. */
const PART = { train: 0, test: 1, validation: 2 } as const;

type ShapesSource = Pick<ShapesOptions, "seed" | "size" | "difficulty">;

/**
 * Draws single images of one part into `into` [size, size, 3]. An image depends only on the seed, the part, its
 * index and the options, and is bit-identical on every machine; its class is its index modulo ten.
 */
export function createShapesPainter({ seed, size, difficulty }: ShapesSource, part: keyof typeof PART) {
  const random = randomFor(seed, Purpose.shapes);
  const render = createRenderer(size);
  const limits = nuisances[difficulty];
  return (index: number, into: Uint8Array): void => {
    const address = { part: PART[part], index };
    const shape = shapes[classOf(index)] as (typeof shapes)[number];
    const noise = drawPixelNoise(random, address, into.length);
    render(drawScene(random, address, limits), shape.distance, noise, into);
  };
}

function classOf(index: number): number {
  return index % shapes.length;
}

/** Draws the built-in dataset. Throws the signal's reason when aborted. */
export async function drawShapes(options: ShapesOptions, task: LongTask = {}): Promise<Dataset> {
  const total = options.train + options.validation + options.test;
  const sampleBytes = options.size * options.size * 3;
  let done = 0;
  const report = () => task.onProgress?.({ phase: "drawing", done, total });
  const breathe = createBreather(task.signal, report);
  task.signal?.throwIfAborted();

  const drawPart = async (part: keyof typeof PART): Promise<ImageSet> => {
    const count = options[part];
    const paint = createShapesPainter(options, part);
    const pixels = new Uint8Array(count * sampleBytes);
    for (let index = 0; index < count; index++) {
      paint(index, pixels.subarray(index * sampleBytes, (index + 1) * sampleBytes));
      done++;
      await breathe();
    }
    const labels = Int32Array.from({ length: count }, (_, index) => classOf(index));
    return { count, size: options.size, channels: 3, pixels, labels };
  };

  const content = {
    name: `Shapes, ${options.difficulty}`,
    classNames: shapes.map(({ name }) => name),
    train: withLabelNoise(await drawPart("train"), shapes.length, options.labelNoise ?? 0, options.seed),
    validation: await drawPart("validation"),
    test: await drawPart("test"),
  };
  report();
  return { ...content, hash: await hashDataset(content) };
}
