import type * as tf from "@tensorflow/tfjs-core";

/** A number, or a scalar tensor where it changes from step to step: a recorded step reads it anew at each replay. */
export type StepScalar = number | tf.Scalar;
