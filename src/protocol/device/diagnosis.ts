import type { Stage } from "../metrics/metrics";

/** The times of a step, as the page shows them. */

/** Total time of all dispatches of one kernel in one step. */
export interface KernelTime {
  readonly kernel: string;
  readonly dispatches: number;
  /**
   * Milliseconds on the GPU, or of the backend's own code on the CPU. Browsers round the time of each dispatch to 0.1
   * ms by default.
   */
  readonly ms: number;
}

export type StepKind = "recorded" | "compiled" | "eager";

/** Time breakdown of one stage of a run. */
export interface StepMeasurement {
  readonly stage: Stage;
  readonly macsPerStep: number;
  /** How steps are taken: `recorded` ones replay the first, `compiled` ones are a function, `eager` ones run anew. */
  readonly steps: StepKind;
  /** Why a step is not compiled although others could be: what it has no compiled form for. */
  readonly notCompiled?: string;
  /** Wall time of a step, averaged over the last turn. Absent before the first full turn. */
  readonly msPerStep?: number;
  /** The part spent in JavaScript. */
  readonly jsMsPerStep: number;
  readonly dispatches?: number;
  /** Longest first. Absent without WebGPU timestamps, and on WebGL. */
  readonly kernels?: readonly KernelTime[];
}

/** The algorithm that was measured to be the fastest for a convolution here. */
export interface KernelChoice {
  readonly pass: string;
  readonly shape: string;
  readonly chosen: string;
  /** Number of convolutions of a training that use this result. */
  readonly decided: number;
  readonly times: readonly { readonly family: string; readonly ms: number }[];
}

export interface Diagnosis extends StepMeasurement {
  readonly runId: string;
  /** 2 · MACs of a step over its wall time. */
  readonly gflops?: number;
  /** Kernels chosen by timing; absent where there are none. */
  readonly choices?: readonly KernelChoice[];
  /** Throughput of the fastest of a few matrix products on this device. */
  readonly peak?: { readonly gflops: number; readonly variant: string };
  readonly memory: { readonly tensors: number; readonly usedBytes: number; readonly allocatedBytes?: number };
}
