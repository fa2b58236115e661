import * as tf from "@tensorflow/tfjs-core";
import { tracingName } from "../compiled/in-use";
import type { RenderedViews } from "../compiled/kernels/views/view-kernel";
import {
  codeOf,
  headWords,
  imageWords,
  stepWords,
  tableWords,
  type ViewShape,
  type ViewStep,
  viewWords,
  weightsAt,
} from "../compiled/kernels/views/view-table";
import { Purpose, randomFor } from "../math/random";
import { blurRadius, drawView, type RenderRecipe, type ViewParameters } from "./parameters";
import { pictureOf } from "./picture";
import { type PolicyStep, policyOf, policySteps } from "./policy/policy";
import { blurWeights } from "./render";
import type { ResidentImages } from "./resident-images";

/**
 * Views within a compiled step: before the step JavaScript draws their parameters into a table and gathers the bytes of the
 * images; the step renders them.
 */

/** Returns whether a step is being traced, of which views are a part then. */
export const isTraced = (): boolean => tf.getBackend() === tracingName;

interface Drawn {
  readonly images: ResidentImages;
  readonly recipes: readonly RenderRecipe[];
  readonly shape: ViewShape;
}

/** Notes the rendering of views of a batch in the step that is being traced, as `renderViews` does. */
export function renderInStep(
  images: ResidentImages,
  recipes: readonly RenderRecipe[],
  batch: tf.Tensor1D,
  clock: tf.Tensor1D,
  side: number,
): tf.Tensor4D {
  const shape = shapeOf(images, recipes, batch.size, side);
  const { mean, std } = images.normalization;
  const pixels = run("RetortViewPixels", { batch }, { images });
  const table = run("RetortViewTable", { batch, clock }, { images, recipes, shape } satisfies Drawn);
  const views: RenderedViews = { ...shape, mean: [...mean], deviation: [...std] };
  return run("RetortRenderedViews", { pixels, table }, { views }) as tf.Tensor4D;
}

const run = (name: string, inputs: Record<string, tf.Tensor>, attributes: object): tf.Tensor =>
  tf.engine().runKernel(name, inputs as tf.NamedTensorMap, attributes as tf.NamedAttrMap) as tf.Tensor;

function shapeOf(
  { set }: ResidentImages,
  recipes: readonly RenderRecipe[],
  batch: number,
  side: number,
): ViewShape {
  const blurred = recipes.filter(({ blurProbability }) => blurProbability > 0);
  const policies = policySteps(recipes);
  return {
    channels: set.channels,
    size: set.size,
    side,
    batch,
    views: recipes.length * batch,
    slots: 7 + policies,
    steps: [...new Set(recipes.flatMap((recipe) => stepsOf(recipe, set.channels)))],
    radius: Math.max(0, ...blurred.map(blurRadius)),
  };
}

/** Returns the steps that a view of a recipe may take. */
function stepsOf(recipe: RenderRecipe, channels: number): ViewStep[] {
  const jitter: readonly ViewStep[] = [
    "brightness",
    "contrast",
    "saturation",
    recipe.hueSpace === "hsv" ? "hueInHsv" : "hueInYiq",
  ];
  const policy = (policyOf(recipe)?.rows ?? []).flatMap((row) =>
    row.flatMap((step) => ofPolicy({ ...step, strength: 1 }, 1).map(({ step }) => step)),
  );
  const all: ViewStep[] = [
    ...(recipe.jitterProbability > 0 ? jitter : []),
    ...(recipe.grayscaleProbability > 0 ? (["gray"] as const) : []),
    ...(recipe.blurProbability > 0 ? (["blur"] as const) : []),
    ...policy,
    ...(recipe.solarizeProbability > 0 ? (["solarize"] as const) : []),
  ];
  return channels === 1 ? all.filter((step) => !ofColors.has(step)) : all;
}

/** Steps that change nothing in a picture with one channel. */
const ofColors: ReadonlySet<ViewStep> = new Set(["saturation", "hueInYiq", "hueInHsv", "gray"]);

interface Step {
  readonly step: ViewStep;
  readonly numbers: readonly number[];
}

/** The byte from which `solarize` of a view, not of a policy, inverts. */
const half = 128;

/** Returns the steps of a view in their order; the blur's weights come apart. */
function stepsOfView({ jitter, grayscale, blur, policy, solarize }: ViewParameters, size: number): Step[] {
  const steps: Step[] = [];
  const add = (step: ViewStep, ...numbers: number[]) => void steps.push({ step, numbers });
  for (const operation of jitter?.order ?? []) {
    if (!jitter) continue;
    if (operation !== "hue") add(operation, jitter[operation]);
    else if (jitter.hueSpace === "hsv") add("hueInHsv", 6 * jitter.hue);
    else add("hueInYiq", Math.cos(2 * Math.PI * jitter.hue), Math.sin(2 * Math.PI * jitter.hue));
  }
  if (grayscale) add("gray");
  if (blur) add("blur");
  steps.push(...policy.flatMap((step) => ofPolicy(step, size)));
  if (solarize) add("solarize", half);
  return steps;
}

