import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type * as tf from "@tensorflow/tfjs-core";

/** The private members of tfjs's backend that ours has to control. */
export interface Internals {
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  commandQueueOwnedIds: WeakSet<object>;
  dispatchCountInPass: number;
  readonly pipelineCache: Readonly<Record<string, GPUComputePipeline | Promise<GPUComputePipeline>>>;
  tensorToBinding(tensor: tf.TensorInfo | null): GPUBindingResource | null;
  makeUniforms(uniforms: unknown): GPUBufferBinding;
  releaseResource(dataId: object): void;
}

export const internalsOf = (backend: WebGPUBackend): Internals => backend as unknown as Internals;

/** What happens besides when tfjs binds tensors, makes uniforms and gives buffers back. */
export interface Besides {
  /** A binding other than the tensor's whole buffer. */
  readonly bindingOf: (tensor: tf.TensorInfo) => GPUBufferBinding | undefined;
  readonly madeUniforms: (buffer: GPUBuffer, values: unknown) => void;
  readonly released: (dataId: object) => void;
}

/** Makes a backend tell what it does. */
export function changeInternals(
  backend: WebGPUBackend,
  { bindingOf, madeUniforms, released }: Besides,
): void {
  const internals = internalsOf(backend);
  const bind = internals.tensorToBinding.bind(backend);
  internals.tensorToBinding = (tensor) => (tensor && bindingOf(tensor)) ?? bind(tensor);
  const make = internals.makeUniforms.bind(backend);
  internals.makeUniforms = (values) => {
    const made = make(values);
    madeUniforms(made.buffer, values);
    return made;
  };
  const release = internals.releaseResource.bind(backend);
  internals.releaseResource = (dataId) => {
    release(dataId);
    released(dataId);
  };
}
