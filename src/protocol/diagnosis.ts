import type { Stage } from "./metrics";

/** Where the time of a step goes, as the page shows it. */

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
  readonly runId: string;
  /** 2 · MACs of a step over its wall time. */
  readonly gflops?: number;
  /** Kernels that were chosen by timing them; absent where none were. */
  readonly choices?: readonly KernelChoice[];
  /** What the best of a few matrix products reaches on this device. */
  readonly peak?: { readonly gflops: number; readonly variant: string };
  readonly memory: { readonly tensors: number; readonly usedBytes: number; readonly allocatedBytes?: number };
}
