import type {
  DatasetPart,
  DatasetProblem,
  DatasetProgress,
  DatasetSummary,
  FileEntry,
  GallerySample,
} from "./dataset";
import type { DownloadProblem } from "./downloads";
import type { DatasetSettings, Experiment, NetworkSettings, ViewRecipe } from "./experiment";
import type { MetricBatch, Stage } from "./metrics";

/**
 * Everything that page and worker say to each other. A command with a `requestId` is answered by exactly one event
 * with that id: "answer" or "request-failed". Ids are chosen by the page and never used twice.
 */
export type RequestId = number;
/** One arm trained with one seed. */
export type RunId = string;

export type Request =
  /**
   * `backend`: which one to take, by its name; without it, or "auto", the best of what there is. `anew`: measured again,
   * whatever this browser remembers.
   */
  | { readonly type: "start-backend"; readonly backend?: string; readonly anew?: boolean }
  | { readonly type: "load-shapes"; readonly settings: Extract<DatasetSettings, { source: "shapes" }> }
  | {
      readonly type: "load-files";
      readonly settings: Extract<DatasetSettings, { source: "files" }>;
      readonly entries: readonly FileEntry[];
      /** Files that `hand-files` gave before these; none where it is absent. */
      readonly from?: number;
    }
  /** Of a selection too large to cross at once: the files from the `from`-th on. Those from the 0-th on begin another. */
  | { readonly type: "hand-files"; readonly entries: readonly FileEntry[]; readonly from: number }
  /** Fetches what `settings.hub` names, or takes what was fetched before. */
  | { readonly type: "load-download"; readonly settings: Extract<DatasetSettings, { source: "files" }> }
  | { readonly type: "sample-gallery"; readonly part: DatasetPart; readonly perClass: number }
  /** The images of these indices, in their order; indices that there are not are left out. */
  | { readonly type: "show-images"; readonly part: DatasetPart; readonly indices: readonly number[] }
  | {
      readonly type: "preview-views";
      readonly recipe: ViewRecipe;
      /** Of the training part. */
      readonly indices: readonly number[];
      /** Another roll gives other views of the same images. */
      readonly roll: number;
    }
  /** What the experiment would train and cost. Needs no dataset and starts nothing. */
  | { readonly type: "plan"; readonly experiment: Experiment }
  | { readonly type: "start"; readonly experiment: Experiment }
  /** Whether a training of this browser was interrupted. */
  | { readonly type: "find-interrupted" }
  /** Goes on with it; what was told of it is told again first. */
  | { readonly type: "continue" }
  | { readonly type: "forget-interrupted" }
  /** The tab may be closed soon. */
  | { readonly type: "save" }
  | { readonly type: "pause" }
  | { readonly type: "resume" }
  /** One step of every run, while paused. */
  | { readonly type: "step" }
  /** Takes the next step of the run whose turn it is with a clock beside it. It is a step like any other. */
  | { readonly type: "diagnose" }
  /** What a run's networks make of views of a training image, between two of its steps. Changes nothing. */
  | { readonly type: "look"; readonly runId: RunId; readonly index: number; readonly roll: number }
  /** What a run's encoders make of held-out images, between two of its steps. Changes nothing. */
  | { readonly type: "inspect"; readonly runId: RunId }
  | { readonly type: "stop" }
  /** The networks of all runs of the last training that have finished. */
  /** A safetensors file that is to be the start of this network. */
  | { readonly type: "take-weights"; readonly file: Blob; readonly network: NetworkSettings }
  /** Of the runs that have finished, and of those under way. */
  | { readonly type: "weights"; readonly format: WeightsFormat };

export type Command =
  | (Request & { readonly requestId: RequestId })
  | { readonly type: "cancel"; readonly requestId: RequestId }
  /** The page has taken in this many metric batches and is ready for as many more. */
  | { readonly type: "credit"; readonly batches: number };

/** Metric batches that the worker may send before the first credit arrives. */
export const INITIAL_CREDIT = 4;

/** What can compute, best first where there is a GPU. */
export const backendNames = ["webgpu", "wasm", "webgl", "cpu"] as const;
export type BackendName = (typeof backendNames)[number];

/** What one training step of a small layer took. */
export interface BackendTime {
  readonly backend: BackendName;
  /** Milliseconds. */
  readonly ms: number;
  /** It was seen to be slower than another before it was measured to the end. */
  readonly isAtLeast?: true;
}

export interface DeviceDescription {
  readonly backend: BackendName;
  readonly name: string;
  /** Drawn by the processor in place of a GPU. */
  readonly software: boolean;
  /** Why it was chosen, where there was no GPU to prefer: fastest first. */
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
  /** Trainable numbers, heads included; no teacher, no figure. */
  readonly parameters: { readonly student: number; readonly teacher?: number };
}

export interface PlannedStage {
  readonly stage: Stage;
  readonly steps: number;
  readonly stepsPerEpoch: number;
  /** Multiply-accumulates of one step, forward and backward, of all that it runs. */
  readonly macsPerStep: number;
  /** Of these: forward passes, backward passes, and forward passes of momentum copies. */
  readonly work?: StepWork;
}

