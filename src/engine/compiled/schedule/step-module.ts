import { type FunctionWriter, I32, type Local } from "../assembler/function-writer";
import { type ModuleOptions, ModuleWriter } from "../assembler/module-writer";
import { barrierFunction, firstCounter } from "./barrier";
import { type Job, jobsOf } from "./jobs";
import type { Phases } from "./phases";
import type { Buffer, Task } from "./task";

/** Where a compiled step finds things, in bytes of its memory. */
export interface Places {
  /** What the barrier needs: `barrierBytes`, zero at the start. */
  readonly barrier: number;
  /** The addresses of residents, a word each. */
  readonly table: number;
  readonly arena: number;
  readonly offsets: ReadonlyMap<Buffer, number>;
}

export interface StepOptions extends ModuleOptions {
  /** Exports every task by itself, too, as `task0`, `task1`, … */
  readonly timed?: boolean;
  /** Whether the first thread may sleep while it waits: the page's own thread may not. */
  readonly sleeps: boolean;
}

export interface StepCode {
  /** Of each task, in the order of their exports; only where it was asked for. */
  readonly labels: readonly string[];
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly functions: number;
}

/**
 * A module whose `step(thread, threads)` runs all tasks, with a barrier between phases. The threads that take part call it
 * with numbers of their own, from 0; it computes the same bits for any number of them.
 */
export function stepModule(phases: Phases, places: Places, options: StepOptions): StepCode {
  const module = new ModuleWriter(options);
  const writer = new PhaseWriter(module, places, options.shared);
  const barrier = options.shared ? barrierFunction(module, places.barrier, options.sleeps) : undefined;
  const parts = phases.map((tasks) => writer.phase(tasks));
  const step = module.define([I32, I32], (f, [thread = 0, threads = 1]) => {
    for (const part of parts) {
      f.get(thread).get(threads).call(part);
      // Also after the last one: the next step finds all counters at their beginning.
      if (barrier !== undefined) f.get(thread).get(threads).call(barrier);
    }
  });
  module.export("step", step);
  const tasks = options.timed ? phases.flat() : [];
  for (const [i, task] of tasks.entries()) module.export(`task${i}`, writer.alone(task));
  return { labels: tasks.map(({ label }) => label), bytes: module.finish(), functions: module.functionCount };
}

/** Where a call's part of its task begins and ends. */
interface Part {
  readonly from: Local;
  readonly to: Local;
  readonly chunk: Local;
  readonly thread: Local;
}

class PhaseWriter {
  constructor(
    private readonly module: ModuleWriter,
    private readonly places: Places,
    private readonly isShared: boolean,
  ) {}

  /** A function that does a thread's share of a phase. */
  phase(tasks: readonly Task[]): number {
    return this.module.define([I32, I32], (f, [thread = 0, threads = 1]) => {
      const part = partOf(f, thread);
      for (const task of tasks) if (task.split.kind === "each") this.emit(f, task, part);
      const lone = tasks.filter(({ split }) => split.kind === "one");
      if (lone.length > 0)
        f.get(thread)
          .isZero()
          .when(() => {
            for (const task of lone) this.emit(f, task, part);
          });
      const jobs = jobsOf(tasks);
      if (jobs.length > 0) this.writeJobs(f, jobs, threads, part);
    });
  }

  /** A function that does a whole task on one thread. */
  alone(task: Task): number {
    return this.module.define([I32, I32], (f, [thread = 0]) => {
      const part = partOf(f, thread);
      const [job] = jobsOf([task]);
      if (!job) {
        this.emit(f, task, part);
        return;
      }
      const [unit, end] = f.manyLocals(I32, 2) as [Local, Local];
      f.i32(job.units).set(end).i32(0).set(part.chunk);
      f.range(unit, part.chunk, end, () => this.writeUnit(f, job, unit, part));
    });
  }

  /**
   * Units are handed out: a thread first takes its own, so that it finds in its cache what it has left there, and then what
   * others have not begun.
   */
  private writeJobs(f: FunctionWriter, jobs: readonly Job[], threads: Local, part: Part): void {
    const total = jobs.reduce((sum, { units }) => sum + units, 0);
    const [unit, last, zero, visited, victim] = f.manyLocals(I32, 5) as [Local, Local, Local, Local, Local];
    if (!this.isShared) {
      f.i32(total).set(last).i32(0).set(zero);
      f.range(unit, zero, last, () => this.writeChoice(f, jobs, 0, unit, part));
      return;
    }
    f.i32(0).set(zero);
    f.range(visited, zero, threads, () => {
      f.get(part.thread).get(visited).add().get(threads).remainder().set(victim);
      f.get(victim).i32(1).add().i32(total).mul().get(threads).divide().set(last);
      const take = () => {
        f.get(victim)
          .i32(64)
          .mul()
          .i32(this.places.barrier + firstCounter)
          .add()
          .i32(1)
          .atomicAdd();
        f.get(victim).i32(total).mul().get(threads).divide().add().tee(unit);
        return f.get(last).less();
      };
      take();
      f.when(() => {
        f.loop(() => {
          this.writeChoice(f, jobs, 0, unit, part);
          take();
          f.branchIf(0);
        });
      });
    });
  }

  /** The job to which a unit belongs, found by halving. */
  private writeChoice(f: FunctionWriter, jobs: readonly Job[], first: number, unit: Local, part: Part): void {
    if (jobs.length === 1) {
      const own = f.local(I32);
      f.get(unit).i32(first).sub().set(own);
      this.writeUnit(f, jobs[0] as Job, own, part);
      f.release(I32, own);
      return;
    }
    const half = Math.floor(jobs.length / 2);
    const [lower, upper] = [jobs.slice(0, half), jobs.slice(half)];
    const middle = first + lower.reduce((sum, { units }) => sum + units, 0);
    f.get(unit)
      .i32(middle)
      .less()
      .when(
        () => this.writeChoice(f, lower, first, unit, part),
        () => this.writeChoice(f, upper, middle, unit, part),
      );
  }

  private writeUnit(f: FunctionWriter, { tasks, units, count }: Job, unit: Local, part: Part): void {
    f.get(unit).i32(count).mul().i32(units).divide().set(part.from);
    f.get(unit).i32(1).add().i32(count).mul().i32(units).divide().set(part.to);
    for (const task of tasks) {
      f.get(unit).set(part.chunk);
      this.emit(f, task, part);
    }
  }

  private emit(f: FunctionWriter, task: Task, { from, to, chunk, thread }: Part): void {
    const { places, module } = this;
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
    task.emit({ module, f, from, to, chunk, thread, address });
  }
}

const partOf = (f: FunctionWriter, thread: Local): Part => {
  const [from, to, chunk] = f.manyLocals(I32, 3) as [Local, Local, Local];
  return { from, to, chunk, thread };
};
