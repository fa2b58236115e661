import type { DrawnSource } from "../../../protocol/dataset";
import type { Dataset, ImageSet } from "../dataset";
import { hashDataset } from "../identity/hash";
import { createBreather, type LongTask } from "../long-task";
import { withLabelNoise } from "../parts/label-noise";
import type { DrawingOptions, DrawnPart, DrawnSet } from "./drawn-set";
import { shapesSet } from "./shapes";
import { texturesSet } from "./textures";

export const drawnSets: Readonly<Record<DrawnSource, DrawnSet>> = {
  shapes: shapesSet,
  textures: texturesSet,
};

/** Draws a built-in dataset. Throws the signal's reason when aborted. */
export async function drawDataset(
  source: DrawnSource,
  options: DrawingOptions,
  task: LongTask = {},
): Promise<Dataset> {
  const { name, classNames, createPainter } = drawnSets[source];
  const total = options.train + options.validation + options.test;
  const sampleBytes = options.size * options.size * 3;
  let done = 0;
  const report = () => task.onProgress?.({ phase: "drawing", done, total });
  const breathe = createBreather(task.signal, report);
  task.signal?.throwIfAborted();

  const drawPart = async (part: DrawnPart): Promise<ImageSet> => {
    const count = options[part];
    const paint = createPainter(options, part);
    const pixels = new Uint8Array(count * sampleBytes);
    for (let index = 0; index < count; index++) {
      paint(index, pixels.subarray(index * sampleBytes, (index + 1) * sampleBytes));
      done++;
      await breathe();
    }
    const labels = Int32Array.from({ length: count }, (_, index) => index % classNames.length);
    return { count, size: options.size, channels: 3, pixels, labels };
  };

  const content = {
    name: `${name}, ${options.difficulty}`,
    classNames,
    train: withLabelNoise(await drawPart("train"), classNames.length, options.labelNoise ?? 0, options.seed),
    validation: await drawPart("validation"),
    test: await drawPart("test"),
  };
  report();
  return { ...content, hash: await hashDataset(content) };
}