/** Multiply-accumulates of one step. */
export interface StepWork {
  readonly forward: number;
  readonly backward: number;
  readonly momentum: number;
  /** What the linear probes cost besides, for each class that there is. */
  readonly probePerClass: number;
}

/** Held-out accuracy of one encoder. */
export interface Accuracy {
  readonly knnTop1: number;
  readonly probeTop1?: number;
}

/** What a student has to beat before anything was learned. */
export interface Floors {
  /** Nearest neighbors on raw pixels. */
  readonly pixels: Accuracy;
  /** The student's encoder before its first step, with batch norm's initial statistics. */
  readonly untrained: Accuracy;
  /** The same with batch norm's statistics measured on training images. */
  readonly calibrated: Accuracy;
  /** By the calibrated encoder; only once a run has finished. */
  readonly inspection?: Inspection;
}

/** What one encoder makes of some held-out images: lists in the order of these. */
export interface Inspection {
  /** Indices within the held-out part. */
  readonly images: readonly number[];
  readonly labels: readonly number[];
  /** The class that the nearest training images vote for. */
  readonly predictions: readonly number[];
  /** First two principal components of the normalized features within the unit circle: x and y of each image in turn. */
  readonly map: readonly number[];
  /** Indices of the three nearest training images of each, nearest first. */
  readonly neighbours: readonly number[];
  /** Places along the first `dimensions` principal components, image by image, in the unit of the map. */
  readonly components?: { readonly dimensions: number; readonly places: readonly number[] };
}

/** A rate of the linear probe, per batch of 256. */
export interface ProbeRate {
  readonly learningRate: number;
  readonly validationTop1: number;
}

/** Judged once, after the last step, on the whole held-out part. */
export interface FinalEvaluation {
  readonly knnTop1: number;
  /** Linear evaluation on frozen features at the rate that did best on validation images. */
  readonly linearTop1: number;
  /** Only with ten classes or more. */
  readonly linearTop5?: number;
  readonly linearLearningRate: number;
  /** What each rate that was tried reached on validation images. */
  readonly linearSweep?: readonly ProbeRate[];
  readonly inspection?: Inspection;
  readonly teacher?: {
    readonly knnTop1: number;
    readonly linearTop1: number;
    readonly inspection?: Inspection;
  };
}

/** What a run's encoders make of held-out images at one moment of its training: of those that there are by then. */
export interface InspectedMoment {
  readonly stage: Stage;
  /** Updates of that stage. */
  readonly step: number;
  readonly student?: Inspection;
  readonly teacher?: Inspection;
}

/** What the networks of a run make of views of one training image, at one moment of its training. */
export interface Look {
  readonly stage: Stage;
  /** Updates of that stage. */
  readonly step: number;
  /** v and v′ of a first pair, then of the next. */
  readonly views: ImageStrip;
  /** Training images that neighbors are sought among, by their indices. */
  readonly bank: readonly number[];
  /** Whoever of student and teacher there is by then. */
  readonly seen: readonly Seen[];
  readonly similarities?: Similarities;
}

export interface Seen {
  readonly role: "student" | "teacher";
  /** Of the network's own classifier, or of the linear probe that learns beside it: a list of classes for each view. */
  readonly logits: readonly (readonly number[])[];
  /** Of each view's features with those of each image of the bank. */
  readonly cosines: readonly (readonly number[])[];
}

/** Mean cosines of embeddings of two views, by student (S), teacher (T) and their momentum copies (Ŝ, T̂). */
export interface Similarities {
  /** "S-v", "S-v′", … */
  readonly labels: readonly string[];
  /** [labels, labels], row by row. */
  readonly values: readonly number[];
  /** Images that the mean is over. */
  readonly pairs: number;
}

