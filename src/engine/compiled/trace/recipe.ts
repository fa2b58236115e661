import * as tf from "@tensorflow/tfjs-core";

/** How a tensor is made from others by kernels, outside a compiled step. */
export type Recipe =
  | { readonly kind: "tensor"; readonly tensor: tf.Tensor }
  | {
      readonly kind: "numbers";
      readonly values: tf.BackendValues;
      readonly shape: number[];
      readonly dtype: tf.DataType;
    }
  | {
      readonly kind: "kernel";
      readonly name: string;
      readonly ingredients: readonly (readonly [string, Recipe])[];
      /** Whether the kernel takes its inputs as a list. */
      readonly isList: boolean;
      readonly attributes: tf.NamedAttrMap;
      /** Which of its results. */
      readonly output: number;
    };

/** A tensor that outlives the step: a variable is known by itself, for its numbers may be put elsewhere. */
export type Resident = { readonly variable: tf.Variable } | { readonly dataId: object };

/** A tensor that JavaScript makes before each step, and which resident it is. */
export interface Forerunner {
  readonly recipe: Recipe;
  readonly place: number;
}

/** Makes the tensor, which is the caller's. */
export function follow(recipe: Recipe): tf.Tensor {
  return tf.tidy(() => tf.clone(made(recipe)));
}

function made(recipe: Recipe): tf.Tensor {
  switch (recipe.kind) {
    case "tensor":
      return recipe.tensor;
    case "numbers":
      return tf.tensor(recipe.values as tf.TypedArray, recipe.shape, recipe.dtype);
    case "kernel": {
      const { name, ingredients, isList, attributes, output } = recipe;
      const tensors = ingredients.map(([key, each]) => [key, made(each)] as const);
      const inputs = isList ? tensors.map(([, tensor]) => tensor) : Object.fromEntries(tensors);
      const out = tf.engine().runKernel(name, inputs as tf.NamedTensorMap, attributes) as
        | tf.Tensor
        | tf.Tensor[];
      return (Array.isArray(out) ? out[output] : out) as tf.Tensor;
    }
    default:
      return recipe satisfies never;
  }
}
