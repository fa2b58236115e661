import { counted } from "./words";

/** The files that the page exports. */
export const exports = {
  title: "Export",
  files: {
    "experiment.json": "All settings",
    "recorded.json": "Settings and curves, to open and reproduce elsewhere",
    "metrics.csv": "Every measured row",
    "metrics.json": "Results, rows, reference values, plan",
    "summary.md": "Results as Markdown",
    "curves.svg": "The charts shown",
    "curves.png": "The charts shown, as pixels",
    "tensorboard.zip":
      "Curves, settings and embeddings for TensorBoard, Weights & Biases, Aim, trackio, SwanLab",
    "weights.zip": "Trained networks (safetensors)",
    "weights-tfjs.zip": "Trained networks as TensorFlow.js models, with an example page",
    "weights-onnx.zip": "Trained networks as ONNX models",
    "weights-tfjs-int8.zip": "TensorFlow.js models with weights in 8 bits",
    "weights-onnx-int8.zip": "ONNX models with weights in 8 bits",
    "pytorch.zip": "The experiment as a PyTorch project, for many GPUs",
    "results.tex": "Results as a LaTeX table (booktabs)",
    "report.html": "Everything on one self-contained page",
  },
  notSaved: (name: string, why: string) => `${name} was not saved. ${why}`.trimEnd(),
  open: "Open a saved experiment …",
  input: "Experiment file",
  copyEmbedding: "Copy HTML for embedding",
  copyNotebook: "Copy Python for a notebook",
  embeddingCopied: { html: "HTML copied", notebook: "Python copied" },
  embeddingRefused: "The browser blocked access to the clipboard.",
  noCurve: "No curve has been drawn yet.",
  noPytorch: (methods: string) =>
    `No arm is one that the PyTorch package trains: ${methods}, from random numbers.`,
  noWeights: "No trained networks: they are kept only until the next training starts.",
  models: {
    title: "Networks: size and speed",
    network: "Arm, seed, network",
    measuring: "Measuring on held-out images …",
    time: "ms per image",
    size: "Size",
    accuracy: "Accuracy",
    int8Size: "Size, 8 bits",
    int8Accuracy: "Accuracy, 8 bits",
    about: (images: string) =>
      `Time in this browser, 50 images at once; size as ONNX; accuracy on ${images} held-out images. 8 bits: weights are whole numbers times one scale per output channel; computing stays in float32.`,
    lost: (names: string) =>
      `Not exported in 8 bits, since more than 1 point of accuracy would be lost: ${names}.`,
    close: "Close",
  },
  noInt8: "No network keeps its accuracy on held-out images within 1 point in 8 bits.",
  /** The README of exported networks, which the Hugging Face hub reads as well. */
  card: {
    license: "Choose a license: https://huggingface.co/docs/hub/repositories-licenses",
    lead: (images: string, device: string, link: string) =>
      `Image encoders trained with Retort on ${images}, on ${device}. [Open the experiment](${link}): it holds every setting.`,
    measured: (accuracy: string, seeds: number) => `${accuracy} (${counted(seeds, "seed")})`,
    int8: "Accuracy on held-out images, as trained and with weights in 8 bits:",
    figures: (status: string) =>
      `Accuracy on held-out images: mean ± sample standard deviation over seeds; ${status}. A single seed has no spread.`,
  },
};

/** The README that accompanies exported networks, and the example page. */
export const weightsReadme = {
  title: "Trained networks",
  input: "Prepare images as training did",
  crop: "Apply the EXIF orientation, leave color profiles unapplied, put transparency over white, and cut out the center square.",
  scale: (size: number | undefined) =>
    `Scale it to ${size === undefined ? "the model’s size" : `${size} × ${size} pixels`}: by the mean over areas (Pillow: \`BOX\`), or bilinearly if it is smaller.`,
  values: "Divide the RGB values by 255, so that they lie in [0, 1].",
  normalizedInside:
    "Do not normalize: the model does so itself, with the training images’ mean and deviation.",
  normalize: (mean: string, deviation: string) =>
    `Normalize each channel: subtract ${mean}, then divide by ${deviation}. Layers and layouts are named in the file.`,
  outputs:
    "`features` are the encoder’s. `logits`, whose softmax gives each class’s share, come from the network’s own classifier or from a linear probe trained alongside; a network without either has `shares`, estimated by the linear classifier that measured its accuracy.",
  classes: (names: string) => `Classes in the order of these outputs: ${names}.`,
  page: "`example.html` does all this for images that you choose. Browsers load models only from servers: run `npx serve` in this folder and open it there.",
  code: "Example",
  choose:
    "Choose images. Serve this folder (for example: npx serve): files opened from the disk cannot load others.",
};

/** The report and the summary. */
export const report = {
  unknownDevice: "an unknown device",
  openExperiment: "Open the experiment",
  drawn: (band: string, smoothing: number) =>
    `Lines are means over seeds. Band: ${band}. ${smoothing > 0 ? `Smoothed by a bias-corrected running mean with weight ${smoothing}.` : "Not smoothed."}`,
  cost: "Compute",
  facts: {
    images: "Images",
    hash: "SHA-256 of the images",
    seeds: "Seeds",
    device: "Device",
    trained: "Trained",
    written: "Report",
  },
  byVersion: (date: string, version: string) => `${date}, Retort ${version}`,
  compared: "Arms",
  differing: "Settings that differ between arms; all others are shared.",
  notes: "Notes",
  curves: "Curves",
  noCurve: "No curve was drawn.",
  results: "Results",
  accuracies: "Accuracy on held-out images, mean ± sample standard deviation over seeds.",
  allSettings: "All settings",
  statusOf: (device: string, status: string) => `Trained on ${device}; ${status}.`,
  statuses: {
    idle: "the training has not begun",
    starting: "the training is starting",
    training: "the training is running",
    paused: "the training is paused",
    finished: "the training has finished",
    stopped: "the training was stopped",
    failed: "the training failed",
  },
  differences: "Differences in final kNN accuracy, seed by seed",
  oneArm: "There is only one arm.",
  untrained: "Each student compared with its untrained self",
  floors: {
    run: "Run",
    knnUntrained: "kNN untrained",
    knnCalibrated: "kNN untrained, calibrated",
    pixels: "kNN on pixels",
    majority: "Always the largest class",
    linear: "Linear",
    linearCalibrated: "Linear untrained, calibrated",
  },
  failed: "Runs that failed",
};
