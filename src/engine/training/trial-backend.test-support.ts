import type { BackendName } from "../../protocol/messages";
import { isLong } from "../test-size.test-support";

/**
 * What computes in tests of what training means, which hold on every backend: as the page decides without a GPU, where
 * WebGPU's programs would take most of the time to compile. On a machine with a GPU, `VITE_TRIAL_BACKEND=webgpu npm test`
 * takes that. Tests of recorded steps and of kernels are on WebGPU always.
 */
export const backendOfTrials: BackendName =
  import.meta.env["VITE_TRIAL_BACKEND"] === "webgpu" ? "webgpu" : "wasm";

/** What computes in tests of what the tasks do: WebGPU in the long suite, which also compares its recorded steps. */
export const backendOfTasks: BackendName = isLong ? "webgpu" : backendOfTrials;
