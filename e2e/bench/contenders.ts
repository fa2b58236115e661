/** All contenders, each with the features of Retort that it lacks. */
export const contenders = {
  ours: { title: "Retort", lacks: "" },
  "ours-tuned": { title: "Retort, with kernels chosen by timing them first", lacks: "a quick first step" },
  "ours-wasm": { title: "Retort without a GPU: steps compiled to WebAssembly", lacks: "" },
  "ours-wasm-1": { title: "The same on one thread", lacks: "" },
  "ours-eager": { title: "Retort without a GPU, operation by operation", lacks: "compiled steps" },
  "ours-before": { title: "The first as another checkout has it", lacks: "" },
  "ours-wasm-before": { title: "“ours-wasm” as another checkout has it", lacks: "" },
  "tfjs-webgpu": {
    title: "TensorFlow.js 4.22, WebGPU",
    lacks:
      "recorded steps; fast gradient kernels; fused batch norm; augmentation and momentum networks on the GPU",
  },
  "tfjs-webgl": {
    title: "TensorFlow.js 4.22, WebGL",
    lacks: "compute shaders; recorded steps; fused batch norm; augmentation and momentum networks on the GPU",
  },
  "jax-webgpu": {
    title: "jax-js 0.1.25, WebGPU, jit",
    lacks: "channels-last convolutions; batch norm and optimizers (written for this benchmark); augmentation",
  },
  "jax-wasm": {
    title: "jax-js 0.1.25, WASM, jit",
    lacks: "batch norm and optimizers (written for this benchmark); augmentation",
  },
  "ort-wasm": {
    title: "ONNX Runtime Web 1.30, WASM on all cores",
    lacks:
      "training: gradients, batch norm and update are a graph of elementary operations written for this benchmark; augmentation",
  },
  "torch-cpu": {
    title: "PyTorch outside of the browser, on all cores, channels last",
    lacks: "a browser; augmentation",
  },
} as const;

export type ContenderId = keyof typeof contenders;
export const isOurs = (id: ContenderId): boolean => id.startsWith("ours");
/** What a contender of another checkout is called there; undefined for those of this checkout. */
export const asBefore = (id: ContenderId): ContenderId | undefined =>
  contenderIds.find((known) => id === `${known}-before`);
/** Whether a contender computes on the CPU, with WebAssembly. */
export const isOnWasm = (id: ContenderId): boolean => isCompiled(id) || id === "ours-eager";
/** Whether it computes without a graphics card, in a browser or outside. */
export const needsNoGpu = (id: ContenderId): boolean =>
  isOnWasm(asBefore(id) ?? id) || id.endsWith("-wasm") || id === "torch-cpu";
/** Whether its steps are compiled to WebAssembly. */
export const isCompiled = (id: ContenderId): boolean => id === "ours-wasm" || id === "ours-wasm-1";
export const contenderIds = Object.keys(contenders) as ContenderId[];
