import type { ThreadPool } from "./pool";

/** A step that has all it reads, and what is to be done when it has been run. */
export interface ReadyStep {
  readonly number: number;
  readonly end: () => void;
}

/** Steps that follow each other: the next one; undefined where none is left. Called when the one before has ended. */
export type Lane = () => ReadyStep | undefined;

/** A lane on threads that the caller's is not one of. */
interface Beside {
  readonly next: Lane;
  readonly firstThread: number;
  /** The step that is being run, and when it began. */
  running?: (ReadyStep & { readonly began: number }) | undefined;
  /** What the last one took. */
  ms?: number;
}

/** How long lanes may go on for a moment at which none is in the middle of a step, as a multiple of their time. */
const patience = 1.5;

/**
 * Runs several lanes at the same time, each on its share of the threads, for so many milliseconds or until one of them has no
 * more steps. Steps of different lanes need not take equally long, and must not touch each other's tensors.
 *
 * @param lanes no more than there are threads. The first one has the calling thread, which begins all steps: it should be the
 *   one with the shortest steps
 */
export function runLanes(pool: ThreadPool, lanes: readonly Lane[], ms: number): void {
  const [first, ...others] = lanes;
  if (!first) return;
  const start = performance.now();
  if (!pool.isReady) {
    runInTurn(pool, lanes, start + ms);
    return;
  }
  const share = Math.floor(pool.threads / lanes.length);
  const beside = others.map((next, at): Beside => ({ next, firstThread: (at + 1) * share }));
  let isOver = false;
  try {
    while (!isOver) {
      for (const lane of beside) {
        if (lane.running) continue;
        const step = lane.next();
        if (!step) {
          isOver = true;
          continue;
        }
        lane.running = { ...step, began: performance.now() };
        pool.begin(step.number, lane.firstThread, share);
      }
      const began = performance.now();
      const own = isOver ? undefined : first();
      if (own) {
        pool.run(own.number, share);
        own.end();
      } else isOver = true;
      const now = performance.now();
      isOver ||= now > start + patience * ms;
      for (const lane of beside)
        awaitStep(pool, lane, share, isOver ? Number.POSITIVE_INFINITY : now - began);
      isOver ||= performance.now() > start + ms && beside.every(({ running }) => !running);
    }
  } finally {
    for (const lane of beside) awaitStep(pool, lane, share, Number.POSITIVE_INFINITY);
  }
}

/**
 * Ends a lane's step if it is done, or waits for that if the calling thread loses less by it than the lane would lose by waiting
 * for its next step.
 * @param ownMs what the calling thread's next step will take
 */
function awaitStep(pool: ThreadPool, lane: Beside, share: number, ownMs: number): void {
  const { running, firstThread } = lane;
  if (!running) return;
  // A step may take longer than the last one did, but hardly much longer.
  const due = lane.ms === undefined ? Number.NEGATIVE_INFINITY : running.began + lane.ms;
  const latest = due - performance.now() < ownMs / 2 ? due + ownMs / 4 : Number.NEGATIVE_INFINITY;
  const until = ownMs === Number.POSITIVE_INFINITY ? ownMs : latest;
  while (!pool.isDone(firstThread, share)) if (performance.now() > until) return;
  lane.ms = pool.tookMs(firstThread);
  lane.running = undefined;
  running.end();
}

/** Until all threads have all steps, the calling one runs them all. */
function runInTurn(pool: ThreadPool, lanes: readonly Lane[], end: number): void {
  do {
    for (const next of lanes) {
      const step = next();
      if (!step) return;
      pool.run(step.number, 1);
      step.end();
    }
  } while (performance.now() < end);
}
