import type { BackendName } from "../../protocol/messages";

/** Proper names: the same in every language. */
export const backendTitles: Readonly<Record<BackendName, string>> = {
  webgpu: "WebGPU",
  wasm: "WebAssembly",
  webgl: "WebGL",
  cpu: "JavaScript",
};
