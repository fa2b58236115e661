import * as tf from "@tensorflow/tfjs-core";
import { features, hasVectors } from "./features";
import { compiledSteps, setCompiledSteps, tracingName } from "./in-use";
import { type Assignment, lowerGraph } from "./lowering/lower-graph";
import { barrierBytes, mostThreads } from "./schedule/barrier";
import { planMemory } from "./schedule/memory";
import { phasesOf } from "./schedule/phases";
import { stepModule } from "./schedule/step-module";
import type { CompiledStep, Provided, Refusal, StepCompiler, TaskTime } from "./step-compiler";
import { type ReadyStep, runLanes } from "./threads/lanes";
import { ThreadPool } from "./threads/pool";
import { type Heap, heapInUse } from "./trace/heap";
import { follow, type Resident } from "./trace/recipe";

import { type Trace, type TracingBackend, tracingBackend } from "./trace/tracing-backend";

export { hasVectors };

export interface CompiledOptions {
  /** Threads that compute; by default one for each core where memory can be shared. */
  readonly threads?: number | undefined;
  /** Off: multiply and add are two instructions, as in engines without relaxed SIMD. */
  readonly relaxed?: boolean;
  /** Off: convolutions take every product. By default those with enough channels and pixels take Winograd's way. */
  readonly winograd?: boolean;
}

type Timed = readonly { readonly label: string; run(): void }[];

/** Steps as single WebAssembly functions over the memory of tfjs's WASM backend, where all tensors stay where they are. */
export class CompiledSteps implements StepCompiler {
  private readonly pool: ThreadPool;
  private isTracing = false;
  private readonly timed = new WeakMap<CompiledStep, Timed>();

  private constructor(
    private readonly heap: Heap,
    private readonly tracing: TracingBackend,
    readonly relaxed: boolean,
    readonly threads: number,
    private readonly winograd: boolean,
  ) {
    this.pool = new ThreadPool(heap.memory, threads);
  }

  /** With the WASM backend in use. @throws Error where it is not, or the engine has no vectors */
  static start({ threads, relaxed, winograd = true }: CompiledOptions = {}): CompiledSteps {
    const heap = heapInUse();
    if (!heap) throw new Error("Steps are compiled with the WASM backend in use only.");
    if (!hasVectors()) throw new Error("This browser's WebAssembly has no vectors.");
    const found = features();
    const possible = found.threads && heap.isShared ? Math.max(1, navigator.hardwareConcurrency) : 1;
    const wanted = heap.isShared ? Math.min(mostThreads, threads ?? possible) : 1;
    const started = new CompiledSteps(heap, tracingBackend(), relaxed ?? found.relaxed, wanted, winograd);
    setCompiledSteps(started);
    return started;
  }

  /** Whether it computes in the memory of this backend. */
  isOf(backend: tf.KernelBackend): boolean {
    return backend === (this.heap.backend as object);
  }

  /** Resolves when all threads have all steps; until then the calling thread computes alone. */
  ready(): Promise<void> {
    return this.pool.ready();
  }

  /**
   * Traces a step without computing anything, and compiles it. Everything that it changes it has to change in place: variables
   * by `assign`, other tensors by {@link copyInPlace}. Tensors and variables are afterwards what they were before.
   */
  compile(step: () => void): CompiledStep | Refusal {
    const start = performance.now();
    const traced = this.trace(step);
    return "reason" in traced ? traced : this.build(traced, performance.now() - start);
  }

  /** Whether all tensors that a step knows are where it can find them. */
  isCurrent({ residents, forerunners }: CompiledStep): boolean {
    const made = new Set(forerunners.map(({ place }) => place));
    return residents.every((resident, place) => made.has(place) || this.addressOf(resident) !== undefined);
  }

  /** Runs a step. @throws Error when it is not current */
  run(step: CompiledStep, threads?: number): void {
    const { end } = this.handTensors(step);
    this.pool.run(step.number, threads);
    end();
  }

  /** Runs steps side by side: see {@link StepCompiler.runSideBySide}. @throws Error when one is not current */
  runSideBySide(lanes: readonly (() => Provided | undefined)[], ms: number): void {
    const ready = (next: () => Provided | undefined) => (): ReadyStep | undefined => {
      const provided = next();
      if (!provided) return undefined;
      const { step, provide, taken } = provided;
      provide();
      const { end } = this.handTensors(step);
      return {
        number: step.number,
        end: () => {
          end();
          taken();
        },
      };
    };
    runLanes(this.pool, lanes.map(ready), ms);
  }