/** Returns the step, or none, that an operation of a policy is, on pictures with `size` pixels per side. */
function ofPolicy({ operation, strength }: PolicyStep, size: number): Step[] {
  const one = (step: ViewStep, ...numbers: number[]): Step[] => [{ step, numbers }];
  const center = size / 2;
  /** Of x + xy·y + dx and y + yx·x + dy, where pixel centers are at half-integers. */
  const moved = (xx: number, xy: number, dx: number, yx: number, yy: number, dy: number) =>
    one("moved", xx, xy, dx + (xx + xy) / 2 - 0.5, yx, yy, dy + (yx + yy) / 2 - 0.5);
  switch (operation) {
    case "identity":
      return [];
    case "invert":
    case "autoContrast":
    case "equalize":
      return one(operation);
    case "posterize":
    case "solarize":
      return one(operation, strength);
    case "brightness":
    case "contrast":
    case "sharpness":
      return one(operation, 1 + strength);
    case "color":
      return one("saturation", 1 + strength);
    case "rotate": {
      const [cosine, sine] = [Math.cos(strength), Math.sin(strength)];
      const [dx, dy] = [center * (1 - cosine + sine), center * (1 - sine - cosine)];
      return moved(cosine, -sine, dx, sine, cosine, dy);
    }
    case "shearX":
      return moved(1, strength, 0, 0, 1, 0);
    case "shearY":
      return moved(1, 0, 0, strength, 1, 0);
    case "translateX":
      return moved(1, 0, strength * size, 0, 1, 0);
    case "translateY":
      return moved(1, 0, 0, 0, 1, strength * size);
    default:
      return operation satisfies never;
  }
}

/** The words of a table, as what each of them is. */
interface Table {
  readonly numbers: Float32Array<ArrayBuffer>;
  readonly whole: Int32Array;
}

/** Writes the row of a view into a table, from the word `at` on. */
function writeRow({ numbers, whole }: Table, at: number, view: ViewParameters, shape: ViewShape): void {
  const { side, size, channels } = shape;
  const { left, top, width, height } = view.crop;
  const [cosine, sine] = [Math.cos(view.turn), Math.sin(view.turn)];
  const [across, down] = [(width * size) / side, (height * size) / side];
  const [middleX, middleY] = [(left + width / 2) * size, (top + height / 2) * size];
  /** Column or row = a·x + b·y + c, at pixel centers, about the middle of the crop. */
  const place = (from: number, a: number, b: number, middle: number) => {
    const reach = side / 2 - 0.5;
    numbers[at + from] = a;
    numbers[at + from + 1] = b;
    numbers[at + from + 2] = middle - (a + b) * reach - 0.5;
  };
  place(viewWords.column, cosine * across, -sine * down, middleX);
  place(viewWords.row, sine * across, cosine * down, middleY);
  whole[at + viewWords.flip] = view.flip ? 1 : 0;
  let taken = 0;
  for (const { step, numbers: given } of stepsOfView(view, side)) {
    if (channels === 1 && ofColors.has(step)) continue;
    const start = at + headWords + stepWords * taken;
    whole[start] = codeOf(step);
    // Not `set`, which takes longer than these few numbers.
    for (let i = 0; i < given.length; i++) numbers[start + 1 + i] = given[i] as number;
    if (step === "blur") whole[start + 1] = 4 * (weightsAt(shape) - headWords - stepWords * taken);
    taken++;
  }
  whole[at + viewWords.count] = taken;
  if (view.blur) numbers.set(blurWeights(view.blur, shape.radius), at + weightsAt(shape));
}

tf.registerKernel({
  kernelName: "RetortViewPixels",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs }) => {
    const { images } = attrs as unknown as Pick<Drawn, "images">;
    const samples = (inputs as unknown as { readonly batch: tf.Tensor1D }).batch.dataSync();
    const words = imageWords(images.set);
    const bytes = new Uint8Array(4 * words * samples.length);
    samples.forEach((sample, i) => {
      bytes.set(pictureOf(images.set, sample).pixels, 4 * words * i);
    });
    return tf.tensor2d(new Int32Array(bytes.buffer), [samples.length, words], "int32");
  },
});

tf.registerKernel({
  kernelName: "RetortViewTable",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs }) => {
    const { recipes, shape } = attrs as unknown as Drawn;
    const { batch, clock } = inputs as unknown as Readonly<Record<"batch" | "clock", tf.Tensor1D>>;
    const [seed = 0, epoch = 0] = clock.dataSync();
    const random = randomFor(seed, Purpose.views);
    const samples = batch.dataSync();
    const words = tableWords(shape);
    const numbers = new Float32Array(words * shape.views);
    const table = { numbers, whole: new Int32Array(numbers.buffer) };
    recipes.forEach((recipe, view) => {
      samples.forEach((sample, i) => {
        const drawn = drawView(recipe, random, { epoch, sample, view });
        writeRow(table, words * (view * samples.length + i), drawn, shape);
      });
    });
    return tf.tensor2d(numbers, [shape.views, words]);
  },
});
