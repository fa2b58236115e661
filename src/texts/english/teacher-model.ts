import type { OutputUse } from "../../protocol/teacher-model";
import { integer } from "./words";

/** A model from elsewhere that teaches. */
export const teacherModel = {
  title: "A model as teacher",
  footnote: (name: string) => `T is ${name}, trained elsewhere and frozen`,
  lead: "Any trained image model can teach: ONNX, or TensorFlow.js with all of its files or as a zip file. It stays in this browser; links contain its hash.",
  choose: "Choose a model …",
  input: "Files of a model that teaches",
  drop: "or drop its files here",
  reading: "Reading the model …",
  listing: "Asking huggingface.co …",
  fetching: "Fetching the model …",
  checking: "Asking the model about some images …",
  remove: "Remove the model",
  hub: {
    label: "Or from the Hugging Face hub",
    help: "owner/name, owner/name:file, or an address of huggingface.co. The hub sees the request, and nothing is asked of it before.",
    list: "List its models",
    fetch: "Fetch",
    invalid: (text: string) =>
      `“${text}” is no model of the hub: write owner/name, owner/name:file, or an address of huggingface.co.`,
    models: (repository: string) => `Models in ${repository}`,
    size: (size: string, files: number) => (files > 1 ? `${size} in ${integer(files)} files` : size),
    tooLarge: (limit: string) => `too large: the limit is ${limit}`,
    none: (repository: string) => `${repository} has no ONNX file and no TensorFlow.js model.`,
    others: (list: string, more: number) =>
      `Not usable here: ${list}${more > 0 ? ` and ${integer(more)} more` : ""}`,
    fetchNamed: (name: string) => `Fetch ${name}`,
    fromLink: (name: string) => `Fetch ${name} from huggingface.co`,
    progress: (done: string, total: string) => `${done} of ${total} MB`,
    cancel: "Cancel",
    stated: (list: string) => `From the repository: ${list}`,
    statedSide: (side: number) => `${side} × ${side} pixels`,
    statedPixels: (scale: string) => `pixels: ${scale}`,
    statedNumbers: (mean: string, deviation: string) => `mean ${mean}, deviation ${deviation}`,
    statedLabels: (count: number, some: string) => `${integer(count)} classes (${some} …)`,
  },
  missing: (name: string) => `If ${name} is not kept in this browser, choose its file before the start.`,
  kind: (format: string, size: string, parameters: number, memory: string) =>
    `${format}, ${size}, ${integer(parameters)} parameters, which take at least ${memory} of memory`,
  images: (side: number | undefined, channels: number) =>
    `Images: ${side ? `${side} × ${side}` : "of any size"}, ${channels === 1 ? "gray" : "color"}`,
  operators: (list: string, kinds: number) =>
    `Operations: ${list}${kinds > 0 ? ` and ${kinds} other ${kinds === 1 ? "kind" : "kinds"}` : ""}`,
  labels: (list: string, others: number) =>
    `Its classes: ${list}${others > 0 ? ` and ${integer(others)} ${others === 1 ? "other" : "others"}` : ""}`,
  output: "Output that teaches",
  outputHelp:
    "Features say more than classes. What the last layer reads is offered, too, where a model only states classes.",
  use: "Taken for",
  uses: {
    embedding: "Embedding",
    classToken: "Tokens: the first one",
    meanToken: "Tokens: their mean",
    map: "Feature map: its mean over all places",
    logits: "Logits of classes",
  } satisfies Readonly<Record<OutputUse, string>>,
  useHelp:
    "Logits teach directly if they are those of these images' classes: by the names that a file beside the model lists, or in the same order. Otherwise a linear classifier on them, fitted to the training images, gives the teacher's logits where a method needs some.",
  pixels: "Pixels",
  pixelsOptions: {
    unit: "From 0 to 1",
    symmetric: "From −1 to 1",
    bytes: "From 0 to 255",
    imageNet: "ImageNet's mean and deviation",
    clip: "CLIP's mean and deviation",
    own: "As the link or the repository says",
  },
  pixelsHelp:
    "How the model expects its pixels. If accuracy on your images is not far above that of pixels, try another one.",
  side: "Pixels per side",
  sideHelp: "This model takes images of any size; larger ones take longer.",
  cost: (macs: number, ms: number | undefined, dimension: number) =>
    `${integer(dimension)} numbers per image, ${integer(Math.round(macs / 1e6))} million multiply-accumulates${ms === undefined ? "" : `, ${integer(Math.max(1, Math.round(ms)))} ms`}`,
  knn: (ofModel: string, ofPixels: string, images: number) =>
    `Nearest neighbors on ${integer(images)} held-out images: ${ofModel} % by its answers, ${ofPixels} % by pixels.`,
  seen: (side: number) =>
    `Some of the images as the model is given them, at ${side} × ${side} pixels, before their scale is changed.`,
  enlarged: (kept: number, wanted: number) =>
    `Images are kept at ${kept} pixels and enlarged for this model. It sees more of them with “Images kept at” ${wanted}, in the settings of the images.`,
  noImages: "Load images to see what its answers know of them.",
  head: "Teacher's head: it has no logits of these classes, so a linear classifier is fitted to its answers to the training images.",
};
