import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { type TrainingBackend, trainingBackend } from "../backend/backend";
import { startBackend } from "../device/start";
import { Purpose, randomFor } from "../math/random";
import { drawView, jitterOperations, type RenderRecipe, type ViewParameters } from "./parameters";
import { policyOperations } from "./policy/policy";
import { ResidentImages } from "./resident-images";
import { noiseImages, randomRecipe, untouched, wild } from "./view-cases.test-support";
import { drawProgram } from "./view-programs";
import { jitterIn, VIEW_WORDS } from "./views.wgsl";

let backend: TrainingBackend;
beforeAll(async () => {
  await startBackend("webgpu");
  backend = trainingBackend() as TrainingBackend;
});

const seed = 0xfedc_ba98; // above 2³¹: the clock holds its bits as int32
const samples = Array.from({ length: 400 }, (_, i) => (7 * i) % 401);
const set = noiseImages(401, 16, 1);

/** Returns the words of the views that the GPU draws. */
async function drawOnGpu(recipes: readonly RenderRecipe[], epoch: number): Promise<ArrayBuffer> {
  const { size, channels } = set;
  const program = drawProgram({ size, side: size, channels, batch: samples.length, recipes });
  const images = ResidentImages.upload(set, { mean: [0], std: [1] });
  const count = recipes.length * samples.length;
  const views = backend.output([count, VIEW_WORDS], "int32");
  const forContrast = [images.packed as tf.Tensor, backend.output([count, size])];
  backend.run(program, [
    tf.tensor1d(Int32Array.from(samples), "int32"),
    tf.tensor1d(Int32Array.of(seed, epoch), "int32"),
    views,
    ...forContrast.slice(0, program.access.length - 3),
  ]);
  const words = (await backend.read(views.dataId)) as Int32Array<ArrayBuffer>;
  images.dispose();
  return words.buffer.slice(4 * VIEW_WORDS * (count - samples.length));
}

/**
 * Splits a view's words in the order of `viewStruct`. Without jitter or blur their numbers are drawn too, but not
 * read.
 */
function split(words: ArrayBuffer, place: number) {
  const whole = new Int32Array(words, 4 * VIEW_WORDS * place, VIEW_WORDS);
  const real = new Float32Array(words, 4 * VIEW_WORDS * place, VIEW_WORDS);
  const [jitters, blurs] = [whole[5] !== 0, (whole[13] as number) > 0];
  const numbers = [1, 2, 3, 4, ...(jitters ? [7, 8, 9, 10] : []), ...(blurs ? [12] : [])];
  return {
    decisions: [0, 5, ...(jitters ? [6] : []), 11, 13, 14, 15, 17, 19, 21].map((i) => whole[i]),
    numbers: [...numbers, 16, 18, 20, 22].map((i) => real[i] as number),
  };
}

function expected(sample: number, drawn: ViewParameters) {
  const { crop, turn, jitter, grayscale, blur, policy, flip, solarize } = drawn;
  const steps = [0, 1, 2].map((i) => policy[i] ?? ({ operation: "identity", strength: 0 } as const));
  const order = (jitter?.order ?? []).reduce(
    (packed, operation, place) => packed | (jitterOperations.indexOf(operation) << (2 * place)),
    0,
  );
  return {
    decisions: [
      sample,
      ...(jitter ? [jitterIn[jitter.hueSpace], order] : [0]),
      Number(grayscale),
      blur?.radius ?? 0,
      Number(flip),
      Number(solarize),
      ...steps.map(({ operation }) => policyOperations.indexOf(operation)),
    ],
    numbers: [
      crop.left,
      crop.top,
      crop.width,
      crop.height,
      ...(jitter ? [jitter.brightness, jitter.contrast, jitter.saturation, jitter.hue] : []),
      ...(blur ? [blur.sigma] : []),
      turn,
      ...steps.map(({ strength }) => strength),
    ],
  };
}

test.each<readonly [string, RenderRecipe]>([
  ["wild", wild],
  ["with few aspect ratios", { ...wild, scale: { min: 0.9, max: 1 } }],
  ["without contrast", { ...wild, contrast: 0 }],
  ["random", randomRecipe(1)],
  ["random, no blur", randomRecipe(2)],
  ["with rotation", { ...wild, rotation: 30 }],
  ["with AutoAugment", { ...wild, policy: "autoAugment" }],
  ["with RandAugment", { ...wild, policy: "randAugment", randAugmentOperations: 3 }],
  ["with square crops", { ...wild, crop: "square" }],
  ["with a fixed crop", { ...wild, crop: { left: 0.125, top: 0.0625, side: 0.875 } }],
])(
  "the GPU draws the same views as TypeScript, decisions exactly, numbers up to rounding: %s",
  async (_, recipe) => {
    const epoch = 70_000;
    const words = await drawOnGpu([untouched, untouched, recipe], epoch);
    const random = randomFor(seed, Purpose.views);
    samples.forEach((sample, i) => {
      const onGpu = split(words, i);
      const inTypeScript = expected(sample, drawView(recipe, random, { epoch, sample, view: 2 }));
      expect(onGpu.decisions).toEqual(inTypeScript.decisions);
      expect(onGpu.numbers.length).toBe(inTypeScript.numbers.length);
      const errors = onGpu.numbers.map((x, k) => Math.abs(x - (inTypeScript.numbers[k] as number)));
      expect(Math.max(...errors)).toBeLessThan(3e-6);
    });
  },
);
