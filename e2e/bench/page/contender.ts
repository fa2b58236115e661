/** An implementation that trains a workload: Retort or a peer. */
export interface Contender {
  /** Encodes one step, which may be computed later. */
  step(): void;
  /** Waits until all steps are computed. @returns the last loss */
  settle(): Promise<number>;
  /** Bytes on the GPU by the contender's own count, if API calls cannot be counted. */
  gpuBytes?(): number;
  /** Multiply-accumulates of a step, if they cannot be computed from the workload. */
  readonly macs?: number;
  /** Dispatches and times of a step by kernel, if the contender can measure them. */
  profile?(): Promise<readonly { kernel: string; dispatches: number; ms: number }[]>;
}
