import type { Buffer, Split, Task } from "./task";

/** Tasks between two barriers, in their order. */
export type Phases = readonly (readonly Task[])[];

const isSameSplit = (a: Split, b: Split): boolean =>
  (a.kind === "rows" && b.kind === "rows" && a.rows === b.rows && a.chunks === b.chunks) ||
  (a.kind === "items" && b.kind === "items" && a.count === b.count);

/** A use of a buffer that later uses must respect. */
interface Earlier {
  readonly task: Task;
  readonly own: boolean;
  readonly phase: number;
}

interface History {
  readonly writes: Earlier[];
  readonly reads: Earlier[];
}

/**
 * Whether a thread that has done its part of `earlier` may go on to its part of `later` without waiting for the others:
 * they share the work alike and keep to their own parts, or the thread has computed all of it itself.
 */
function needsNoBarrier(earlier: Earlier, later: Task, isOwn: boolean, isRead: boolean): boolean {
  const [before, after] = [earlier.task.split, later.split];
  if (before.kind === "one" && after.kind === "one") return true;
  if (before.kind === "each" && isRead) return true;
  return earlier.own && isOwn && isSameSplit(before, after);
}

/**
 * Puts each task into the first phase in which everything it depends on is done. The tasks come in an order that would be
 * right for a single thread; each phase keeps it.
 */
export function phasesOf(tasks: readonly Task[]): Phases {
  const histories = new Map<Buffer, History>();
  const historyOf = (buffer: Buffer): History => {
    const known = histories.get(buffer) ?? { writes: [], reads: [] };
    histories.set(buffer, known);
    return known;
  };
  const phases: Task[][] = [];
  for (const task of tasks) {
    let phase = 0;
    const follow = (earlier: readonly Earlier[], isOwn: boolean, isRead: boolean) => {
      for (const one of earlier)
        phase = Math.max(phase, one.phase + (needsNoBarrier(one, task, isOwn, isRead) ? 0 : 1));
    };
    for (const { buffer, own } of task.reads) follow(historyOf(buffer).writes, own, true);
    for (const { buffer, own } of task.writes) {
      const { writes, reads } = historyOf(buffer);
      follow(reads, own, false);
      follow(writes, own, false);
    }
    for (const { buffer, own } of task.reads) historyOf(buffer).reads.push({ task, own, phase });
    for (const { buffer, own } of task.writes) historyOf(buffer).writes.push({ task, own, phase });
    while (phases.length <= phase) phases.push([]);
    phases[phase]?.push(task);
  }
  return phases;
}
