import type { DatasetPart, DatasetProgress, DatasetSummary, FileEntry, GallerySample } from "./dataset";
import type { Diagnosis } from "./device/diagnosis";
import type { Estimate, FittingSize } from "./estimate";
import type { DatasetSettings, DrawnSettings, Experiment, NetworkSettings, ViewRecipe } from "./experiment";
import type { Failure } from "./failures";
import type { HubAddress, HubListing, WantedHubModel } from "./hub-models";
import type { ImageStrip } from "./image-strip";
import { fixedColumns, type MetricBatch } from "./metrics/metric-batch";
import type { Stage } from "./metrics/metrics";
import type { ModelMeasures } from "./models";
import type { RunId } from "./run-id";
import type { AskedModel, CheckedModel, DescribedModel } from "./teacher-model";
import type { RefusedImage, Tried, TriedImage } from "./tried";
import type { WeightsFile, WeightsFormat } from "./weights";

export type { ImageStrip, RunId };

/**
 * All messages between page and worker. A command with a `requestId` is answered by exactly one event with that id:
 * "answer" or "request-failed". Ids are chosen by the page and never reused.
 */
export type RequestId = number;

export type Request =
  /**
   * `backend`: name of the backend to use; without it, or with "auto", the best available one. `anew`: measures again,
   * ignoring remembered results.
   */
  | { readonly type: "start-backend"; readonly backend?: string; readonly anew?: boolean }
  | { readonly type: "load-drawn"; readonly settings: DrawnSettings }
  | {
      readonly type: "load-files";
      readonly settings: Extract<DatasetSettings, { source: "files" }>;
      readonly entries: readonly FileEntry[];
      /** Number of files already sent by `hand-files`; absent for none. */
      readonly from?: number;
    }
  /**
   * Part of a selection too large for one message: the files from index `from` on. `from: 0` starts a new selection.
   */
  | { readonly type: "hand-files"; readonly entries: readonly FileEntry[]; readonly from: number }
  /** Fetches the dataset named by `settings.hub`, or uses an earlier download. */
  | { readonly type: "load-download"; readonly settings: Extract<DatasetSettings, { source: "files" }> }
  | { readonly type: "sample-gallery"; readonly part: DatasetPart; readonly perClass: number }
  /** The images with these indices, in their order; nonexistent indices are left out. */
  | { readonly type: "show-images"; readonly part: DatasetPart; readonly indices: readonly number[] }
  | {
      readonly type: "preview-views";
      readonly recipe: ViewRecipe;
      /** Indices within the training part. */
      readonly indices: readonly number[];
      /** Another roll gives other views of the same images. */
      readonly roll: number;
    }
  /** The runs that the experiment would train, and their cost. Needs no dataset and starts nothing. */
  | { readonly type: "plan"; readonly experiment: Experiment }
  /**
   * How long the experiment will take here, by steps that are taken for it while nothing trains; what was measured
   * before is remembered. A start interrupts it. `anew`: measures everything again.
   */
  | { readonly type: "estimate"; readonly experiment: Experiment; readonly anew?: boolean }
  /** The same comparison at other sizes, estimated likewise. */
  | { readonly type: "fit-sizes"; readonly experiment: Experiment }
  | { readonly type: "start"; readonly experiment: Experiment }
  /** Asks whether a training of this browser was interrupted. */
  | { readonly type: "find-interrupted" }
  /** Resumes it; its earlier events are sent again first. */
  | { readonly type: "continue" }
  | { readonly type: "forget-interrupted" }
  /** Saves a checkpoint, because the tab may be closed soon. */
  | { readonly type: "save" }
  | { readonly type: "pause" }
  | { readonly type: "resume" }
  /** One step of every run, while paused. */
  | { readonly type: "step" }
  /** Times the next step of the current run. The step trains as usual. */
  | { readonly type: "diagnose" }
  /** The answers of a run's networks to views of a training image, between two of its steps. Changes nothing. */
  | { readonly type: "look"; readonly runId: RunId; readonly index: number; readonly roll: number }
  /** The predictions of a run's encoders for held-out images, between two of its steps. Changes nothing. */
  | { readonly type: "inspect"; readonly runId: RunId }
  /** The answers of a run's networks to one image, between two of its steps. Changes nothing. */
  | ({ readonly type: "try-image" } & TriedImage)
  | { readonly type: "stop" }
  /** Stores a safetensors file as the start of this network. */
  | { readonly type: "take-weights"; readonly file: Blob; readonly network: NetworkSettings }
  /** Reads and keeps the files of a model that may teach. */
  | { readonly type: "take-model"; readonly files: readonly FileEntry[] }
  /** Asks the Hugging Face hub which models a repository has. */
  | { readonly type: "list-hub-models"; readonly address: HubAddress }
  /** Fetches one of them, then reads and keeps it. */
  | { readonly type: "take-hub-model"; readonly wanted: WantedHubModel }
  /** Runs a model that is kept, on some of the loaded images if there are any. Not during a training. */
  | { readonly type: "check-model"; readonly model: AskedModel }
  /** Counts the bytes of teachers' answers that this browser keeps, or deletes them. Results of a training do not change. */
  | { readonly type: "kept-answers"; readonly action: "count" | "delete" }
  /** The networks of runs that have finished, and of those in progress. */
  | { readonly type: "weights"; readonly format: WeightsFormat }
  /** Measures the trained networks on held-out images, as they are and with weights in 8 bits. */
  | { readonly type: "measure-models" }
  /** The first steps of every arm that PyTorch can train, taken here, for it to compare with. Not during a training. */
  | { readonly type: "trace"; readonly experiment: Experiment; readonly steps: number };

