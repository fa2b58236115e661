import { integer } from "./words";

/** The settings panel and the views. */
export const settings = {
  ownViews: {
    title: "Views",
    lead: "An arm uses the experiment's views unless it has its own.",
    toggle: "Use separate views for this arm",
  },
  title: "Settings",
  tabs: { arm: "Arm", images: "Images", views: "Views", training: "Training" },
  editedMeanwhile: "Settings have changed since training started. Restart to train with them.",
  armToChange: "Arm to edit",
  scheme: "Scheme",
  networks: "Networks",
  start: "Start and later stages",
  weights: {
    choose: { student: "Weights for the student …", teacher: "Weights for the teacher …" },
    input: { student: "File of weights for the student", teacher: "File of weights for the teacher" },
    reading: "Reading …",
    remove: "Remove",
    removeOf: { student: "Remove the student's weights", teacher: "Remove the teacher's weights" },
    taken: (file: string) => `${file} fits and is kept in this browser; links contain only its hash.`,
  },
  parameters: (student: number, teacher: number | undefined) =>
    `Parameters including heads: student ${integer(student)}${teacher ? `, teacher ${integer(teacher)}` : ""}`,
  parametersLater: "Parameters are counted once the engine is ready.",
  optimizer: "Optimizer and schedule",
  copyToAll: "Use these networks and rates for all arms",
  copyToAllHint: "Same networks, steps and optimizer everywhere, so that only the schemes differ",
  allArms: "All arms",
  evaluation: "Evaluation",
  evaluationLead: "On held-out images, which no network is trained on.",
  about: (label: string) => `About ${label}`,
  from: (label: string) => `${label}, from`,
  to: (label: string) => `${label}, to`,
  switched: { true: "on", false: "off" },
  ofArm: (arm: string) => `arm ${arm}`,
  ofOwner: (setting: string, owner: string) => `${setting} (${owner})`,
  notPossible: (allowed: string) => `Not possible here: ${allowed}.`,
};

export const views = {
  preview: "Preview",
  rollAgain: "Draw again",
  image: "image",
  notYet: "Views appear once the images are ready.",
  sides: { first: "First view v", second: "Second view v′" },
  viewToChange: "View to edit",
  recipe: "Recipe",
  ownRecipe: "Custom recipe.",
  /** Of recipes that no paper named. */
  recipeNames: { mild: "Crop and flip", gray: "Gray images" },
  recipes: {
    shapes: "Strong color jitter, no blur: works on the built-in Shapes.",
    textures:
      "Crops of at least half of the image, color jitter with every hue: works on the built-in Textures.",
    mild: "Crops of at least half of the image, and flips: for training with labels or with a supervised teacher.",
    byol: "The paper's pair: the first view is always blurred, the second sometimes solarized.",
    byolCifar: "BYOL's pair for small photographs: no blur.",
    simclr: "Twice the color jitter, blur half of the time.",
    moco: "Crops of at least a fifth of the image, blur half of the time.",
    s2bnn: "Weaker color jitter and less blur, for networks of low capacity.",
    gray: "For gray images such as Fashion-MNIST: no color jitter, slight rotation, little solarization.",
    randAugment:
      "Crop and flip, then two operations at magnitude 9 of 30. For training with labels or with a supervised teacher.",
    autoAugment: "Crop and flip, then a pair of operations found for CIFAR-10.",
  },
};
