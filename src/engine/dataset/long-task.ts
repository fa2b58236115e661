import type { DatasetProgress } from "../../protocol/dataset";

/** The caller's controls of a long computation. */
export interface LongTask {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DatasetProgress) => void) | undefined;
}

const SLICE_MS = 30;

/** Waits for a macrotask, so that messages, timers and aborts are handled. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/**
 * For long loops on a thread that must stay responsive. Call it once per item: from time to time it lets other tasks
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
