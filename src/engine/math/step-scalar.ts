import type * as tf from "@tensorflow/tfjs-core";

/** A number, or a scalar tensor if it changes from step to step: a recorded step reads its new value at each replay. */
export type StepScalar = number | tf.Scalar;
