/** What compiled steps took, and take. */
export interface CompiledFacts {
  /** Milliseconds to trace, plan, generate and compile them, on all threads. */
  readonly readyMs: number;
  /** Bytes of their memory, and what is alive at once at most: no plan takes less. */
  readonly arenaBytes: number;
  readonly leastBytes: number;
}

/** An implementation that trains a workload: Retort or a peer. */
export interface Contender {
  /** Encodes one step, which may be computed later. */
  step(): void;
  /** Waits until all steps are computed. @returns the last loss */
  settle(): Promise<number>;
  /** Bytes on the GPU by the contender's own count, if API calls cannot be counted. */
  gpuBytes?(): number;
  /** Facts about its steps, if they are compiled to WebAssembly. */
  readonly compiled?: CompiledFacts;
  /** Multiply-accumulates of a step, if they cannot be computed from the workload. */
  readonly macs?: number;
  /** Dispatches and times of a step by kernel, if the contender can measure them. */
  profile?(): Promise<readonly { kernel: string; dispatches: number; ms: number }[]>;
}
