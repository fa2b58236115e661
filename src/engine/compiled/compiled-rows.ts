import * as tf from "@tensorflow/tfjs-core";
import type { Refusal, StepCompiler } from "./step-compiler";
import type { Recipe } from "./trace/recipe";

/** A function of a fixed number of indices and some variables, such as an encoder's features of some images, compiled once. */
export interface CompiledRows {
  /**
   * Computes the rows of `indices`, as many as it was compiled for; the caller owns them.
   * @param variables those to read instead of the ones it was compiled with, in the same order and with the same shapes
   */
  of(indices: Int32Array, variables?: readonly tf.Variable[]): tf.Tensor2D;
  /** Gives back its memory. It must not be asked afterwards. */
  release(): void;
}

/**
 * Compiles a function that reads tensors and changes none.
 * @param rowsOf returns as many rows as there are indices, int32 [count]; runs inside a tidy
 * @param variables those that may be others each time
 */
export function compileRows(
  steps: StepCompiler,
  count: number,
  rowsOf: (indices: tf.Tensor1D) => tf.Tensor2D,
  variables: readonly tf.Variable[] = [],
): CompiledRows | Refusal {
  const indices = tf.keep(tf.tensor1d(new Int32Array(count), "int32"));
  let rows: tf.Tensor2D | undefined;
  const step = steps.compile(() => {
    const found = rowsOf(indices);
    rows = steps.besides(() => tf.keep(tf.zeros<tf.Rank.R2>(found.shape)));
    steps.copyInPlace(found, rows);
  });
  const dispose = () => tf.dispose(rows ? [indices, rows] : [indices]);
  if ("reason" in step) {
    dispose();
    return step;
  }
  if (step.forerunners.some(({ recipe }) => involves(recipe, variables))) {
    step.release();
    dispose();
    return { reason: "What is computed before the step depends on the network." };
  }
  const result = rows as unknown as tf.Tensor2D;
  const places = step.residents.map((resident) =>
    "variable" in resident ? variables.indexOf(resident.variable) : -1,
  );
  return {
    of: (wanted, given = variables) => {
      if (wanted.length !== count)
        throw new RangeError(`${wanted.length} indices; it was compiled for ${count}.`);
      if (given.length !== variables.length)
        throw new RangeError(`${given.length} variables; it was compiled with ${variables.length}.`);
      steps.writeInPlace(indices, Int32Array.from(wanted));
      const residents = step.residents.map((resident, at) => {
        const variable = given[places[at] as number];
        return variable ? { variable } : resident;
      });
      steps.run({ ...step, residents });
      return tf.tensor2d(result.dataSync(), result.shape);
    },
    release: () => {
      step.release();
      dispose();
    },
  };
}

/** Whether a recipe reads one of the variables. */
function involves(recipe: Recipe, variables: readonly tf.Variable[]): boolean {
  if (recipe.kind === "kernel") return recipe.ingredients.some(([, each]) => involves(each, variables));
  return recipe.kind === "tensor" && variables.some(({ dataId }) => dataId === recipe.tensor.dataId);
}
