import type { InferenceSession, Tensor, TypedTensor } from "onnxruntime-web";
import { layersOf, type SupervisedWorkload } from "../../workloads.ts";
import type { Contender } from "../contender.ts";
import { classifier, initialValues } from "../initial-values.ts";
import { ports, trainingGraph } from "./ort-graph.ts";

/** The part of the runtime's interface that is used. */
export interface Runtime {
  readonly InferenceSession: typeof InferenceSession;
  readonly Tensor: typeof Tensor;
}

/** [height, width, from, to] → [to, from, height, width]. */
function toOIHW(filter: Float32Array, kernel: number, from: number, to: number): Float32Array {
  return Float32Array.from(filter, (_, at) => {
    const [pixel, i, o] = [
      at % kernel ** 2,
      Math.floor(at / kernel ** 2) % from,
      Math.floor(at / (kernel ** 2 * from)),
    ];
    return filter[(pixel * from + i) * to + o] as number;
  });
}

/** [batch, size, size, channels] → [batch, channels, size, size]. */
function toNCHW(images: Float32Array, { size, channels }: SupervisedWorkload): Float32Array {
  const pixels = size * size;
  return Float32Array.from(images, (_, at) => {
    const [pixel, c, n] = [
      at % pixels,
      Math.floor(at / pixels) % channels,
      Math.floor(at / (pixels * channels)),
    ];
    return images[(n * pixels + pixel) * channels + c] as number;
  });
}

/** A training step as one graph with gradients and update, run by an inference runtime. */
export async function ortTraining(workload: SupervisedWorkload, runtime: Runtime): Promise<Contender> {
  const { batch, classes, size, channels } = workload;
  const { file, parameters } = trainingGraph(workload);
  const { images, labels, weights } = initialValues(workload);
  const starts = new Map<string, Float32Array>([["weight", weights.get(classifier) as Float32Array]]);
  for (const { name, convolution } of layersOf(workload)) {
    const { kernel, from, to } = convolution;
    starts.set(`${name}/filter`, toOIHW(weights.get(name) as Float32Array, kernel, from, to));
  }
  const tensor = (values: Float32Array, shape: readonly number[]): TypedTensor<"float32"> =>
    new runtime.Tensor("float32", values, shape);
  const wanted = new Float32Array(batch * classes);
  labels.forEach((label, i) => {
    wanted[i * classes + label] = 1;
  });
  const state: Record<string, Tensor> = {
    images: tensor(toNCHW(images, workload), [batch, channels, size, size]),
    wanted: tensor(wanted, [batch, classes]),
  };
  for (const { name, shape } of parameters) {
    const count = shape.reduce((product, side) => product * side, 1);
    const start = starts.get(name) ?? new Float32Array(count).fill(name.endsWith("gamma") ? 1 : 0);
    state[ports(name).value] = tensor(start, shape);
    state[ports(name).moment] = tensor(new Float32Array(count), shape);
  }
  const session = await runtime.InferenceSession.create(file, { executionProviders: ["wasm"] });
  let loss = Number.NaN;
  const step = async (): Promise<void> => {
    const found = await session.run(state);
    loss = Number((found["loss"] as Tensor).data[0]);
    for (const { name } of parameters) {
      const { value, moment, nextValue, nextMoment } = ports(name);
      state[value] = found[nextValue] as Tensor;
      state[moment] = found[nextMoment] as Tensor;
    }
  };
  let steps: Promise<void> = Promise.resolve();
  return {
    step: () => {
      steps = steps.then(step);
    },
    settle: async () => {
      await steps;
      return loss;
    },
  };
}

/** ONNX Runtime Web with WASM on all cores. Its files are served from its package folder. */
export async function ort(workload: SupervisedWorkload): Promise<Contender> {
  const runtime = await import("onnxruntime-web/wasm");
  runtime.env.wasm.numThreads = navigator.hardwareConcurrency;
  runtime.env.wasm.wasmPaths = `${location.origin}/node_modules/onnxruntime-web/dist/`;
  return ortTraining(workload, runtime);
}
