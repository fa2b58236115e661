import * as tf from "@tensorflow/tfjs-core";
import type { KernelTime } from "../../protocol/diagnosis";

/**
 * Runs `step` on a backend that computes at once (WASM, plain JavaScript), and tells how long each kind of kernel took,
 * longest first. A kernel that calls others counts what is left without them. Undefined where the backend in use computes
 * later, and the step has been run all the same.
 */
export async function timeOps(step: () => void): Promise<readonly KernelTime[] | undefined> {
  const name = tf.getBackend();
  if (name !== "wasm" && name !== "cpu") {
    step();
    return undefined;
  }
  const backend = tf.backend() as { time: unknown };
  /** Milliseconds of the kernels that each of those under way has called; the first is of none. */
  const within = [0];
  backend.time = (run: () => void): Promise<tf.BackendTimingInfo> => {
    within.push(0);
    const start = performance.now();
    run();
    const took = performance.now() - start;
    const inner = within.pop() ?? 0;
    within.push((within.pop() ?? 0) + took);
    return Promise.resolve({ kernelMs: took - inner });
  };
  try {
    const { kernels } = await tf.profile(() => {
      step();
      return [];
    });
    const times = new Map<string, KernelTime>();
    for (const { name: kernel, kernelTimeMs } of kernels) {
      const { dispatches, ms } = times.get(kernel) ?? { dispatches: 0, ms: 0 };
      times.set(kernel, { kernel, dispatches: dispatches + 1, ms: ms + Number(kernelTimeMs) });
    }
    return [...times.values()].sort((a, b) => b.ms - a.ms);
  } finally {
    // The class's own is in use again.
    Reflect.deleteProperty(backend, "time");
  }
}