  /** Whether neither step overwrites anything that the other one knows. */
  areApart(one: CompiledStep, other: CompiledStep): boolean {
    const known = (step: CompiledStep) => new Set(step.residents.map(dataIdOf));
    const touches = ({ residents, written }: CompiledStep, all: ReadonlySet<object>) =>
      written.some((place) => all.has(dataIdOf(residents[place] as Resident)));
    return !touches(one, known(other)) && !touches(other, known(one));
  }

  /** Runs a step on this thread alone, task by task; milliseconds of each kind of task. @throws as {@link run} */
  runTimed(step: CompiledStep): readonly TaskTime[] {
    const times = new Map<string, TaskTime>();
    const note = (kernel: string, ms: number, dispatches: number) => {
      const known = times.get(kernel) ?? { kernel, ms: 0, dispatches: 0 };
      times.set(kernel, { kernel, ms: known.ms + ms, dispatches: known.dispatches + dispatches });
    };
    const { end, tookMs } = this.handTensors(step);
    if (step.forerunners.length > 0) note("before the step", tookMs, step.forerunners.length);
    for (const { label, run } of this.tasksOf(step)) {
      const start = performance.now();
      run();
      note(label, performance.now() - start, 1);
    }
    end();
    return [...times.values()].sort((a, b) => b.ms - a.ms);
  }

