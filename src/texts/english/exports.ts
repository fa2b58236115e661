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
  noWeights: "No trained networks: they are kept only until the next training starts.",
  /** The README of exported networks, which the Hugging Face hub reads as well. */
  card: {
    license: "Choose a license: https://huggingface.co/docs/hub/repositories-licenses",
    lead: (images: string, device: string, link: string) =>
      `Image encoders trained with Retort on ${images}, on ${device}. [Open the experiment](${link}): it holds every setting.`,
    measured: (accuracy: string, seeds: number) => `${accuracy} (${counted(seeds, "seed")})`,
    figures: (status: string) =>
      `Accuracy on held-out images: mean ± sample standard deviation over seeds; ${status}. A single seed has no spread.`,
    files: "Files",
    load: "Use",
    input: {
      safetensors:
        "The file's metadata describe the network, its image size and the normalization of its input. As an ONNX or TensorFlow.js model, the same network needs no code of its own.",
      onnx: "Input `pixels`: [batch, channels, height, width], from 0 to 1; the normalization is part of the model. Output `features`, and `logits` if there is a classifier.",
      tfjs: "Input `pixels`: [batch, height, width, channels], from 0 to 1; the normalization is part of the model. Output `features`, and `logits` if there is a classifier. `example.html` shows it in a page.",
    },
  },
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
