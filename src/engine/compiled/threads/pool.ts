import {
  controlLength,
  instantiate,
  orderOf,
  orderWords,
  type StepFunction,
  sentMessages,
  type ThreadAnswer,
  type ThreadOrder,
} from "./protocol";

/**
 * Threads that run compiled steps together. A step runs on the calling thread alone until the others have it, which changes
 * nothing but the time it takes.
 */
export class ThreadPool {
  private readonly control: Int32Array | undefined;
  private readonly workers: readonly Worker[];
  private readonly own = new Map<number, StepFunction>();
  /** Answers that are due, by all threads together. */
  private due = 0;
  private steps = 0;
  private hasFailed = false;
  private readonly waiting: (() => void)[] = [];

  /** @param threads those that compute, the calling one included; more than one only with shared memory */
  constructor(
    private readonly memory: WebAssembly.Memory,
    readonly threads: number,
  ) {
    if (threads === 1) {
      this.workers = [];
      return;
    }
    const control = new Int32Array(new SharedArrayBuffer(4 * controlLength(threads)));
    this.control = control;
    this.workers = Array.from({ length: threads - 1 }, () => {
      const worker = new Worker(new URL("./step-worker.ts", import.meta.url), {
        type: "module",
        name: "step",
      });
      worker.addEventListener("message", ({ data }: MessageEvent<ThreadAnswer>) => {
        if (data.ready) this.due--;
        if (this.isReady) this.resolveAll();
      });
      // A thread that does not start leaves the work to the first one.
      worker.addEventListener("error", () => {
        this.hasFailed = true;
        this.resolveAll();
      });
      return worker;
    });
    this.tell((i) => ({ kind: "start", control, memory, thread: i + 1 }));
  }

  /** Whether all threads have all steps. */
  get isReady(): boolean {
    return this.due === 0 && !this.hasFailed;
  }

  /** Resolves when {@link isReady}, or when a thread has failed and the first one will compute alone. */
  ready(): Promise<void> {
    return this.isReady || this.hasFailed
      ? Promise.resolve()
      : new Promise((resolve) => this.waiting.push(resolve));
  }

  /** @returns the step's number */
  load(bytes: Uint8Array<ArrayBuffer>): number {
    const module = new WebAssembly.Module(bytes);
    const step = this.steps++;
    this.own.set(step, instantiate(module, this.memory));
    this.tell(() => ({ kind: "load", step, module }));
    return step;
  }

  forget(step: number): void {
    this.own.delete(step);
    this.tell(() => ({ kind: "forget", step }));
  }

  /** Runs a step, on as many threads as wished and there are. */
  run(step: number, most = this.threads): void {
    const own = this.ownOf(step);
    const threads = this.isReady ? Math.min(most, this.threads) : 1;
    for (let thread = 1; thread < threads; thread++) this.order(thread, step, thread, threads);
    own(0, threads);
    while (!this.isDone(1, threads - 1));
  }

  /** Begins a step on other threads, of which none may be at work, and does not wait. @param first from 1 */
  begin(step: number, first: number, count: number): void {
    for (let place = 0; place < count; place++) this.order(first + place, step, place, count);
  }

  /** Whether these threads have done what they were told. */
  isDone(first: number, count: number): boolean {
    for (let thread = first; thread < first + count; thread++)
      if (this.read(thread, "done") !== this.read(thread, "orders")) return false;
    return true;
  }

  /** What a thread's last step took, in milliseconds. */
  tookMs(thread: number): number {
    return this.read(thread, "microseconds") / 1_000;
  }

  dispose(): void {
    for (const worker of this.workers) worker.terminate();
  }

  private ownOf(step: number): StepFunction {
    const own = this.own.get(step);
    if (!own) throw new Error("No such step was loaded.");
    return own;
  }

  /** Makes a thread do its part of a step. */
  private order(thread: number, step: number, place: number, threads: number): void {
    const { control } = this;
    if (!control) throw new Error("There is one thread.");
    const at = orderOf(thread);
    Atomics.store(control, at + orderWords.step, step);
    Atomics.store(control, at + orderWords.place, place);
    Atomics.store(control, at + orderWords.threads, threads);
    Atomics.add(control, at + orderWords.orders, 1);
    signal(control, thread);
  }

  private read(thread: number, word: keyof typeof orderWords): number {
    return this.control ? Atomics.load(this.control, orderOf(thread) + orderWords[word]) : 0;
  }

  private resolveAll(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  private tell(orderFor: (worker: number) => ThreadOrder): void {
    const { control, workers } = this;
    if (!control) return;
    this.due += workers.length;
    Atomics.add(control, sentMessages, 1);
    for (const [i, worker] of workers.entries()) {
      signal(control, i + 1);
      worker.postMessage(orderFor(i));
    }
  }
}

function signal(control: Int32Array, thread: number): void {
  const signals = orderOf(thread) + orderWords.signals;
  Atomics.add(control, signals, 1);
  Atomics.notify(control, signals);
}
