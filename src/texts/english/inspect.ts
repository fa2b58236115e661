import { counted, integer } from "./words";

/** Single held-out images, and the time of a step. */
export const inspect = {
  title: "Held-out images",
  lead: "Predictions of the student, its teacher and the untrained student, image by image",
  run: "Run",
  take: "Inspect now",
  takeAgain: "Inspect again",
  taking: "Embedding the held-out images between two steps …",
  untaken: "Inspects the networks as they are now, before training has finished.",
  takenAt: (stage: string, step: string) => `State of the networks: ${stage}, step ${step}.`,
  noStudentYet: "The teacher trains first: there is no student to compare it with yet.",
  whyNot: {
    gone: "This run's networks are no longer loaded. Train it again to inspect it.",
    failed: "This run failed before it finished, so there is nothing to inspect.",
    elsewhere: "It is training in another tab. Inspect it there, or here once it has finished.",
    withoutImages: "These results came without predictions of single images. Train it here to see them.",
    saved: "This run was saved before it finished. Only finished runs can be inspected later.",
  },
  imagesNotHere:
    "The images of this training are not loaded, so they are not shown; the results are complete. To see them, load the same images in the Images tab.",
  classNumber: (number: number) => `class ${number}`,
  takenFor: (label: string, answer: string) => `${label}, predicted as ${answer}`,
  tabs: { changes: "Right and wrong", confusion: "Confusion", map: "Map" },
  errors: "Errors",
  fewOfClasses: (shown: number, all: number) =>
    `The ${integer(shown)} of ${integer(all)} classes that are confused most often. The CSV file contains all of them.`,
  ofCell: "Images in this cell",
  against: "Student against",
  references: { teacher: "Teacher", untrained: "Untrained student", truth: "True class" },
  againstTeacher: {
    better: "Right where the teacher is wrong",
    worse: "Wrong where the teacher is right",
  },
  againstUntrained: {
    better: "Correct now, wrong before training",
    worse: "Wrong now, correct before training",
  },
  ofImages: (count: number) =>
    `${counted(count, "held-out image")}, classified by their nearest training images.`,
  encoders: { student: "Student", teacher: "Teacher", untrained: "Untrained" },
  maps: { student: "Student", teacher: "Teacher", untrained: "Untrained student" },
  onPlane: (title: string, images: number) =>
    `${title}: ${counted(images, "held-out image")} in two dimensions`,
  mapKind: "Kind of map",
  mapKinds: {
    pca: { label: "PCA", title: "The two directions in which the features vary most" },
    umap: { label: "UMAP", title: "Neighborhoods, laid out in two dimensions" },
  },
  showImages: "Images on the map",
  mapping: (percent: string) => `Computing the map … ${percent} %`,
  noMap: "This map could not be computed.",
  umapHelp:
    "UMAP of the first 16 principal components (15 neighbors, minimum distance 0.1, fixed seed). It shows which images are close together; distances between clusters mean little.",
  mapTitle: (encoder: string, kind: string) => `${kind} map: ${encoder}`,
  mapTable: {
    image: "Image",
    imageNumber: (number: string) => `Image ${number}`,
    label: "True class",
    answer: "Prediction",
  },
  classColors: "Class colors",
  mapHelp:
    "Principal components of the features, one color per class. Point at an image to see it below and in all maps; click it to pin it, click it again to unpin it.",
  closerLook: "Selected image",
  heldOut: (label: string) => `Held-out image of class ${label}`,
  right: "right",
  wrong: "wrong",
  neighbor: (number: number, label: string) => `Neighbor ${number}: ${label}`,
  matrix: "Confusion matrix",
  matrixAgainst: (reference: string) => `Confusion matrix against ${reference.toLowerCase()}`,
  matrixSides: (reference: string) => `${reference} ↓  student →`,
  matrixCaption: (reference: string) =>
    `Rows: ${reference}. Columns: the student's prediction by nearest neighbors. Click a cell to see its images.`,
  cell: (reference: string, given: string, answered: string, images: number) =>
    `${reference}: ${given}, student: ${answered}, ${integer(images)} images`,
  showMore: (count: number, left: number) =>
    count < left ? `Show ${integer(count)} of ${integer(left)} more` : `Show ${integer(count)} more`,
};

export const diagnostics = {
  title: "Time per step",
  measuring: "Measuring …",
  measure: "Measure a step",
  help: "Times one training step while training runs. The step trains as usual.",
  ofRun: (run: string, stage: string) => `${run}: ${stage}`,
  step: "A step",
  javascript: "of which JavaScript",
  dispatches: "Dispatches",
  reached: "Throughput",
  peak: "Fastest matrix product",
  tensors: "Tensors",
  memory: "Memory in use",
  allocated: "allocated",
  steps: {
    recorded: () => "Steps replay one recorded step.",
    compiled: () => "Steps are compiled: each is one WebAssembly function.",
    eager: (why?: string) =>
      why
        ? `Steps are not compiled, but computed operation by operation, which is slower. ${why}`
        : "Steps are not recorded; each is encoded from scratch.",
  },
  kernels: "Time by kernel",
  kernel: "Kernel",
  gpuTime: "Time",
  share: "Share",
  choices: {
    title: "Kernels chosen by timing",
    explanation:
      "Timed before the first step, then kept: kernels differ in the last digits of their results.",
    convolution: "Convolution",
    chosen: "Chosen",
    others: "Alternatives",
  },
  backendTimes: {
    title: "Why this backend",
    explanation:
      "Without a GPU, each backend ran one layer forward and backward, and the fastest is used; backends that fell behind were stopped early (>). This browser remembers the result. Add “?backend=” to the page's address to use another one.",
    backend: "Backend",
    layer: "One layer",
    again: "Measure again",
  },
};
