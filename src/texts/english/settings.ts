import { integer } from "./words";

/** How to change it. */
export const settings = {
  ownViews: {
    title: "Views",
    lead: "An arm is trained on the experiment's views unless it has views of its own.",
    toggle: "Views of its own",
  },
  title: "Settings",
  tabs: { arm: "Arm", images: "Images", views: "Views", training: "Training" },
  editedMeanwhile: "Changed since the start. Restart trains with the settings as they are now.",
  armToChange: "Arm to change",
  scheme: "Scheme",
  networks: "Networks",
  start: "Start and follow-up",
  weights: {
    choose: { student: "Weights for the student …", teacher: "Weights for the teacher …" },
    input: { student: "File of weights for the student", teacher: "File of weights for the teacher" },
    reading: "Reading …",
    remove: "Remove",
    removeOf: { student: "Remove the student's weights", teacher: "Remove the teacher's weights" },
    taken: (file: string) => `${file} fits and is kept in this browser; links name it by its hash.`,
  },
  parameters: (student: number, teacher: number | undefined) =>
    `Parameters with heads: student ${integer(student)}${teacher ? `, teacher ${integer(teacher)}` : ""}`,
  parametersLater: "Parameters are counted when the engine is ready.",
  optimiser: "Optimiser and schedule",
  copyToAll: "Use these networks and rates for all arms",
  copyToAllHint: "The same networks, steps and optimiser everywhere, so that only the schemes differ",
  allArms: "All arms",
  evaluation: "Evaluation",
  evaluationLead: "On images that no network has learnt from.",
  about: (label: string) => `About ${label}`,
  from: (label: string) => `${label}, from`,
  to: (label: string) => `${label}, to`,
  switched: { true: "on", false: "off" },
  ofArm: (arm: string) => `arm ${arm}`,
  ofWhom: (setting: string, whom: string) => `${setting} (${whom})`,
  notPossible: (allowed: string) => `Not possible here: ${allowed}.`,
};

export const views = {
  whatNetworksSee: "What the networks see",
  rollAgain: "Roll again",
  image: "image",
  notYet: "Views appear when the images are ready.",
  sides: { first: "First view v", second: "Second view v′" },
  viewToChange: "View to change",
  recipe: "Recipe",
  ownRecipe: "Your own recipe.",
  recipes: {
    shapes: "Strong colours, no blur: what learns on the built-in images.",
    byol: "The paper's pair: the first view always blurred, the second sometimes solarised.",
    byolCifar: "The same for small photographs: no blur.",
    simclr: "Twice the jitter, blur half of the time.",
    moco: "Crops of at least a fifth, blur half of the time.",
    s2bnn: "Weaker colours and less blur, for networks of little capacity.",
    gray: "For Fashion-MNIST and its like: no colours to change, a little rotation, hardly any solarising.",
    randAugment:
      "Crop and flip, then two operations at magnitude 9 of 30. For training with labels or a teacher.",
    autoAugment: "Crop and flip, then a pair of operations found for CIFAR-10.",
  },
};
