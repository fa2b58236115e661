import type { NotKept } from "../protocol/answers";
import type { DatasetProblem, Refusal } from "../protocol/dataset";
import { cancelled, type Failure } from "../protocol/failures";
import type { HubModelProblem } from "../protocol/hub-models";
import type { RunId } from "../protocol/messages";
import type { FieldProblem } from "../protocol/problems";
import type { TeacherModel } from "../protocol/teacher-model";
import { DownloadError, downloadActions } from "./dataset/downloads/problem";
import { HubModelError } from "./models/hub/problem";
import { ModelUnreadable } from "./models/model-unreadable";
import { WeightsMismatch } from "./training/learners/load-weights";

/** A failure on its way to the page. Thrown inside the engine; the session turns it into an event. */
export class EngineFailure extends Error {
  constructor(readonly failure: Failure) {
    super(`${failure.title}: ${failure.cause}`);
    this.name = "EngineFailure";
  }
}

export const noBackend = (cause: string): Failure => ({
  kind: "no-backend",
  title: "This browser has no backend that can train networks",
  cause,
  action:
    "Open the page in a current version of Chrome, on a machine with hardware acceleration switched on.",
});

export const noSuchBackend = (given: string, allowed: readonly string[]): Failure => ({
  kind: "no-backend",
  title: "This address asks for a backend that does not exist",
  cause: `“backend” is “${given}”; allowed are ${allowed.join(", ")}.`,
  action: "Correct or remove “backend” in the page's address.",
});

export const deviceLost = (cause: string): Failure => ({
  kind: "device-lost",
  title: "Lost access to the GPU",
  cause: cause || "The browser gave no reason.",
  action: "“Try again” starts over. Close other pages that use the GPU if it happens repeatedly.",
});

export const outOfMemory = (cause: string): Failure => ({
  kind: "out-of-memory",
  title: "The GPU ran out of memory",
  cause,
  action: "Choose a smaller batch, narrower networks, smaller images, or fewer arms and seeds.",
});

export const datasetProblem = (problem: DatasetProblem, refusal: Refusal): Failure => ({
  kind: "dataset",
  title: problem.title,
  cause: problem.cause,
  action: problem.action,
  problem,
  refusal,
});

export const datasetMissing = (name: string): Failure => ({
  kind: "dataset-missing",
  name,
  title: "The images are not here",
  cause: `The experiment trains on the images “${name}”, which are not loaded in this page.`,
  action: "Drop or pick the folder with these images, or choose the built-in Shapes.",
});

export const datasetUnfit = (field: string, cause: string, action: string): Failure => ({
  kind: "dataset-unfit",
  title: "The experiment does not fit these images",
  field,
  cause,
  action,
});

export const experimentInvalid = ({ field, given, allowed }: FieldProblem): Failure => ({
  kind: "experiment-invalid",
  title: "The experiment is invalid",
  cause: `${field || "The experiment"} is ${given}; allowed is ${allowed}.`,
  action: "Change this setting.",
  field,
  given,
  allowed,
});

export const diverged = (runId: RunId, step: number, network: string): Failure => ({
  kind: "diverged",
  title: "Training diverged",
  cause: `The loss of the ${network} is no longer a number after step ${step}.`,
  action: "Lower the learning rate or lengthen the warm-up. The other runs continue.",
  runId,
  step,
  network,
});

export const notRunning = (wanted: string): Failure => ({
  kind: "not-running",
  title: `There is nothing to ${wanted}`,
  cause: "No experiment is being trained.",
  action: "Press Start first.",
});

export const stillRunning: Failure = {
  kind: "still-running",
  title: "A training is running",
  cause: "The project needs a few steps on the device that trains.",
  action: "Export it before a training starts or after it has ended.",
};

export const measuredLater: Failure = {
  kind: "still-running",
  title: "The device is busy",
  cause: "Times and sizes are measured on a device that trains nothing.",
  action: "Pause the training, or wait until it has ended.",
};

export const weightsUnfit = (cause: string): Failure => ({
  kind: "weights",
  title: "These weights cannot be used here",
  cause,
  action:
    "Choose a safetensors file of the same network and width, such as this page exports, or change the network to the file's.",
});

export const modelUnfit = (cause: string): Failure => ({
  kind: "model",
  title: "This model cannot teach here",
  cause,
  action:
    "Choose an ONNX file, or all files of a TensorFlow.js model, that takes one image and gives features or classes.",
});

export const modelMissing = ({ name, hub }: Pick<TeacherModel, "name" | "hub">): Failure => ({
  kind: "model-missing",
  name,
  ...(hub !== undefined && { hub }),
  title: "The model that teaches is not here",
  cause: `The experiment learns from “${name}”, which is not kept in this browser.`,
  action:
    hub === undefined
      ? "Choose its file in the settings of the arm."
      : `Press “Fetch ${hub} from huggingface.co” in the settings of the arm, or choose its file there.`,
});

export const nothingToContinue = (cause: string): Failure => ({
  kind: "nothing-to-continue",
  title: "The training cannot be continued",
  cause,
  action: "Press Start to train from the beginning.",
});

export const notSaved = (cause: string): Failure => ({
  kind: "storage",
  title: "The training is not being saved",
  cause,
  action:
    "It continues, but keep this tab open. Free disk space or this page's storage to have it saved again.",
});

const whyNotKept = {
  full: "The browser grants this page no more storage.",
  budget: "They would take more than 1 GB.",
  none: "The browser does not let this page keep files.",
} as const;

export const answersNotKept = (why: NotKept): Failure => ({
  kind: "answers",
  why,
  title: "The teacher's answers are not kept",
  cause: whyNotKept[why],
  action: "Training continues with the same results: the teacher is asked again instead.",
});

const downloadFailed = ({ problem, detail }: DownloadError): Failure => ({
  kind: "download",
  problem,
  title: "The images could not be fetched",
  cause: detail,
  action: downloadActions[problem],
});

const hubActions: Readonly<Record<HubModelProblem, string>> = {
  unreachable: "Check the network and try again.",
  "not-found": "Check the name: it reads owner/name or owner/name:file, as on huggingface.co.",
  gated: "Check the name, or download its files there, after logging in, and choose them here.",
  "rate-limited": "Wait a few minutes and try again.",
  "server-error": "Try again later.",
  truncated: "Try again.",
  changed: "Try again.",
  "no-model": "Choose one that has been exported to ONNX or TensorFlow.js.",
  "too-large": "Choose a smaller one, such as one with weights in 16 or 8 bits.",
  "other-model":
    "Ask the author of the link for the file, or remove the model here and choose the new one as your own.",
};

const notFetched = ({ problem, about, message }: HubModelError): Failure => ({
  kind: "hub-model",
  problem,
  about,
  title: "The model was not fetched",
  cause: message,
  action: hubActions[problem],
});

/** Converts anything that was thrown into a failure that the page can show. */
export function failureOf(error: unknown): Failure {
  if (error instanceof EngineFailure) return error.failure;
  if (error instanceof DownloadError) return downloadFailed(error);
  if (error instanceof HubModelError) return notFetched(error);
  if (error instanceof ModelUnreadable) return modelUnfit(error.message);
  if (error instanceof WeightsMismatch) return weightsUnfit(error.message);
  if (error instanceof DOMException && error.name === "AbortError") return cancelled;
  const cause = error instanceof Error ? error.message : String(error);
  if (/out of memory|allocation failed/i.test(cause)) return outOfMemory(cause);
  return {
    kind: "internal",
    title: "The engine failed unexpectedly",
    cause,
    action: "Start again. If it repeats, please report it with the link of the experiment.",
  };
}
