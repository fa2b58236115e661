import { type FunctionWriter, I32, type Local } from "../assembler/function-writer";
import { type ModuleOptions, ModuleWriter } from "../assembler/module-writer";
import type { Phases } from "./phases";
import type { Buffer, Split, Task } from "./task";

/** Where a compiled step finds things, in bytes of its memory. */
export interface Places {
  /** Words of the barrier: how many have arrived, and its generation a cache line further. Zero at the start. */
  readonly barrier: number;
  /** The addresses of residents, a word each. */
  readonly table: number;
  readonly arena: number;
  readonly offsets: ReadonlyMap<Buffer, number>;
}

/** Bytes that a barrier takes. */
export const barrierBytes = 128;
const generation = 64;

/** Looks at a barrier before a thread goes to sleep: some ten microseconds. */
const looks = 20_000;
const sleepNs = 1_000_000;

export interface StepCode {
  /** Of each task, in the order of the exports `task0`, `task1`, …; only where it was asked for. */
  readonly labels: readonly string[];
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly functions: number;
}

/**
 * A module whose `step(thread, threads)` runs all tasks, with a barrier between phases. The threads that take part call it
 * with numbers of their own, from 0; it computes the same bits for any number of them.
 */
export function stepModule(
  phases: Phases,
  places: Places,
  options: ModuleOptions & { readonly timed?: boolean },
): StepCode {
  const module = new ModuleWriter(options);
  const barrier = options.shared ? barrierFunction(module, places.barrier) : undefined;
  const step = module.define([I32, I32], (f, [thread = 0, threads = 1]) => {
    phases.forEach((tasks, phase) => {
      if (phase > 0 && barrier !== undefined) f.get(thread).get(threads).call(barrier);
      for (const task of tasks) writeTask(module, f, task, { thread, threads, places });
    });
  });
  module.export("step", step);
  const labels = options.timed ? phases.flat().map(({ label }) => label) : [];
  labels.forEach((_, i) => {
    const task = phases.flat()[i] as Task;
    const lone = module.define([I32, I32], (f, [thread = 0, threads = 1]) => {
      writeTask(module, f, task, { thread, threads, places });
    });
    module.export(`task${i}`, lone);
  });
  return { labels, bytes: module.finish(), functions: module.functionCount };
}

interface Surroundings {
  readonly thread: Local;
  readonly threads: Local;
  readonly places: Places;
}

function writeTask(module: ModuleWriter, f: FunctionWriter, task: Task, around: Surroundings): void {
  const { thread, threads, places } = around;
  const [from, to, chunk] = f.manyLocals(I32, 3) as [Local, Local, Local];
  const address = (buffer: Buffer, offset = 0) => {
    if (buffer.resident !== undefined) {
      f.i32(places.table).loadI(4 * buffer.resident);
      if (offset > 0) f.i32(offset).add();
      return;
    }
    const at = places.offsets.get(buffer);
    if (at === undefined) throw new Error(`${buffer.label} has no place.`);
    f.i32(places.arena + at + offset);
  };
  const emit = () => task.emit({ module, f, from, to, chunk, address });
  const { split } = task;
  const share = (count: number, end: number) =>
    f.get(thread).i32(end).add().i32(count).mul().get(threads).divide();
  switch (split.kind) {
    case "each":
      emit();
      break;
    case "one":
      f.get(thread).isZero().when(emit);
      break;
    case "items":
      share(split.count, 0).set(from);
      share(split.count, 1).set(to);
      f.get(from).get(to).less().when(emit);
      break;
    case "rows":
      writeChunks(f, split, around, { from, to, chunk }, emit);
      break;
    default:
      split satisfies never;
  }
  f.release(I32, from, to, chunk);
}

function writeChunks(
  f: FunctionWriter,
  { rows, chunks }: Extract<Split, { kind: "rows" }>,
  { thread, threads }: Surroundings,
  { from, to, chunk }: { readonly from: Local; readonly to: Local; readonly chunk: Local },
  emit: () => void,
): void {
  const [first, last] = f.manyLocals(I32, 2) as [Local, Local];
  f.get(thread).i32(chunks).mul().get(threads).divide().set(first);
  f.get(thread).i32(1).add().i32(chunks).mul().get(threads).divide().set(last);
  f.range(chunk, first, last, () => {
    f.get(chunk).i32(rows).mul().i32(chunks).divide().set(from);
    f.get(chunk).i32(1).add().i32(rows).mul().i32(chunks).divide().set(to);
    emit();
  });
  f.release(I32, first, last);
}

/**
 * Waits until all threads have come: the last one lets the others go on. A thread looks for some time before it sleeps; the
 * first never sleeps, as a page's or a worker's own thread may be forbidden to.
 */
function barrierFunction(module: ModuleWriter, at: number): number {
  return module.define([I32, I32], (f, [thread = 0, threads = 1]) => {
    const [current, looked] = f.manyLocals(I32, 2) as [Local, Local];
    const arrived = () => f.i32(at);
    arrived().atomicLoad(generation).set(current);
    arrived().i32(1).atomicAdd().i32(1).add().get(threads).equal();
    f.when(
      () => {
        arrived().i32(0).atomicStore();
        arrived().get(current).i32(1).add().atomicStore(generation);
        f.i32(at + generation)
          .get(threads)
          .atomicNotify()
          .drop();
      },
      () => {
        f.i32(0).set(looked);
        f.loop(() => {
          f.advance(looked, 1);
          f.get(looked).i32(looks).more().get(thread).i32(0).differ().and();
          f.when(() =>
            f
              .i32(at + generation)
              .get(current)
              .atomicWait(sleepNs)
              .drop(),
          );
          arrived().atomicLoad(generation).get(current).equal().branchIf(0);
        });
      },
    );
  });
}
