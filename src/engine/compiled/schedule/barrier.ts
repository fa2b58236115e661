import { I32, type Local } from "../assembler/function-writer";
import type { ModuleWriter } from "../assembler/module-writer";

/** Threads that can take part in a step. */
export const mostThreads = 32;

/** Bytes of a cache line: words of different threads lie in different ones. */
const line = 64;

/** How many have arrived, then its generation, then a counter of taken units for each thread; all zero at the start. */
const generation = line;
export const firstCounter = 2 * line;
export const barrierBytes = (2 + mostThreads) * line;

/** Looks at a barrier before a thread goes to sleep: some ten microseconds. */
const looks = 5_000;
const sleepNs = 1_000_000;

/**
 * Waits until all threads have come: the last one sets the counters back and lets the others go on. A thread looks for some
 * time before it sleeps.
 *
 * @param sleeps whether the first thread may sleep as well
 */
export function barrierFunction(module: ModuleWriter, at: number, sleeps: boolean): number {
  return module.define([I32, I32], (f, [thread = 0, threads = 1]) => {
    const [current, looked, counter] = f.manyLocals(I32, 3) as [Local, Local, Local];
    const arrived = () => f.i32(at);
    arrived().atomicLoad(generation).set(current);
    arrived().i32(1).atomicAdd().i32(1).add().get(threads).equal();
    f.when(
      () => {
        f.i32(at + firstCounter).set(counter);
        f.get(threads).set(looked);
        f.loop(() => {
          f.get(counter).i32(0).atomicStore();
          f.advance(counter, line);
          f.get(looked).i32(1).sub().tee(looked).branchIf(0);
        });
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
          f.get(looked).i32(looks).more();
          if (!sleeps) f.get(thread).i32(0).differ().and();
          f.when(() => {
            f.i32(at + generation)
              .get(current)
              .atomicWait(sleepNs)
              .drop();
          });
          arrived().atomicLoad(generation).get(current).equal().branchIf(0);
        });
      },
    );
  });
}
