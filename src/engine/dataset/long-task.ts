import type { DatasetProgress } from "../../protocol/dataset";

/** What the caller of a long computation holds of it. */
export interface LongTask {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DatasetProgress) => void) | undefined;
}

const SLICE_MS = 30;

/** A macrotask: messages, timers and aborts get their turn. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/**
 * For long loops on a thread that must keep listening. Call it once per item: now and then it lets other tasks
 * run first, reports, and throws the signal's reason if it was aborted.
 */
export function createBreather(signal: AbortSignal | undefined, report: () => void): () => Promise<void> {
  let sliceEnd = performance.now() + SLICE_MS;
  return async () => {
    if (performance.now() < sliceEnd) return;
    report();
    await nextTask();
    signal?.throwIfAborted();
    sliceEnd = performance.now() + SLICE_MS;
  };
}
