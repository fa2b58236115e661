import type { HueSpace, ViewRecipe } from "../../protocol/experiment";
import { type Random, uniform } from "../math/random";
import { isSigned, type PolicyStep, PolicyWord, policyOf } from "./policy/policy";

/**
 * The random parameters of one view of one image; rendering is separate. Every number is a pure function of seed,
 * epoch, sample and view number, and `views.wgsl.ts` draws the same numbers on the GPU from the same random words.
 */

/** The four operations of color jitter; an order of them is a permutation of their indices in this list. */
export const jitterOperations = ["brightness", "contrast", "saturation", "hue"] as const;
export type JitterOperation = (typeof jitterOperations)[number];

export interface Jitter {
  readonly order: readonly JitterOperation[];
  /** Factors around 1. */
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
  /** Rotation of the hue, in full turns. */
  readonly hue: number;
  readonly hueSpace: HueSpace;
}

export interface ViewParameters {
  /** The part of the image that is shown, as fractions of its side. */
  readonly crop: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  /** Rotation of the crop, in radians. */
  readonly turn: number;
  readonly jitter: Jitter | undefined;
  readonly grayscale: boolean;
  /** In pixels. */
  readonly blur: { readonly sigma: number; readonly radius: number } | undefined;
  /** In the order of application; a step that is skipped by chance is the identity. */
  readonly policy: readonly PolicyStep[];
  readonly flip: boolean;
  readonly solarize: boolean;
}

/** Where a crop lies: drawn, or at the same place in every image. All lengths are fractions of the image's side. */
export type CropRule =
  /** Area, aspect ratio and place are random. */
  | "inception"
  /** Area and place are random; the crop is square. */
  | "square"
  | { readonly left: number; readonly top: number; readonly side: number };

/** A recipe with the rule of its crop; `inception` by default. */
export type RenderRecipe = ViewRecipe & { readonly crop?: CropRule };

/**
 * Identifies a view of a sample: the first three words of the counter. The fourth is the index of the block of four
 * words.
 */
export interface ViewAddress {
  readonly epoch: number;
  /** Index in the training set. */
  readonly sample: number;
  /** 0 for v, 1 for v′, … */
  readonly view: number;
}

/** The use of each random word of a view. Never renumber: a recorded experiment would no longer reproduce. */
export const ViewWord = {
  area: 0,
  ratio: 1,
  left: 2,
  top: 3,
  jitter: 4,
  order: 5,
  brightness: 6,
  contrast: 7,
  saturation: 8,
  hue: 9,
  grayscale: 10,
  blur: 11,
  sigma: 12,
  flip: 13,
  solarize: 14,
  turn: 15,
} as const;
export const WORDS = 16;

/** Crops have aspect ratios from 3 : 4 to 4 : 3. Szegedy et al. 2015, "Going deeper with convolutions", §5. */
export const LOG_LARGEST_RATIO = Math.log(4 / 3);

/** The 24 orders of the four operations, two bits each, the first operation lowest. */
export const jitterOrders: readonly number[] = permutationsOf([0, 1, 2, 3]).map((order) =>
  order.reduce((packed, operation, place) => packed | (operation << (2 * place)), 0),
);

function permutationsOf(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((first) =>
    permutationsOf(items.filter((item) => item !== first)).map((rest) => [first, ...rest]),
  );
}

/**
 * An event of probability p happens when the upper 24 bits of its word are below this. Comparing integers instead of
 * a float32 with a float64 keeps the decision the same on the GPU.
 */
export function chanceThreshold(probability: number): number {
  return Math.ceil(probability * 2 ** 24);
}

/** The largest rotation of a crop under a recipe, in radians. */
export function largestTurn({ rotation }: ViewRecipe): number {
  return (rotation * Math.PI) / 180;
}

/** Radius of the blur in pixels: three times the recipe's largest standard deviation. */
export function blurRadius(recipe: ViewRecipe): number {
  return Math.ceil(3 * recipe.blurSigma.max);
}

