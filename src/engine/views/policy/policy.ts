import type { ViewRecipe } from "../../../protocol/experiment";

/**
 * Augmentation policies: whole-image operations that follow crop, colors and blur. RandAugment (Cubuk et al. 2020,
 * §3) draws a few operations and applies all of them with one magnitude; AutoAugment (Cubuk et al. 2019, appendix)
 * draws one of 25 learned pairs. `policy.wgsl.ts` draws the same on the GPU.
 */
export const policyOperations = [
  "identity",
  "autoContrast",
  "equalize",
  "invert",
  "rotate",
  "posterize",
  "solarize",
  "color",
  "contrast",
  "brightness",
  "sharpness",
  "shearX",
  "shearY",
  "translateX",
  "translateY",
] as const;
export type PolicyOperation = (typeof policyOperations)[number];

/** An operation and its strength, see {@link strengthOf}. */
export interface PolicyStep {
  readonly operation: PolicyOperation;
  readonly strength: number;
}

interface PolicyEntry extends PolicyStep {
  readonly chance: number;
}

/** The operations that the steps of a policy are drawn from. */
export interface Policy {
  /** One entry for every step in each row. */
  readonly rows: readonly (readonly PolicyEntry[])[];
  /** Whether the row drawn for the first step is used for all steps. */
  readonly together: boolean;
}

/** The use of each random word of a step. Each step has a block of four, after those of the view. */
export const PolicyWord = { choice: 0, chance: 1, sign: 2 } as const;

/** Operations whose strength has a random sign. */
const signed: ReadonlySet<PolicyOperation> = new Set([
  "rotate",
  "color",
  "contrast",
  "brightness",
  "sharpness",
  "shearX",
  "shearY",
  "translateX",
  "translateY",
]);

export const isSigned = (operation: PolicyOperation): boolean => signed.has(operation);

/**
 * The strength of an operation for a magnitude in [0, 1], in the operation's unit: radians for `rotate` (at most
 * 30°), pixels per pixel for `shearX` and `shearY` (at most .3), a fraction of the side for `translateX` and
 * `translateY`; `color`, `contrast`, `brightness` and `sharpness` use the factor 1 + strength (strength at most .9);
 * `posterize` rounds down to multiples of it (1 to 16 bytes), `solarize` inverts from that byte on. The others have
 * no strength.
 */
function strengthOf(operation: PolicyOperation, magnitude: number, farthest: number): number {
  switch (operation) {
    case "rotate":
      return (magnitude * Math.PI) / 6;
    case "shearX":
    case "shearY":
      return 0.3 * magnitude;
    case "translateX":
    case "translateY":
      return farthest * magnitude;
    case "color":
    case "contrast":
    case "brightness":
    case "sharpness":
      return 0.9 * magnitude;
    case "posterize":
      return 2 ** Math.round(4 * magnitude);
    case "solarize":
      return Math.ceil(255 * (1 - magnitude));
    case "identity":
    case "autoContrast":
    case "equalize":
    case "invert":
      return 0;
    default:
      return operation satisfies never;
  }
}

/** AutoAugment's magnitudes have levels from 0 to 9, and its largest translation is 150 of 331 pixels. */
const autoLevels = 9;
const autoFarthest = 150 / 331;
/** The same for RandAugment. */
const randLevels = 30;
const randFarthest = 0.3;

type Level = readonly [PolicyOperation, chance: number, level: number];

/** The policy that AutoAugment learned for CIFAR-10. Operations without a strength have level 0. */
const cifarPolicy: readonly (readonly [...Level, ...Level])[] = [
  ["invert", 0.1, 0, "contrast", 0.2, 6],
  ["rotate", 0.7, 2, "translateX", 0.3, 9],
  ["sharpness", 0.8, 1, "sharpness", 0.9, 3],
  ["shearY", 0.5, 8, "translateY", 0.7, 9],
  ["autoContrast", 0.5, 0, "equalize", 0.9, 0],
  ["shearY", 0.2, 7, "posterize", 0.3, 7],
  ["color", 0.4, 3, "brightness", 0.6, 7],
  ["sharpness", 0.3, 9, "brightness", 0.7, 9],
  ["equalize", 0.6, 0, "equalize", 0.5, 0],
  ["contrast", 0.6, 7, "sharpness", 0.6, 5],
  ["color", 0.7, 7, "translateX", 0.5, 8],
  ["equalize", 0.3, 0, "autoContrast", 0.4, 0],
  ["translateY", 0.4, 3, "sharpness", 0.2, 6],
  ["brightness", 0.9, 6, "color", 0.2, 8],
  ["solarize", 0.5, 2, "invert", 0, 0],
  ["equalize", 0.2, 0, "autoContrast", 0.6, 0],
  ["equalize", 0.2, 0, "equalize", 0.6, 0],
  ["color", 0.9, 9, "equalize", 0.6, 0],
  ["autoContrast", 0.8, 0, "solarize", 0.2, 8],
  ["brightness", 0.1, 3, "color", 0.7, 0],
  ["solarize", 0.4, 5, "autoContrast", 0.9, 0],
  ["translateY", 0.9, 9, "translateY", 0.7, 9],
  ["autoContrast", 0.9, 0, "solarize", 0.8, 3],
  ["equalize", 0.8, 0, "invert", 0.1, 0],
  ["translateY", 0.7, 9, "autoContrast", 0.9, 0],
];

const autoAugment: Policy = {
  together: true,
  rows: cifarPolicy.map(([first, firstChance, firstLevel, second, secondChance, secondLevel]) =>
    (
      [
        [first, firstChance, firstLevel],
        [second, secondChance, secondLevel],
      ] as const
    ).map(([operation, chance, level]) => ({
      operation,
      chance,
      strength: strengthOf(operation, level / autoLevels, autoFarthest),
    })),
  ),
};

function randAugment(steps: number, magnitude: number): Policy {
  const drawn = policyOperations.filter((operation) => operation !== "invert");
  const entries = drawn.map((operation): PolicyEntry => {
    return { operation, chance: 1, strength: strengthOf(operation, magnitude / randLevels, randFarthest) };
  });
  return { together: false, rows: entries.map((entry) => Array.from({ length: steps }, () => entry)) };
}

/** Returns the policy of a recipe; undefined if it has none. */
export function policyOf(recipe: ViewRecipe): Policy | undefined {
  switch (recipe.policy) {
    case "none":
      return undefined;
    case "autoAugment":
      return autoAugment;
    case "randAugment":
      return randAugment(recipe.randAugmentOperations, recipe.randAugmentMagnitude);
    default:
      return recipe.policy satisfies never;
  }
}

/** The number of steps of the longest policy among recipes; 0 without a policy. */
export function policySteps(recipes: readonly ViewRecipe[]): number {
  return Math.max(0, ...recipes.map((recipe) => policyOf(recipe)?.rows[0]?.length ?? 0));
}
