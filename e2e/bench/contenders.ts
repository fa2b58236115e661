/** All contenders, each with the features of Retort that it lacks. */
export const contenders = {
  ours: { title: "Retort", lacks: "" },
  "ours-tuned": { title: "Retort, with kernels chosen by timing them first", lacks: "a quick first step" },
  "ours-wasm": { title: "Retort without a GPU: steps compiled to WebAssembly", lacks: "" },
  "ours-eager": { title: "Retort without a GPU, operation by operation", lacks: "compiled steps" },
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
  "ort-wasm": {
    title: "ONNX Runtime Web 1.30, WASM on all cores",
    lacks:
      "training: gradients, batch norm and update are a graph of elementary operations written for this benchmark; augmentation",
  },
} as const;

export type ContenderId = keyof typeof contenders;
export type OurId = "ours" | "ours-tuned" | "ours-wasm" | "ours-eager";
export const isOurs = (id: ContenderId): id is OurId => id.startsWith("ours");
/** Whether a contender computes on the CPU, with WebAssembly. */
export const isOnWasm = (id: ContenderId): boolean => id === "ours-wasm" || id === "ours-eager";
export const contenderIds = Object.keys(contenders) as ContenderId[];