/** Draws the view at an address. `random` is `randomFor(seed, Purpose.views)`. */
export function drawView(
  recipe: RenderRecipe,
  random: Random,
  { epoch, sample, view }: ViewAddress,
): ViewParameters {
  const words = random.words(WORDS, epoch, sample, view);
  const word = (name: keyof typeof ViewWord) => words[ViewWord[name]] as number;
  const unit = (name: keyof typeof ViewWord) => uniform(word(name));
  const happens = (name: keyof typeof ViewWord, probability: number) =>
    word(name) >>> 8 < chanceThreshold(probability);
  const around = (center: number, reach: number, name: keyof typeof ViewWord) =>
    center - reach + 2 * reach * unit(name);
  const between = ({ min, max }: { min: number; max: number }, name: keyof typeof ViewWord) =>
    min + (max - min) * unit(name);
  return {
    crop: cropOf(recipe, between(recipe.scale, "area"), unit("ratio"), unit("left"), unit("top")),
    turn: recipe.rotation > 0 ? around(0, largestTurn(recipe), "turn") : 0,
    jitter: happens("jitter", recipe.jitterProbability)
      ? {
          order: orderOf(word("order")),
          brightness: around(1, recipe.brightness, "brightness"),
          contrast: around(1, recipe.contrast, "contrast"),
          saturation: around(1, recipe.saturation, "saturation"),
          hue: around(0, recipe.hue, "hue"),
          hueSpace: recipe.hueSpace,
        }
      : undefined,
    grayscale: happens("grayscale", recipe.grayscaleProbability),
    blur: happens("blur", recipe.blurProbability)
      ? { sigma: between(recipe.blurSigma, "sigma"), radius: blurRadius(recipe) }
      : undefined,
    policy: drawPolicy(recipe, random, { epoch, sample, view }),
    flip: happens("flip", recipe.flipProbability),
    solarize: happens("solarize", recipe.solarizeProbability),
  };
}

function drawPolicy(recipe: ViewRecipe, random: Random, { epoch, sample, view }: ViewAddress): PolicyStep[] {
  const policy = policyOf(recipe);
  if (!policy) return [];
  const { rows, together } = policy;
  const steps = rows[0]?.length ?? 0;
  const words = random.words(WORDS + 4 * steps, epoch, sample, view);
  const word = (step: number, name: keyof typeof PolicyWord) =>
    words[WORDS + 4 * step + PolicyWord[name]] as number;
  return Array.from({ length: steps }, (_, step): PolicyStep => {
    const row = rows[choiceAmong(rows.length, word(together ? 0 : step, "choice"))];
    const entry = row?.[step];
    if (!entry || word(step, "chance") >>> 8 >= chanceThreshold(entry.chance)) {
      return { operation: "identity", strength: 0 };
    }
    const { operation, strength } = entry;
    const isOpposite = isSigned(operation) && word(step, "sign") >>> 31 === 1;
    return { operation, strength: isOpposite ? -strength : strength };
  });
}

/**
 * Chooses one of `count` indices uniformly. count · (upper 24 bits) stays below 2²⁹, so this is exact in 32 bits, as
 * on the GPU.
 */
function choiceAmong(count: number, word: number): number {
  return ((word >>> 8) * count) >>> 24;
}

/**
 * Draws a random resized crop in closed form: the area is uniform, the logarithm of the aspect ratio uniform among
 * those that fit into the image, the place uniform. (torchvision draws again, up to ten times, if a crop does not
 * fit, which makes large areas rarer than requested; and its crops start at whole pixels, these need not.)
 */
function cropOf(
  { crop = "inception" }: RenderRecipe,
  area: number,
  ratio: number,
  left: number,
  top: number,
): ViewParameters["crop"] {
  if (typeof crop === "object")
    return { left: crop.left, top: crop.top, width: crop.side, height: crop.side };
  const reach = crop === "square" ? 0 : Math.min(LOG_LARGEST_RATIO, -Math.log(area));
  const stretch = Math.exp(0.5 * (2 * ratio - 1) * reach);
  const width = Math.min(1, Math.sqrt(area) * stretch);
  const height = Math.min(1, Math.sqrt(area) / stretch);
  return { left: left * (1 - width), top: top * (1 - height), width, height };
}

function orderOf(word: number): JitterOperation[] {
  const packed = jitterOrders[choiceAmong(jitterOrders.length, word)] as number;
  return jitterOperations.map((_, place) => jitterOperations[(packed >> (2 * place)) & 3] as JitterOperation);
}
