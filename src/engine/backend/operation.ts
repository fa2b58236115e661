import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import { TrainingBackend } from "./backend";

type Inputs = Record<string, tf.Tensor>;
type Infos = Record<string, tf.TensorInfo>;

/** A custom operation: WGSL on WebGPU, plain tfjs ops elsewhere, and a gradient made of further operations. */
export interface Operation<I extends string, A> {
  /** The kernel name registered with tfjs; must be unique. */
  readonly name: string;
  /** Encodes dispatches and returns new outputs, or none if it writes in place. */
  readonly gpu: (
    backend: TrainingBackend,
    inputs: Record<I, tf.TensorInfo>,
    attributes: A,
  ) => tf.TensorInfo[];
  /** The same in plain tfjs ops: WebGL and CPU run it, and tests compare with it. Runs inside a tidy. */
  readonly reference: (inputs: Record<I, tf.Tensor>, attributes: A) => tf.Tensor[];
  /** The same in a form that is fast on WASM, if the reference is slow there. Runs inside a tidy. */
  readonly wasm?: (inputs: Record<I, tf.Tensor>, attributes: A) => tf.Tensor[];
  /** One flag per output: true if the gradient needs it (default: none). The inputs are always kept. */
  readonly saveOutputs?: readonly boolean[];
  /**
   * Returns the gradients of the inputs that have one, given those of the outputs.
   * Shared work is done here, eagerly; the closures only return its results. An input left out is a
   * target: tfjs throws if a gradient would have to flow into it.
   */
  readonly gradient?: (
    dys: tf.Tensor[],
    saved: { inputs: Record<I, tf.Tensor>; outputs: tf.Tensor[] },
    attributes: A,
  ) => Partial<Record<I, () => tf.Tensor>>;
}

const referenceBackends = ["wasm", "webgl", "cpu"];

/**
 * Registers an operation with every backend and returns the function that runs it. `inputNames` is the order in which
 * inputs are saved for the gradient.
 */
export function defineOperation<I extends string, A extends object>(
  inputNames: readonly I[],
  operation: Operation<I, A>,
): (inputs: Record<I, tf.Tensor>, attributes: A) => tf.Tensor[] {
  const { name } = operation;
  tf.registerKernel({
    kernelName: name,
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs, backend }) => {
      if (!(backend instanceof TrainingBackend)) throw new Error(`${name} needs Retort's WebGPU backend.`);
      return operation.gpu(backend, inputs as Infos as Record<I, tf.TensorInfo>, attrs as unknown as A);
    },
  });
  for (const backendName of referenceBackends) {
    const compute = (backendName === "wasm" && operation.wasm) || operation.reference;
    tf.registerKernel({
      kernelName: name,
      backendName,
      kernelFunc: ({ inputs, attrs }) =>
        tf.tidy(() => compute(inputs as Inputs as Record<I, tf.Tensor>, attrs as unknown as A)),
    });
  }
  const { gradient } = operation;
  if (gradient) {
    tf.registerGradient({
      kernelName: name,
      inputsToSave: [...inputNames],
      outputsToSave: [...(operation.saveOutputs ?? [])],
      gradFunc: (dy, saved, attrs) => {
        const inputs = Object.fromEntries(inputNames.map((key, i) => [key, saved[i]])) as Record<
          I,
          tf.Tensor
        >;
        const outputs = saved.slice(inputNames.length);
        const gradients = gradient(Array.isArray(dy) ? dy : [dy], { inputs, outputs }, attrs as unknown as A);
        return gradients as Record<string, () => tf.Tensor>;
      },
    });
  }
  return (inputs, attributes) => {
    const out = tf
      .engine()
      .runKernel(name, inputs as unknown as tf.NamedTensorMap, attributes as unknown as tf.NamedAttrMap) as
      | tf.Tensor
      | tf.Tensor[];
    return Array.isArray(out) ? out : [out];
  };
}