  private tasksOf(step: CompiledStep): Timed {
    const known = this.timed.get(step);
    if (known) return known;
    const { bytes, labels } = step.timed();
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
      env: { memory: this.heap.memory },
    });
    const made = labels.map((label, i) => {
      const task = exports[`task${i}`] as (thread: number, threads: number) => void;
      return { label, run: () => task(0, 1) };
    });
    this.timed.set(step, made);
    return made;
  }

  /** Hands a step its tensors. `end` is to be called when it has been run. */
  private handTensors(step: CompiledStep): { readonly tookMs: number; readonly end: () => void } {
    const { residents, forerunners, written, tableAt } = step;
    const start = performance.now();
    for (const place of written) this.unshare(residents[place] as Resident);
    const made = forerunners.map(({ recipe }) => follow(recipe));
    // What ran before may have made the memory grow.
    const table = new Uint32Array(this.heap.memory.buffer, tableAt, residents.length);
    residents.forEach((resident, place) => {
      table[place] = this.addressOf(resident) ?? 0;
    });
    forerunners.forEach(({ place }, i) => {
      table[place] = this.heap.addressOf((made[i] as tf.Tensor).dataId) as number;
    });
    if (table.includes(0)) throw new Error("A tensor that a compiled step needs is gone.");
    const end = () => {
      for (const place of written) this.heap.noteWritten(dataIdOf(residents[place] as Resident));
      tf.dispose(made);
    };
    return { tookMs: performance.now() - start, end };
  }

  /**
   * Overwrites a tensor's numbers: within a step that is being traced as a part of it, else at once.
   * @throws RangeError when the sizes differ
   */
  copyInPlace(source: tf.Tensor, target: tf.Tensor): void {
    if (source.size !== target.size)
      throw new RangeError(`[${source.shape}] cannot be copied over [${target.shape}].`);
    if (this.isTracing) {
      this.tracing.assign(source, target);
      return;
    }
    this.bytesOf(target).set(this.bytesOf(source));
    this.heap.noteWritten(target.dataId);
  }

  /** Overwrites the first numbers of a tensor at once. */
  writeInPlace(target: tf.Tensor, data: Float32Array | Int32Array): void {
    this.bytesOf(target).set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    this.heap.noteWritten(target.dataId);
  }

  /** Makes something that is no part of the step that is being traced, such as a tensor that outlives it. */
  besides<T>(make: () => T): T {
    use("wasm");
    try {
      return make();
    } finally {
      use(tracingName);
    }
  }

  dispose(): void {
    this.pool.dispose();
    if (compiledSteps() === this) setCompiledSteps(undefined);
  }

  private trace(step: () => void): Trace | Refusal {
    const variables = Object.values(tf.engine().state.registeredVariables);
    for (const variable of variables) this.unshare({ variable });
    const { state } = tf.engine();
    const { numTensors, numDataBuffers, numBytes } = state;
    // Handles keep the numbers of variables alive that the step seems to assign.
    const handles = variables.map((variable) => tf.keep(tf.clone(variable)));
    const before = new Map(variables.map((variable) => [variable.dataId as object, variable]));
    this.tracing.begin({
      variables,
      keepTable: (values, shape, dtype) => this.heap.backend.write(values, shape, dtype),
      follow: (recipe) => this.besides(() => follow(recipe)),
    });
    this.isTracing = true;
    use(tracingName);
    let result: Trace | Refusal;
    try {
      tf.tidy(step);
      const assigned = new Map([...before].filter(([dataId, variable]) => variable.dataId !== dataId));
      result = this.tracing.end(assigned);
    } catch (error) {
      result = { reason: error instanceof Error ? error.message : String(error) };
    } finally {
      use("wasm");
      this.isTracing = false;
    }
    variables.forEach((variable, i) => {
      const handle = handles[i] as tf.Tensor;
      if (variable.dataId !== handle.dataId) variable.assign(handle);
      handle.dispose();
    });
    if (!("reason" in result) && this.tracing.live > 0)
      result = { reason: "The step keeps tensors that it makes." };
    if ("reason" in result) {
      // What it kept when it was broken off holds nothing, and is forgotten.
      Object.assign(state, { numTensors, numDataBuffers, numBytes });
      for (const table of this.tracing.abandon()) this.heap.backend.disposeData(table);
    }
    return result;
  }

  private build(
    { residents, forerunners, assignments, tables }: Trace,
    trace: number,
  ): CompiledStep | Refusal {
    const start = performance.now();
    const { winograd, threads } = this;
    const phases = tryTo(() =>
      phasesOf(lowerGraph(assignments as readonly Assignment[], { winograd, threads })),
    );
    if ("reason" in phases) return phases;
    const memory = planMemory(phases);
    const tableBytes = Math.ceil((4 * residents.length) / 64) * 64;
    const arena = this.heap.allocate(barrierBytes + tableBytes + memory.bytes);
    this.heap.words(arena.at, barrierBytes / 4).fill(0);
    const tableAt = arena.at + barrierBytes;
    const places = {
      barrier: arena.at,
      table: tableAt,
      arena: tableAt + tableBytes,
      offsets: memory.offsets,
    };
    const { isShared } = this.heap;
    const options = { relaxed: this.relaxed, shared: isShared, sleeps: maySleep() };
    const { bytes, functions } = stepModule(phases, places, options);
    const timed = () => stepModule(phases, places, { ...options, timed: true });
    const wrote = performance.now();
    const number = this.pool.load(bytes);
    const took = { trace, write: wrote - start, compile: performance.now() - wrote };
    const facts = {
      took,
      tasks: phases.flat().length,
      phases: phases.length,
      functions,
      codeBytes: bytes.length,
      arenaBytes: memory.bytes,
      leastBytes: memory.leastBytes,
    };
    const written = assignments.map(({ place }) => place);
    const release = () => {
      this.pool.forget(number);
      for (const table of tables) this.heap.backend.disposeData(table);
      arena.free();
    };
    return {
      number,
      facts,
      residents,
      forerunners,
      written,
      tableAt,
      timed,
      release,
    };
  }

  /** Numbers that another tensor has as well, as after `assign` and `clone`, are copied before they change in place. */
  private unshare(resident: Resident): void {
    if (!("variable" in resident)) return;
    const { variable } = resident;
    if (this.heap.backend.refCount(variable.dataId) <= 1) return;
    const own = tf.tensor(variable.dataSync(), variable.shape, variable.dtype);
    variable.assign(own);
    own.dispose();
  }

  private addressOf(resident: Resident): number | undefined {
    return this.heap.addressOf(dataIdOf(resident));
  }

  private bytesOf({ dataId, size }: tf.Tensor): Uint8Array {
    const at = this.heap.addressOf(dataId);
    if (at === undefined) throw new Error("A tensor is not in the memory of the WASM backend.");
    return new Uint8Array(this.heap.memory.buffer, at, 4 * size);
  }
}

const dataIdOf = (resident: Resident): object =>
  "variable" in resident ? resident.variable.dataId : resident.dataId;

/** Workers may; the page's own thread may not. */
const maySleep = (): boolean =>
  typeof WorkerGlobalScope !== "undefined" && globalThis instanceof WorkerGlobalScope;

/** Takes effect at once: both backends are there already. */
const use = (name: string): void => void tf.setBackend(name);

function tryTo<T extends object>(make: () => T): T | Refusal {
  try {
    return make();
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
