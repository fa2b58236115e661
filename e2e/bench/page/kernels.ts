import * as tf from "@tensorflow/tfjs-core";
import {
  type GpuProgram,
  type TrainingBackend,
  trainingBackend,
} from "../../../src/engine/backend/backend.ts";
import { startBackend } from "../../../src/engine/device/start.ts";
import { choicesOf, type Pass, passes } from "../../../src/engine/operations/conv2d/choice.ts";
import { convolutionShape } from "../../../src/engine/operations/conv2d/programs.ts";
import { matmulsFor } from "../../../src/engine/operations/matmul/matmul.ts";

export interface KernelResult {
  readonly shape: string;
  readonly pass: Pass;
  readonly kernel: string;
  readonly medianMs: number;
  readonly gflops: number;
}

export interface MatmulResult {
  readonly style: string;
  readonly size: number;
  readonly gflops: number;
}

/** Batch, side, from, to, kernel, stride. */
const shapes = [
  [128, 16, 3, 8, 3, 1],
  [128, 16, 8, 8, 3, 1],
  [128, 16, 8, 16, 3, 2],
  [128, 16, 8, 16, 1, 2],
  [128, 8, 16, 16, 3, 1],
  [128, 4, 32, 32, 3, 1],
  [64, 28, 16, 16, 3, 1],
  [64, 14, 32, 32, 3, 1],
  [64, 8, 128, 128, 3, 1],
  [128, 1, 128, 256, 1, 1],
] as const;

/** One or more programs and the tensors they run on. */
interface Work {
  readonly label: string;
  readonly flops: number;
  readonly encode: () => void;
  readonly dispose: () => void;
}

function workOf(
  backend: TrainingBackend,
  flops: number,
  passes: readonly (readonly [GpuProgram, readonly number[]])[],
  sizes: readonly number[],
): Work {
  const tensors = sizes.map((size, i) => {
    const tensor = tf.randomUniform([size], -1, 1, "float32", i + 1);
    backend.uploadToGPU(tensor.dataId);
    return tensor;
  });
  return {
    label: passes[0]?.[0].label ?? "",
    flops,
    encode: () => {
      for (const [program, bound] of passes)
        backend.run(
          program,
          bound.map((i) => tensors[i] as tf.Tensor),
        );
    },
    dispose: () => tf.dispose(tensors),
  };
}

/** Milliseconds per encoding, measured over many in one submission. */
async function time(backend: TrainingBackend, works: readonly Work[], rounds = 7): Promise<number[]> {
  const { queue } = backend.device;
  const runs: { repeat: number; times: number[]; work: Work }[] = [];
  const measure = async (work: Work, repeat: number) => {
    backend.flush();
    await queue.onSubmittedWorkDone();
    const start = performance.now();
    for (let i = 0; i < repeat; i++) work.encode();
    backend.flush();
    await queue.onSubmittedWorkDone();
    return (performance.now() - start) / repeat;
  };
  for (const work of works) {
    await measure(work, 1);
    const once = await measure(work, 2);
    runs.push({ repeat: Math.max(2, Math.min(50, Math.ceil(60 / once))), times: [], work });
  }
  for (let round = 0; round < rounds; round++) {
    for (const run of runs) run.times.push(await measure(run.work, run.repeat));
  }
  return runs.map(({ times }) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN);
}

function convolutionWorks(
  backend: TrainingBackend,
  [batch, side, from, to, kernel, stride]: (typeof shapes)[number],
) {
  const padding = (kernel - 1) / 2;
  const shape = convolutionShape([batch, side, side, from], [kernel, kernel, from, to], { stride, padding });
  const [x, w, y] = [
    batch * side * side * from,
    kernel * kernel * from * to,
    batch * shape.outHeight * shape.outWidth * to,
  ];
  const sizes: Record<Pass, readonly [number, number, number]> = {
    forward: [x, w, y],
    "input gradient": [y, w, x],
    "filter gradient": [x, y, w],
  };
  return passes
    .filter((pass) => pass !== "input gradient" || from > 3)
    .map((pass) => {
      const { partial, reduce, splits } = choicesOf(backend.device).kernelFor({ pass, shape });
      const [a, b, out] = sizes[pass];
      const flops = 2 * y * kernel * kernel * from;
      const work = reduce
        ? workOf(
            backend,
            flops,
            [
              [partial, [0, 1, 2]],
              [reduce, [2, 3]],
            ],
            [a, b, out * splits, out],
          )
        : workOf(backend, flops, [[partial, [0, 1, 2]]], [a, b, out]);
      return { pass, work };
    });
}

/** Every convolution kernel at the shapes of the page's networks, and matrix products of several styles. */
export async function timeKernels(): Promise<{ kernels: KernelResult[]; matmul: MatmulResult[] }> {
  await startBackend("webgpu");
  const backend = trainingBackend();
  if (!backend) throw new Error("The engine did not start on WebGPU.");
  const size = 512;
  const usable = matmulsFor(backend.device);
  const products = usable.map(({ program }) =>
    workOf(backend, 2 * size ** 3, [[program(size), [0, 1, 2]]], [size * size, size * size, size * size]),
  );
  const convolutions = shapes.flatMap((shape) =>
    convolutionWorks(backend, shape).map(({ pass, work }) => ({ shape: nameOf(shape), pass, work })),
  );
  const works = [...products, ...convolutions.map(({ work }) => work)];
  await backend.prepare(() => {
    for (const work of works) work.encode();
  });
  const times = await time(backend, works);
  await backend.checked();
  const gflops = (i: number) => (works[i] as Work).flops / (times[i] as number) / 1e6;
  for (const work of works) work.dispose();
  return {
    matmul: usable.map(({ style }, i) => ({ style, size, gflops: gflops(i) })),
    kernels: convolutions.map(({ shape, pass, work }, i) => ({
      shape,
      pass,
      kernel: work.label,
      medianMs: times[products.length + i] as number,
      gflops: gflops(products.length + i),
    })),
  };
}

const nameOf = ([batch, side, from, to, kernel, stride]: (typeof shapes)[number]) =>
  `${kernel}×${kernel}${stride > 1 ? `, stride ${stride}` : ""}, ${from}→${to}, ${batch}×${side}×${side}`;
