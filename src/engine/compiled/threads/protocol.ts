/** Words that the pool's threads share. */
export const controlWords = {
  /** Counts what there is to see; threads sleep on it. */
  generation: 0,
  /** Threads that are done with a step. */
  done: 1,
  /** Messages that were sent to each thread: one that has read fewer has to read them first. */
  sent: 2,
} as const;

/** What each thread is to do next, in words of its own behind the shared ones. */
export const orderWords = {
  /** The step to run. */
  step: 0,
  /** The thread's number among those that run it, and how many they are: 0 if this thread has nothing to do. */
  place: 1,
  threads: 2,
} as const;

const shared = 16;
const wordsOfOrder = 4;

/** Where a thread's order begins. */
export const orderOf = (thread: number): number => shared + wordsOfOrder * thread;

export const controlLength = (threads: number): number => orderOf(threads);

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
