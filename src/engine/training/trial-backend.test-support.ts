import type { BackendName } from "../../protocol/messages";
import { isLong } from "../test-size.test-support";

/**
 * The backend for tests of laws that hold on every backend: the one that the page chooses without a GPU, since
 * compiling WebGPU programs would take most of the time. On a machine with a GPU, set `VITE_TRIAL_BACKEND=webgpu`.
 * Tests of recorded steps and of kernels always use WebGPU.
 */
export const backendOfTrials: BackendName =
  import.meta.env["VITE_TRIAL_BACKEND"] === "webgpu" ? "webgpu" : "wasm";

/** The backend for tests of tasks: WebGPU in the long suite, which also compares recorded steps. */
export const backendOfTasks: BackendName = isLong ? "webgpu" : backendOfTrials;
