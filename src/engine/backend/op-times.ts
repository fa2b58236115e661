import * as tf from "@tensorflow/tfjs-core";
import type { KernelTime } from "../../protocol/device/diagnosis";

/**
 * Runs `step` on a backend that computes synchronously (WASM, plain JavaScript) and returns the time that each kind of
 * kernel took, longest first. The time of a kernel excludes the kernels that it calls. On a backend that computes
 * asynchronously the step is run as well, but the result is undefined.
 */
export async function timeOps(step: () => void): Promise<readonly KernelTime[] | undefined> {
  const name = tf.getBackend();
  if (name !== "wasm" && name !== "cpu") {
    step();
    return undefined;
  }
  const backend = tf.backend() as { time: unknown };
  /** Milliseconds spent in nested kernels, one entry per running kernel; the first is the outermost level. */
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
    // Uncovers the method of the class.
    Reflect.deleteProperty(backend, "time");
  }
}
