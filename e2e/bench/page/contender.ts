/** Whatever trains a workload: ours or a peer. */
export interface Contender {
  /** Encodes one step; what it computes need not be computed when this returns. */
  step(): void;
  /** Waits until all steps are computed. @returns the last loss */
  settle(): Promise<number>;
  /** Bytes held on the GPU as the contender counts them, where the API cannot be counted. */
  gpuBytes?(): number;
  /** Multiply-accumulates of a step, where the workload does not tell. */
  readonly macs?: number;
  /** Dispatches of a step by kernel and what each took, where the contender can tell. */
  profile?(): Promise<readonly { kernel: string; dispatches: number; ms: number }[]>;
}