export type Command =
  | (Request & { readonly requestId: RequestId })
  | { readonly type: "cancel"; readonly requestId: RequestId }
  /** The page has processed this many metric batches and is ready for as many more. */
  | { readonly type: "credit"; readonly batches: number };

/** Metric batches that the worker may send before the first credit arrives. */
export const INITIAL_CREDIT = 4;

/** Backends, best first where there is a GPU. */
export const backendNames = ["webgpu", "wasm", "webgl", "cpu"] as const;
export type BackendName = (typeof backendNames)[number];

/** Time of one training step of a small layer. */
export interface BackendTime {
  readonly backend: BackendName;
  /** Milliseconds. */
  readonly ms: number;
  /** Its measurement was stopped early, because it was slower than another. */
  readonly isAtLeast?: true;
}

export interface DeviceDescription {
  readonly backend: BackendName;
  readonly name: string;
  /** WebGPU emulated on the CPU. */
  readonly software: boolean;
  /** The measurements behind the choice, fastest first, where there was no GPU to prefer. */
  readonly measured?: readonly BackendTime[];
}

export interface PlannedRun {
  readonly runId: RunId;
  /** Index into the experiment's arms. */
  readonly arm: number;
  readonly seed: number;
  readonly stages: readonly PlannedStage[];
  /** Multiply-accumulates of one image in one epoch as papers count: one forward pass of each network. */
  readonly paperMacs: number;
  /** Number of trainable parameters, including heads; `teacher` is absent without a teacher. */
  readonly parameters: { readonly student: number; readonly teacher?: number };
}

export interface PlannedStage {
  readonly stage: Stage;
  readonly steps: number;
  readonly stepsPerEpoch: number;
  /** Multiply-accumulates of one step, forward and backward, of all networks. */
  readonly macsPerStep: number;
  /** The parts: forward passes, backward passes, and forward passes of momentum copies. */
  readonly work?: StepWork;
}

/** The first steps of one arm, with the experiment's first seed; see docs/trace.md. */
export interface TracedArm {
  readonly arm: number;
  /** The arm with all settings, and the scalars and losses of each step, as JSON. */
  readonly index: string;
  /** Safetensors: all networks and queues before the first step. */
  readonly start: Uint8Array<ArrayBuffer>;
  /** Safetensors: the inputs of each step, and all networks and queues after the last one. */
  readonly steps: Uint8Array<ArrayBuffer>;
}

/** Multiply-accumulates of one step. */
export interface StepWork {
  readonly forward: number;
  readonly backward: number;
  readonly momentum: number;
  /** Additional cost of the linear probes, per class. */
  readonly probePerClass: number;
}

/** Held-out accuracy of one encoder. "Balanced" is the mean of the accuracies on each class. */
export interface Accuracy {
  readonly knnTop1: number;
  readonly knnBalanced?: number;
  readonly probeTop1?: number;
  readonly probeBalanced?: number;
}

/** Always answering the most frequent class of the training images. */
export interface Majority {
  /** Index of that class. */
  readonly label: number;
  /** Its share of the held-out images. */
  readonly top1: number;
  readonly balanced: number;
}

