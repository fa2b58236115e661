import { counted, integer } from "./words";

/** Single images, and where the time goes. */
export const inspect = {
  title: "What they see",
  lead: "Held-out images one by one: the student beside its teacher and itself untrained",
  run: "Run",
  notYet:
    "Once training has begun: which held-out images student, teacher and untrained network get right and wrong, their confusions, nearest neighbours and maps.",
  take: "Inspect now",
  takeAgain: "Inspect again",
  taking: "Between two steps, every held-out image that is shown is embedded anew …",
  untaken: "What the networks see now, without waiting for the end.",
  takenAt: (stage: string, step: string) => `As the networks were: ${stage}, step ${step}.`,
  noStudentYet: "The teacher learns first: there is no student to set beside it yet.",
  whyNot: {
    gone: "The networks of this run are not here any more: start it again to inspect it.",
    failed: "This run failed before its end: there is nothing of it to inspect.",
    elsewhere: "It trains in another tab: inspect it there, or here once it has finished.",
    saved: "This run was saved before its end: only runs that finished can be inspected later.",
  },
  imagesNotHere:
    "The images of this training are not loaded: choose or drop the same ones under Images to see all of them here. What was found out about them is complete.",
  classNumber: (number: number) => `class ${number}`,
  takenFor: (label: string, answer: string) => `${label}, taken for ${answer}`,
  tabs: { changes: "Fixed and broken", confusion: "Confusion", map: "Map" },
  errors: "Errors",
  fewOfClasses: (shown: number, all: number) =>
    `The ${integer(shown)} of ${integer(all)} classes that are confused most often. The CSV file has all of them.`,
  ofCell: "Images of the cell",
  against: "Student against",
  references: { teacher: "Teacher", untrained: "Itself untrained", truth: "True class" },
  againstTeacher: {
    better: "Right where the teacher is wrong",
    worse: "Wrong where the teacher is right",
  },
  againstUntrained: {
    better: "Right, and wrong before training",
    worse: "Wrong, and right before training",
  },
  ofImages: (count: number) => `Of ${counted(count, "held-out image")}, by their nearest training images.`,
  encoders: { student: "Student", teacher: "Teacher", untrained: "Untrained" },
  maps: { student: "Student", teacher: "Teacher", untrained: "Student untrained" },
  onPlane: (title: string, images: number) => `${title}: ${counted(images, "held-out image")} on a plane`,
  mapKind: "Kind of map",
  mapKinds: {
    pca: { label: "PCA", title: "The two directions in which the features differ most" },
    umap: { label: "UMAP", title: "Neighbourhoods, laid out on a plane" },
  },
  showImages: "Images on the map",
  mapping: (percent: string) => `Arranging … ${percent} %`,
  noMap: "This map could not be made.",
  umapHelp:
    "UMAP of the first 16 principal components (15 neighbours, least distance 0.1, one fixed seed): who is near whom; distances between heaps mean little.",
  mapTitle: (encoder: string, kind: string) => `${kind} map: ${encoder}`,
  mapTable: {
    image: "Image",
    imageNumber: (number: string) => `Image ${number}`,
    label: "True class",
    answer: "Taken for",
  },
  classColours: "Colours of classes",
  mapHelp:
    "Principal components of the features, one colour per class. Point at an image to see it below, in all maps; press it to keep it, and once more to let it go.",
  closerLook: "A closer look",
  heldOut: (label: string) => `Held-out image of class ${label}`,
  right: "right",
  wrong: "wrong",
  neighbour: (number: number, label: string) => `Neighbour ${number}: ${label}`,
  matrix: "Confusion matrix",
  matrixAgainst: (reference: string) => `Confusion matrix against ${reference.toLowerCase()}`,
  matrixSides: (reference: string) => `${reference} ↓  student →`,
  matrixCaption: (reference: string) =>
    `Down: ${reference}. Across: the student's nearest neighbours. Press a cell to see its images.`,
  cell: (reference: string, given: string, answered: string, images: number) =>
    `${reference}: ${given}, student: ${answered}, ${integer(images)} images`,
  showMore: (count: number, left: number) =>
    count < left ? `Show ${integer(count)} of ${integer(left)} more` : `Show ${integer(count)} more`,
};

export const diagnostics = {
  title: "Where the time goes",
  measuring: "Measuring …",
  measure: "Measure a step",
  help: "While something trains, one of its steps can be taken with a clock beside it. It is a step like any other.",
  ofRun: (run: string, stage: string) => `${run}: ${stage}`,
  step: "A step",
  javascript: "of it JavaScript",
  dispatches: "Dispatches",
  reached: "Reached",
  peak: "Matrix product here",
  tensors: "Tensors",
  memory: "Memory in use",
  allocated: "allocated",
  recorded: "Steps are replays of a recorded one.",
  anew: "Every step is put together anew.",
  kernels: "Time by kernel",
  kernel: "Kernel",
  gpuTime: "Time",
  share: "Share",
  choices: {
    title: "Kernels chosen by timing them here",
    explanation:
      "Measured before a first step, and the same ever after: kernels differ in their last digits.",
    convolution: "Convolution",
    chosen: "Chosen",
    others: "Others",
  },
  backendTimes: {
    title: "Why this backend",
    explanation:
      "Without a GPU, a layer was taken forwards and backwards by each, and the quickest is used; whoever had lost before was not measured to the end (>). This browser remembers it. “?backend=” in the page's address takes another.",
    backend: "Backend",
    layer: "A layer",
    again: "Measure again",
  },
};
