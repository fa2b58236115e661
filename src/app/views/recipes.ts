import { defaultExperiment, type Experiment, type ViewRecipe } from "../../protocol/experiment";
import { mildViews, textureViews } from "../../protocol/suggestions";
import type { texts } from "../../texts/texts";

export interface RecipePair {
  readonly name: string;
  readonly id: keyof ReturnType<typeof texts>["views"]["recipes"];
  readonly views: Experiment["views"];
}

const usual = defaultExperiment().views;
/** The papers' programs shift hue as torchvision does. */
const plain: ViewRecipe = {
  ...usual.first,
  hue: 0.1,
  hueSpace: "hsv",
  saturation: 0.4,
  brightness: 0.4,
  contrast: 0.4,
};
const large = { scale: { min: 0.08, max: 1 }, blurSigma: { min: 0.1, max: 2 } } as const;
const byol: ViewRecipe = { ...plain, ...large, saturation: 0.2, solarizeProbability: 0 };
const grayImages: ViewRecipe = {
  ...plain,
  saturation: 0,
  hue: 0,
  grayscaleProbability: 0,
  solarizeProbability: 0,
  rotation: 10,
};
const cropAndFlip: ViewRecipe = {
  ...plain,
  jitterProbability: 0,
  grayscaleProbability: 0,
  solarizeProbability: 0,
};
const both = (view: ViewRecipe): Experiment["views"] => ({ first: view, second: view });

const completed = (view: Partial<ViewRecipe>): ViewRecipe => ({ ...usual.first, ...view });

/** Published recipes, and some that suit the built-in images. */
export const recipes: readonly RecipePair[] = [
  { name: "Shapes", id: "shapes", views: usual },
  { name: "Textures", id: "textures", views: both(completed(textureViews.first)) },
  { name: "Crop and flip", id: "mild", views: both(completed(mildViews.first)) },
  {
    name: "BYOL",
    id: "byol",
    views: {
      first: { ...byol, blurProbability: 1 },
      second: { ...byol, blurProbability: 0.1, solarizeProbability: 0.2 },
    },
  },
  {
    name: "BYOL, CIFAR",
    id: "byolCifar",
    views: { first: byol, second: { ...byol, solarizeProbability: 0.2 } },
  },
  {
    name: "SimCLR",
    id: "simclr",
    views: both({
      ...plain,
      ...large,
      brightness: 0.8,
      contrast: 0.8,
      saturation: 0.8,
      hue: 0.2,
      blurProbability: 0.5,
      solarizeProbability: 0,
    }),
  },
  {
    name: "MoCo-v2",
    id: "moco",
    views: both({
      ...plain,
      blurSigma: large.blurSigma,
      scale: { min: 0.2, max: 1 },
      blurProbability: 0.5,
      solarizeProbability: 0,
    }),
  },
  {
    name: "S2-BNN",
    id: "s2bnn",
    views: both({
      ...plain,
      blurSigma: large.blurSigma,
      scale: { min: 0.2, max: 1 },
      jitterProbability: 0.6,
      blurProbability: 0.2,
      solarizeProbability: 0,
    }),
  },
  {
    name: "Gray images",
    id: "gray",
    views: {
      first: grayImages,
      second: { ...grayImages, solarizeProbability: 0.1 },
    },
  },
  {
    name: "RandAugment",
    id: "randAugment",
    views: both({ ...cropAndFlip, policy: "randAugment" }),
  },
  {
    name: "AutoAugment",
    id: "autoAugment",
    views: both({ ...cropAndFlip, policy: "autoAugment" }),
  },
];
