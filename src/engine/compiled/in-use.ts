import * as tf from "@tensorflow/tfjs-core";
import type { StepCompiler } from "./step-compiler";

/** Which compiled steps are in use. It is apart from what compiles them, so that a page with a GPU need not load that. */

/** The name of the backend on which steps are traced. */
export const tracingName = "retort-trace";

let active: StepCompiler | undefined;

/** Returns the compiled steps if they were started and the WASM backend is in use, or one of its steps is being traced. */
export function compiledSteps(): StepCompiler | undefined {
  const name = tf.getBackend();
  return name === tracingName || (name === "wasm" && active?.isOf(tf.backend())) ? active : undefined;
}

/** Puts compiled steps in use, or with undefined none. */
export function setCompiledSteps(steps: StepCompiler | undefined): void {
  active = steps;
}
