import {
  controlLength,
  controlWords,
  instantiate,
  orderOf,
  orderWords,
  type StepFunction,
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
    const { control } = this;
    if (!control || most === 1 || !this.isReady) {
      own(0, 1);
      return;
    }
    const threads = Math.min(most, this.threads);
    for (let thread = 1; thread < this.threads; thread++)
      this.order(control, thread, step, thread, thread < threads ? threads : 0);
    this.begin(control);
    own(0, threads);
    this.finish(control);
  }

  /** Runs steps side by side, that do not touch each other's tensors: each on its share of the threads. */
  runEach(steps: readonly number[]): void {
    const { control } = this;
    if (!control || !this.isReady) {
      for (const step of steps) this.ownOf(step)(0, 1);
      return;
    }
    for (let at = 0; at < steps.length; at += this.threads)
      this.runAtOnce(control, steps.slice(at, at + this.threads));
  }

  /** @param steps no more than there are threads */
  private runAtOnce(control: Int32Array, steps: readonly number[]): void {
    const [first = -1] = steps;
    const own = this.ownOf(first);
    const share = Math.floor(this.threads / steps.length);
    for (let thread = 1; thread < this.threads; thread++) {
      const step = steps[Math.floor(thread / share)];
      this.order(control, thread, step ?? 0, thread % share, step === undefined ? 0 : share);
    }
    this.begin(control);
    own(0, share);
    this.finish(control);
  }

  dispose(): void {
    for (const worker of this.workers) worker.terminate();
  }

  private ownOf(step: number): StepFunction {
    const own = this.own.get(step);
    if (!own) throw new Error("No such step was loaded.");
    return own;
  }

  /** What a thread does at the next beginning; with 0 threads nothing. */
  private order(control: Int32Array, thread: number, step: number, place: number, threads: number): void {
    const at = orderOf(thread);
    Atomics.store(control, at + orderWords.step, step);
    Atomics.store(control, at + orderWords.place, place);
    Atomics.store(control, at + orderWords.threads, threads);
  }

  private begin(control: Int32Array): void {
    Atomics.store(control, controlWords.done, 0);
    wake(control);
  }

  private finish(control: Int32Array): void {
    while (Atomics.load(control, controlWords.done) < this.threads - 1);
  }

  private resolveAll(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  private tell(orderFor: (worker: number) => ThreadOrder): void {
    const { control, workers } = this;
    if (!control) return;
    this.due += workers.length;
    Atomics.add(control, controlWords.sent, 1);
    // Before the message: a thread that has read it takes any later change for an order.
    wake(control);
    for (const [i, worker] of workers.entries()) worker.postMessage(orderFor(i));
  }
}

function wake(control: Int32Array): void {
  Atomics.add(control, controlWords.generation, 1);
  Atomics.notify(control, controlWords.generation);
}
