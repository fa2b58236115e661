import * as tf from "@tensorflow/tfjs-core";
import type { BackendName } from "../../protocol/messages";
import { compiledSteps } from "./in-use";
import { operations } from "./operations/table";
import type { StepCompiler } from "./step-compiler";

/**
 * WASM with each kernel compiled as a step of its own, so that whatever is tested on a backend is tested on the compiled
 * forms of its operations.
 */
export type TestedBackend = BackendName | "compiled";

/** Kernels that only name the same numbers anew. */
const plain: ReadonlySet<string> = new Set(["Identity", "Reshape", "ExpandDims", "Cast"]);

type Start = (name: BackendName) => Promise<unknown>;

let restore: (() => void) | undefined;
let isBusy = false;
/** How many kernels were compiled since the last start. */
let count = 0;
export const compiledKernels = (): number => count;

/** Makes a backend that of tfjs, by `start`. */
export async function startTested(start: Start, name: TestedBackend): Promise<void> {
  restore?.();
  restore = undefined;
  await start(name === "compiled" ? "wasm" : name);
  if (name !== "compiled") return;
  count = 0;
  const stock = Object.keys(operations).flatMap((kernelName) => {
    const kernel = plain.has(kernelName) ? undefined : tf.getKernel(kernelName, "wasm");
    return kernel ? [kernel] : [];
  });
  const replace = (kernel: tf.KernelConfig) => {
    tf.unregisterKernel(kernel.kernelName, "wasm");
    tf.registerKernel(kernel);
  };
  for (const kernel of stock) replace({ ...kernel, kernelFunc: compiledForm(kernel) });
  restore = () => stock.forEach(replace);
}

const compiledForm =
  ({ kernelName, kernelFunc }: tf.KernelConfig): tf.KernelFunc =>
  (given) => {
    const steps = compiledSteps();
    if (isBusy || !steps) return kernelFunc(given);
    isBusy = true;
    try {
      return computed(steps, kernelName, given.inputs, given.attrs) ?? kernelFunc(given);
    } finally {
      isBusy = false;
    }
  };

/** Returns undefined where there are no numbers, or true and false, which have no place outside of a step. */
function computed(
  steps: StepCompiler,
  name: string,
  inputs: tf.NamedTensorInfoMap,
  attributes: tf.NamedAttrMap | undefined,
): tf.Tensor | tf.Tensor[] | undefined {
  const isBoolean = Object.values(inputs).some((input) => input?.dtype === "bool");
  const results: tf.Tensor[] = [];
  let isList = false;
  let isNumbers = !isBoolean;
  if (isBoolean) return undefined;
  const step = steps.compile(() => {
    const made = tf.engine().runKernel(name, inputs as tf.NamedTensorMap, attributes ?? {}) as
      | tf.Tensor
      | tf.Tensor[];
    isList = Array.isArray(made);
    for (const one of [made].flat()) {
      if (one.dtype === "bool" || one.size === 0) isNumbers = false;
      const kept = steps.besides(() => tf.keep(tf.zeros(one.shape, one.dtype)));
      results.push(kept);
      if (isNumbers) steps.copyInPlace(one, kept);
    }
  });
  try {
    if ("reason" in step || !isNumbers) return undefined;
    steps.run(step);
    count++;
    const copies = results.map((result) => tf.tensor(result.dataSync(), result.shape, result.dtype));
    return isList ? copies : (copies[0] as tf.Tensor);
  } finally {
    if (!("reason" in step)) step.release();
    tf.dispose(results);
  }
}