/** Reference accuracies that a student has to beat, measured on the same images in the same way. */
export interface FloorAccuracies {
  /** Nearest neighbors on raw pixels. */
  readonly pixels: Accuracy;
  /** The student's encoder before its first step, with batch norm's initial statistics. */
  readonly untrained: Accuracy;
  /** The same with batch norm's statistics measured on training images. */
  readonly calibrated: Accuracy;
  readonly majority?: Majority;
}

/**
 * Baselines measured as the curves are, and, once known, as final results are. Trainings saved by earlier pages have no
 * `final`; their pixels are measured as curves, their encoders as final results.
 */
export interface Floors extends FloorAccuracies {
  readonly final?: FloorAccuracies;
  /** By the calibrated encoder, with `final`. */
  readonly inspection?: Inspection;
}

/** One encoder's results for some held-out images; all lists are in the order of `images`. */
export interface Inspection {
  /** Indices within the held-out part. */
  readonly images: readonly number[];
  readonly labels: readonly number[];
  /** The class that the nearest training images vote for. */
  readonly predictions: readonly number[];
  /** First two principal components of the normalized features within the unit circle: x and y of each image in turn. */
  readonly map: readonly number[];
  /** Indices of the three nearest training images of each, nearest first. */
  readonly neighbors: readonly number[];
  /** Coordinates along the first `dimensions` principal components, image by image, in the map's units. */
  readonly components?: { readonly dimensions: number; readonly places: readonly number[] };
}

/** A learning rate of the linear probe, per 256 images. */
export interface ProbeRate {
  readonly learningRate: number;
  readonly validationTop1: number;
}

/** Accuracies on all test images. */
export interface TestAccuracy {
  readonly knnTop1: number;
  readonly knnBalanced?: number;
  /** Linear evaluation on frozen features. */
  readonly linearTop1: number;
  readonly linearBalanced?: number;
  /** Of the network's own classifier, if it has one. */
  readonly top1?: number;
  /** Of a detector on canvases of test images: average precision at an IoU of 0.5 (docs/methods.md §9.4). */
  readonly detectionAp?: number;
}

/** Evaluated once, after the last step, on all test images. */
export interface FinalEvaluation extends TestAccuracy {
  /** Only with ten classes or more. */
  readonly linearTop5?: number;
  /** The rate that was best on validation images, where the linear classifier is trained by SGD. */
  readonly linearLearningRate?: number;
  /** Validation accuracy of each rate tried. */
  readonly linearSweep?: readonly ProbeRate[];
  readonly inspection?: Inspection;
  /**
   * The network as it was at the evaluation that was best on validation images: by its own classifier or, without one,
   * by kNN.
   */
  readonly best?: TestAccuracy & { readonly step: number };
  readonly teacher?: TestAccuracy & { readonly inspection?: Inspection };
}

/**
 * Results of a run's encoders for held-out images at one moment of its training, for the networks that exist by then.
 */
export interface InspectedMoment {
  readonly stage: Stage;
  /** Updates of that stage. */
  readonly step: number;
  /** The part that the inspected images belong to; missing for test. */
  readonly part?: "validation";
  readonly student?: Inspection;
  readonly teacher?: Inspection;
}

/** Answers of a run's networks to views of one training image, at one moment of its training. */
export interface Look {
  readonly stage: Stage;
  /** Updates of that stage. */
  readonly step: number;
  /** v and v′ of the first pair, then of the next. */
  readonly views: ImageStrip;
  /** Indices of the training images among which neighbors are searched. */
  readonly bank: readonly number[];
  /** Student and teacher, as far as they exist by then. */
  readonly seen: readonly Seen[];
  readonly similarities?: Similarities;
}

export interface Seen {
  readonly role: "student" | "teacher";
  /** Logits of the network's own classifier, or of the linear probe trained alongside it: a list of classes per view. */
  readonly logits: readonly (readonly number[])[];
  /** Cosines of each view's features with those of each image of the bank. */
  readonly cosines: readonly (readonly number[])[];
}

/** Mean cosines of embeddings of two views, by student (S), teacher (T) and their momentum copies (Ŝ, T̂). */
export interface Similarities {
  /** "S-v", "S-v′", … */
  readonly labels: readonly string[];
  /** [labels, labels], row by row. */
  readonly values: readonly number[];
  /** Number of images averaged over. */
  readonly pairs: number;
}

