import type { ModelMeasures } from "./models";
import type { RunId } from "./run-id";

/** Trained networks as files. */

/** Safetensors, a TensorFlow.js graph model (two files), or ONNX; these two also with weights in 8 bits. */
export const weightsFormats = ["safetensors", "tfjs", "onnx", "tfjs-int8", "onnx-int8"] as const;
export type WeightsFormat = (typeof weightsFormats)[number];

/** The images that a network was trained on: what must be known to prepare others, and to name its answers. */
export interface TrainedImages {
  /** Pixels per side. */
  readonly size: number;
  /** Of pixels in [0, 1], per channel. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  /** Class names in the order of the network's outputs. */
  readonly classes: readonly string[];
}

/** One network, or part of one, in one file. */
export interface WeightsFile {
  readonly runId: RunId;
  readonly role: "student" | "teacher";
  /** The trained experiment, by {@link trainedExperiment}. */
  readonly experiment: string;
  /** Suffix after the network's name: ".onnx", "/model.json". */
  readonly suffix: string;
  /** Of a network with weights in 8 bits. */
  readonly measured?: ModelMeasures;
  /** Absent for a network whose file does not describe it. */
  readonly images?: TrainedImages;
  readonly bytes: Uint8Array<ArrayBuffer>;
}
