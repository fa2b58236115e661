import * as tf from "@tensorflow/tfjs-core";
import type { TrainingBackend } from "../../backend/backend";
import { matmulsFor } from "./matmul";

/** The measured peak of a device: the rate of its fastest matrix product. */
export interface MatmulPeak {
  readonly gflops: number;
  /** The style of the fastest product. */
  readonly variant: string;
}

/** The time to measure one candidate, in milliseconds. */
const patience = 150;
const size = 512;

/** Returns the GFLOP/s of products. `run` returns the milliseconds of some repeats; its first call is not counted. */
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
 * Times every candidate on products of two matrices. Waits for the GPU, so no other work should be pending there, and no
 * step may be recorded.
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

/** Measures the rate of tfjs's own matrix product, for backends other than {@link TrainingBackend}. */
export async function measureStockPeak(): Promise<MatmulPeak> {
  const a = tf.ones<tf.Rank.R2>([size, size]);
  const run = async (repeats: number): Promise<number> => {
    const start = performance.now();
    for (let i = 0; i < repeats; i++) {
      const product: tf.Tensor2D = tf.matMul(a, a);
      // Once a number of the last product is available, all products are done.
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