export type Answer =
  | { readonly type: "backend"; readonly device: DeviceDescription }
  | { readonly type: "dataset"; readonly summary: DatasetSummary }
  | { readonly type: "gallery"; readonly samples: readonly GallerySample[] }
  | { readonly type: "preview"; readonly views: ImageStrip }
  | { readonly type: "plan"; readonly runs: readonly PlannedRun[] }
  | { readonly type: "estimated"; readonly estimate: Estimate }
  | { readonly type: "sizes"; readonly sizes: readonly FittingSize[] }
  | {
      readonly type: "started";
      readonly runs: readonly PlannedRun[];
      /** The images that were found again, where a training is resumed. */
      readonly summary?: DatasetSummary;
      /** The backend in use, if it had to change: a resumed training stays with its backend. */
      readonly device?: DeviceDescription;
    }
  | {
      readonly type: "interrupted";
      readonly found?: { readonly experiment: Experiment; readonly savedAt: number };
    }
  | { readonly type: "diagnosis"; readonly diagnosis: Diagnosis }
  | { readonly type: "look"; readonly look: Look }
  | { readonly type: "tried"; readonly tried: Tried | RefusedImage }
  | { readonly type: "inspected"; readonly inspected: InspectedMoment }
  | { readonly type: "weights"; readonly files: readonly WeightsFile[] }
  | { readonly type: "models"; readonly models: readonly ModelMeasures[] }
  | { readonly type: "traced"; readonly arms: readonly TracedArm[]; readonly runs: readonly PlannedRun[] }
  /** The file's SHA-256, by which experiments identify it. */
  | { readonly type: "weights-taken"; readonly hash: string }
  | { readonly type: "hub-models"; readonly listing: HubListing }
  | { readonly type: "model-taken"; readonly described: DescribedModel }
  | { readonly type: "model-checked"; readonly checked: CheckedModel }
  /** The bytes that are kept, or that were deleted. */
  | { readonly type: "answers-kept"; readonly bytes: number }
  | { readonly type: "done" };

export type Activity =
  | { readonly kind: "idle" }
  | {
      readonly kind: "compiling";
      readonly runId: RunId;
      readonly stage: Stage;
      /** Number of programs compiled, out of those compiled in parallel. */
      readonly done?: number;
      readonly total?: number;
    }
  | { readonly kind: "training"; readonly runId: RunId; readonly stage: Stage }
  | { readonly kind: "evaluating"; readonly runId: RunId }
  | { readonly kind: "paused" };

export type EngineEvent =
  | { readonly type: "answer"; readonly requestId: RequestId; readonly answer: Answer }
  | { readonly type: "request-failed"; readonly requestId: RequestId; readonly failure: Failure }
  | {
      readonly type: "progress";
      readonly requestId: RequestId;
      readonly progress: DatasetProgress;
    }
  | { readonly type: "activity"; readonly activity: Activity }
  /** Each consumes one credit. */
  | { readonly type: "metrics"; readonly batch: MetricBatch }
  | { readonly type: "floors"; readonly runId: RunId; readonly floors: Floors }
  | { readonly type: "run-finished"; readonly runId: RunId; readonly final: FinalEvaluation }
  | { readonly type: "run-failed"; readonly runId: RunId; readonly failure: Failure }
  /** The training up to this moment survives closing the tab. */
  | { readonly type: "saved"; readonly savedAt: number }
  /** Training continues, but would not survive closing the tab. */
  | { readonly type: "not-saved"; readonly failure: Failure }
  /** Training continues; a frozen teacher is asked again instead. */
  | { readonly type: "answers-not-kept"; readonly failure: Failure }
  /** Every run has finished, failed or been stopped. */
  | { readonly type: "finished"; readonly stopped: boolean }
  | { readonly type: "engine-failed"; readonly failure: Failure };

/** The buffers that an event transfers instead of copying. */
export function transferables(event: EngineEvent): ArrayBuffer[] {
  if (event.type === "metrics") {
    const { batch } = event;
    const columns = [...fixedColumns.map((name) => batch[name]), ...Object.values(batch.measured)];
    return [...new Set(columns.map(({ buffer }) => buffer))];
  }
  if (event.type !== "answer") return [];
  if (event.answer.type === "preview") return [event.answer.views.rgba.buffer];
  if (event.answer.type === "look") return [event.answer.look.views.rgba.buffer];
  if (event.answer.type !== "gallery") return [];
  return [...new Set(event.answer.samples.map(({ rgba }) => rgba.buffer))];
}
