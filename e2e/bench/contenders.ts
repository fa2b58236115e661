/** All contenders, each with the features of Retort that it lacks. */
export const contenders = {
  ours: { title: "Retort", lacks: "" },
  "ours-tuned": { title: "Retort, with kernels chosen by timing them first", lacks: "a quick first step" },
  "ours-wasm": { title: "Retort without a GPU: WASM", lacks: "recorded steps" },
  "ours-compiled": {
    title: "Retort without a GPU: steps compiled to WASM",
    lacks: "augmentation on all cores",
  },
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
export const isOurs = (id: ContenderId): id is "ours" | "ours-tuned" | "ours-wasm" | "ours-compiled" =>
  id.startsWith("ours");
export const contenderIds = Object.keys(contenders) as ContenderId[];
