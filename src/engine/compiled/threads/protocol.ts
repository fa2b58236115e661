/** Words that the pool's threads share. */
export const controlWords = {
  /** Counts what there is to see; threads sleep on it. */
  generation: 0,
  /** Threads that are done with a step. */
  done: 1,
  /** The step to run, and on how many threads. */
  step: 2,
  threads: 3,
  /** Messages that were sent to each thread: one that has read fewer has to read them first. */
  sent: 4,
} as const;

export const controlLength = 16;

/** What a thread is told. */
export type ThreadOrder =
  | {
      readonly kind: "start";
      readonly control: Int32Array;
      readonly memory: WebAssembly.Memory;
      /** Its number, from 1: the thread that gives orders is 0. */
      readonly thread: number;
    }
  | { readonly kind: "load"; readonly step: number; readonly module: WebAssembly.Module }
  | { readonly kind: "forget"; readonly step: number };

/** What it answers to each. */
export interface ThreadAnswer {
  readonly ready: true;
}

export type StepFunction = (thread: number, threads: number) => void;

export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): StepFunction {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return exports["step"] as StepFunction;
}
