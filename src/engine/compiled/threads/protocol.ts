/** The word that counts messages that were sent to each thread: one that has read fewer has to read them first. */
export const sentMessages = 0;

/** Words of one thread: what it is to do, and what it has done. */
export const orderWords = {
  /** Counts what there is to see for it: orders and messages. It sleeps on it. */
  signals: 0,
  /** Counts its orders, and those that it has carried out; and the microseconds that the last one took. */
  orders: 1,
  done: 2,
  microseconds: 3,
  /** The step to run. */
  step: 4,
  /** The thread's number among those that run it, and how many they are. */
  place: 5,
  threads: 6,
} as const;

/** A cache line: threads look at words of their own. */
const wordsOfThread = 16;

/** Where a thread's words begin. The thread that gives orders is 0 and has none. */
export const orderOf = (thread: number): number => wordsOfThread * thread;

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
