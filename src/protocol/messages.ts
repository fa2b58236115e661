import type {
  DatasetPart,
  DatasetProblem,
  DatasetProgress,
  DatasetSummary,
  FileEntry,
  GallerySample,
} from "./dataset";
import type { DatasetSettings, Experiment, ViewRecipe } from "./experiment";
import type { MetricBatch, Stage } from "./metrics";

/**
 * Everything that page and worker say to each other. A command with a `requestId` is answered by exactly one event
 * with that id: "answer" or "request-failed". Ids are chosen by the page and never used twice.
 */
export type RequestId = number;
/** One arm trained with one seed. */
export type RunId = string;

export type Request =
  | { readonly type: "start-backend" }
  | { readonly type: "load-shapes"; readonly settings: Extract<DatasetSettings, { source: "shapes" }> }
  | {
      readonly type: "load-files";
      readonly settings: Extract<DatasetSettings, { source: "files" }>;
      readonly entries: readonly FileEntry[];
    }
  | { readonly type: "sample-gallery"; readonly part: DatasetPart; readonly perClass: number }
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
  | { readonly type: "pause" }
  | { readonly type: "resume" }
  /** One step of every run, while paused. */
  | { readonly type: "step" }
  | { readonly type: "stop" };

export type Command =
  | (Request & { readonly requestId: RequestId })
  | { readonly type: "cancel"; readonly requestId: RequestId }
  /** The page has taken in this many metric batches and is ready for as many more. */
  | { readonly type: "credit"; readonly batches: number };

/** Metric batches that the worker may send before the first credit arrives. */
export const INITIAL_CREDIT = 4;

export interface DeviceDescription {
  readonly backend: "webgpu" | "webgl" | "cpu";
  readonly name: string;
  /** Drawn by the processor in place of a GPU. */
  readonly software: boolean;
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
}

/** Held-out accuracy of one encoder. */
export interface Accuracy {
  readonly knnTop1: number;
  readonly probeTop1?: number;
}

/** What a student has to beat before anything was learnt. */
export interface Floors {
  /** Nearest neighbours on raw pixels. */
  readonly pixels: Accuracy;
  /** The student's encoder before its first step, with batch norm's initial statistics. */
  readonly untrained: Accuracy;
  /** The same with batch norm's statistics measured on training images. */
  readonly calibrated: Accuracy;
}

/** Judged once, after the last step, on the whole held-out part. */
export interface FinalEvaluation {
  readonly knnTop1: number;
  /** Linear evaluation on frozen features at the rate that did best on validation images. */
  readonly linearTop1: number;
  /** Only with ten classes or more. */
  readonly linearTop5?: number;
  readonly linearLearningRate: number;
  readonly teacher?: { readonly knnTop1: number; readonly linearTop1: number };
}

/** RGBA images, row by row: [count, size, size, 4]. */
export interface ImageStrip {
  readonly count: number;
  readonly size: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

export type Answer =
  | { readonly type: "backend"; readonly device: DeviceDescription }
  | { readonly type: "dataset"; readonly summary: DatasetSummary }
  | { readonly type: "gallery"; readonly samples: readonly GallerySample[] }
  | { readonly type: "preview"; readonly views: ImageStrip }
  | { readonly type: "plan"; readonly runs: readonly PlannedRun[] }
  | { readonly type: "started"; readonly runs: readonly PlannedRun[] }
  | { readonly type: "done" };

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
    | { readonly kind: "dataset-missing" }
    | { readonly kind: "dataset-unfit"; readonly field: string }
    | { readonly kind: "diverged"; readonly runId: RunId; readonly step: number; readonly network: string }
    | { readonly kind: "not-running" }
    | { readonly kind: "cancelled" }
    | { readonly kind: "worker-died" }
    | { readonly kind: "internal" }
  );

export type Activity =
  | { readonly kind: "idle" }
  | { readonly kind: "compiling"; readonly runId: RunId; readonly stage: Stage }
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
  /** Every run has finished, failed or was stopped. */
  | { readonly type: "finished"; readonly stopped: boolean }
  | { readonly type: "engine-failed"; readonly failure: Failure };

/** The buffers that an event hands over in place of copying. */
export function transferables(event: EngineEvent): ArrayBuffer[] {
  if (event.type === "metrics") return [event.batch.cells.buffer];
  if (event.type !== "answer") return [];
  if (event.answer.type === "preview") return [event.answer.views.rgba.buffer];
  if (event.answer.type !== "gallery") return [];
  return [...new Set(event.answer.samples.map(({ rgba }) => rgba.buffer))];
}
