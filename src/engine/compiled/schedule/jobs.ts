import type { Task } from "./task";

/** Tasks of one phase that share their work alike: a unit is a part of each of them, one after the other. */
export interface Job {
  readonly tasks: readonly Task[];
  /** What is handed out to threads. */
  readonly units: number;
  /** Rows or items that the units share. */
  readonly count: number;
}

/** Units of a job of items: enough for many threads, not too many to hand out. */
const mostUnits = 32;

/**
 * Within a phase, tasks either share work alike, and then a unit of one needs at most the same unit of those before it, or do
 * not depend on each other. So the units of a job can be taken in any order, by any thread.
 */
export function jobsOf(tasks: readonly Task[]): readonly Job[] {
  const jobs = new Map<string, { tasks: Task[]; units: number; count: number }>();
  for (const task of tasks) {
    const { split } = task;
    if (split.kind !== "rows" && split.kind !== "items") continue;
    const [count, units] =
      split.kind === "rows" ? [split.rows, split.chunks] : [split.count, Math.min(split.count, mostUnits)];
    const key = `${split.kind} ${count} ${units}`;
    const job = jobs.get(key) ?? { tasks: [], units, count };
    job.tasks.push(task);
    jobs.set(key, job);
  }
  return [...jobs.values()].filter(({ units }) => units > 0);
}
