import * as tf from "@tensorflow/tfjs-core";
import type { TrainingBackend } from "../../backend/backend";
import { matmulsFor } from "./matmul";

/** The device's measured ceiling: what the best of some hand-written matrix products reaches. */
export interface MatmulPeak {
  readonly gflops: number;
  /** The style of the one that was fastest. */
  readonly variant: string;
}

/** Milliseconds that one candidate is given to show what it can. */
const patience = 150;
const size = 512;

/** GFLOP/s of products that `run` takes some of, and tells the milliseconds. The first time does not count. */
async function rateOf(run: (repeats: number) => Promise<number>): Promise<number> {
  await run(1);
  let repeats = 1;
  let took = await run(repeats);
  while (took < patience / 2) {
    repeats *= 2;
    took = await run(repeats);
  }
  return (2 * size ** 3 * repeats) / took / 1e6;
}

/**
 * Multiplies two matrices with every candidate for a moment. Waits for the GPU, so nothing else should be under way there,
 * and no step be recorded.
 */
export async function measureMatmulPeak(backend: TrainingBackend): Promise<MatmulPeak> {
  const { queue } = backend.device;
  const matrices = [0, 1, 2].map(() => backend.output([size * size]));
  const candidates = matmulsFor(backend.device).map(({ style, program }) => ({
    style,
    program: program(size),
  }));
  await backend.prepare(() => {
    for (const { program } of candidates) backend.run(program, matrices);
  });
  const peaks: MatmulPeak[] = [];
  for (const { style, program } of candidates) {
    const run = async (repeats: number): Promise<number> => {
      backend.flush();
      await queue.onSubmittedWorkDone();
      const start = performance.now();
      for (let i = 0; i < repeats; i++) backend.run(program, matrices);
      backend.flush();
      await queue.onSubmittedWorkDone();
      return performance.now() - start;
    };
    peaks.push({ gflops: await rateOf(run), variant: style });
  }
  for (const { dataId } of matrices) backend.disposeData(dataId);
  return peaks.reduce((best, peak) => (peak.gflops > best.gflops ? peak : best));
}

/** The same for backends that are not ours: what TensorFlow.js's own matrix product reaches. */
export async function measureStockPeak(): Promise<MatmulPeak> {
  const a = tf.ones<tf.Rank.R2>([size, size]);
  const run = async (repeats: number): Promise<number> => {
    const start = performance.now();
    for (let i = 0; i < repeats; i++) {
      const product: tf.Tensor2D = tf.matMul(a, a);
      // One number of the last one is there when all are.
      if (i === repeats - 1) await readFirst(product);
      product.dispose();
    }
    return performance.now() - start;
  };
  try {
    return { gflops: await rateOf(run), variant: `TensorFlow.js, ${tf.getBackend()}` };
  } finally {
    a.dispose();
  }
}

async function readFirst(matrix: tf.Tensor2D): Promise<void> {
  const first = tf.slice(matrix, [0, 0], [1, 1]);
  await first.data();
  first.dispose();
}