/** RGBA images, row by row: [count, size, size, 4]. */
export interface ImageStrip {
  readonly count: number;
  readonly size: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** Safetensors, a TensorFlow.js graph model (two files), or ONNX. */
export const weightsFormats = ["safetensors", "tfjs", "onnx"] as const;
export type WeightsFormat = (typeof weightsFormats)[number];

/** One network, or a part of one, in one file. */
export interface WeightsFile {
  readonly runId: RunId;
  readonly role: "student" | "teacher";
  /** What was trained, by {@link trainedExperiment}. */
  readonly experiment: string;
  /** What comes after the network's name: ".onnx", "/model.json". */
  readonly suffix: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type Answer =
  | { readonly type: "backend"; readonly device: DeviceDescription }
  | { readonly type: "dataset"; readonly summary: DatasetSummary }
  | { readonly type: "gallery"; readonly samples: readonly GallerySample[] }
  | { readonly type: "preview"; readonly views: ImageStrip }
  | { readonly type: "plan"; readonly runs: readonly PlannedRun[] }
  | {
      readonly type: "started";
      readonly runs: readonly PlannedRun[];
      /** Of the images that were found again, where a training is continued. */
      readonly summary?: DatasetSummary;
      /** What computes from now on, where it had to be changed to continue: a training stays with its backend. */
      readonly device?: DeviceDescription;
    }
  | {
      readonly type: "interrupted";
      readonly found?: { readonly experiment: Experiment; readonly savedAt: number };
    }
  | { readonly type: "diagnosis"; readonly diagnosis: Diagnosis }
  | { readonly type: "look"; readonly look: Look }
  | { readonly type: "inspected"; readonly inspected: InspectedMoment }
  | { readonly type: "weights"; readonly files: readonly WeightsFile[] }
  /** The file's SHA-256, by which experiments name it. */
  | { readonly type: "weights-taken"; readonly hash: string }
  | { readonly type: "done" };

/** What all dispatches of one kind took together in one step. */
export interface KernelTime {
  readonly kernel: string;
  readonly dispatches: number;
  /** Milliseconds on the GPU, or of its own code where the processor computes. Browsers round the time of each dispatch to 0.1 ms unless told otherwise. */
  readonly ms: number;
}

/** How one stage of a run spends its time. */
export interface StepMeasurement {
  readonly stage: Stage;
  readonly macsPerStep: number;
  /** Whether steps are replays of a recorded one; where not, every step is put together anew. */
  readonly recorded: boolean;
  /** Wall time of a step, averaged over the last turn. Absent before the first full turn. */
  readonly msPerStep?: number;
  /** JavaScript's part of it. */
  readonly jsMsPerStep: number;
  readonly dispatches?: number;
  /** Longest first. Absent without WebGPU's time stamps, and on WebGL. */
  readonly kernels?: readonly KernelTime[];
}

/** Which of several ways to compute a convolution was timed to be the fastest here. */
export interface KernelChoice {
  readonly pass: string;
  readonly shape: string;
  readonly chosen: string;
  /** How many convolutions of a training the measurement decided for. */
  readonly decided: number;
  readonly times: readonly { readonly family: string; readonly ms: number }[];
}

export interface Diagnosis extends StepMeasurement {
  readonly runId: RunId;
  /** 2 · MACs of a step over its wall time. */
  readonly gflops?: number;
  /** Kernels that were chosen by timing them; absent where none were. */
  readonly choices?: readonly KernelChoice[];
  /** What the best of a few matrix products reaches on this device. */
  readonly peak?: { readonly gflops: number; readonly variant: string };
  readonly memory: { readonly tensors: number; readonly usedBytes: number; readonly allocatedBytes?: number };
}

interface Explanation {
  readonly title: string;
  readonly cause: string;
  readonly action: string;
}

/** Why something did not work, with what the visitor can do about it. */
export type Failure = Explanation &
  (
    | { readonly kind: "no-backend" }
    | { readonly kind: "device-lost" }
    | { readonly kind: "out-of-memory" }
    | { readonly kind: "dataset"; readonly problem: DatasetProblem }
    /** `name`: what its author called the images; `hub`: where they can be fetched. */
    | { readonly kind: "dataset-missing"; readonly name?: string; readonly hub?: string }
    | { readonly kind: "download"; readonly problem: DownloadProblem }
    | { readonly kind: "dataset-unfit"; readonly field: string }
    | { readonly kind: "diverged"; readonly runId: RunId; readonly step: number; readonly network: string }
    | { readonly kind: "not-running" }
    | { readonly kind: "nothing-to-continue" }
    | { readonly kind: "weights" }
    | { readonly kind: "storage" }
    | { readonly kind: "cancelled" }
    | { readonly kind: "worker-died" }
    | { readonly kind: "internal" }
  );

export type Activity =
  | { readonly kind: "idle" }
  | {
      readonly kind: "compiling";
      readonly runId: RunId;
      readonly stage: Stage;
      /** Programs compiled, of those that are compiled side by side. */
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
      readonly type: "dataset-progress";
      readonly requestId: RequestId;
      readonly progress: DatasetProgress;
    }
  | { readonly type: "activity"; readonly activity: Activity }
  /** Each takes one credit. */
  | { readonly type: "metrics"; readonly batch: MetricBatch }
  | { readonly type: "floors"; readonly runId: RunId; readonly floors: Floors }
  | { readonly type: "run-finished"; readonly runId: RunId; readonly final: FinalEvaluation }
  | { readonly type: "run-failed"; readonly runId: RunId; readonly failure: Failure }
  /** What was trained until then outlives the tab. */
  | { readonly type: "saved"; readonly savedAt: number }
  /** Training goes on, but would not outlive the tab. */
  | { readonly type: "not-saved"; readonly failure: Failure }
  /** Every run has finished, failed or was stopped. */
  | { readonly type: "finished"; readonly stopped: boolean }
  | { readonly type: "engine-failed"; readonly failure: Failure };

/** The buffers that an event hands over in place of copying. */
export function transferables(event: EngineEvent): ArrayBuffer[] {
  if (event.type === "metrics") return [event.batch.cells.buffer];
  if (event.type !== "answer") return [];
  if (event.answer.type === "preview") return [event.answer.views.rgba.buffer];
  if (event.answer.type === "look") return [event.answer.look.views.rgba.buffer];
  if (event.answer.type !== "gallery") return [];
  return [...new Set(event.answer.samples.map(({ rgba }) => rgba.buffer))];
}
