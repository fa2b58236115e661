import * as tf from "@tensorflow/tfjs-core";
import type { OptimiserSettings } from "../../protocol/experiment";
import { trainingBackend } from "../kernels/backend";
import { updateByLars } from "../kernels/lars-update";
import { packInto } from "../kernels/slab";
import { updateBySgd } from "../kernels/update";
import { larsUpdate, type MomentumState, sgdUpdate } from "../math/optimisers";
import type { ParameterStore, Placement } from "../networks/parameters";
import { type ScalarName, type StepInputs, scalarIndex } from "./step-inputs";

export type UpdateRule = Pick<OptimiserSettings, "kind" | "momentum" | "weightDecay" | "larsRule">;

/** η: .001 in SimDis, .02 in solo-learn (METHODS §3). */
const trustCoefficients = { simdis: 0.001, solo: 0.02 } as const;
const blockSize = 64;

/** Updates all parameters of one store in place. Owns its moments; dispose it. */
export interface Optimiser {
  /** @param gradients by the variables' own names, as `tf.variableGrads` gives them; they stay the caller's */
  update(gradients: tf.NamedTensorMap): void;
  dispose(): void;
}

/** `rate` names the scalar of `inputs` that holds this optimiser's learning rate. */
export function createOptimiser(
  store: ParameterStore,
  rule: UpdateRule,
  inputs: StepInputs,
  rate: ScalarName,
): Optimiser {
  return store.flat
    ? new SlabOptimiser(store, store.flat, rule, inputs, rate)
    : new PortableOptimiser(store, rule, inputs, rate);
}

function gradientOf(gradients: tf.NamedTensorMap, variable: tf.Variable, name: string): tf.Tensor {
  const gradient = gradients[variable.name];
  if (!gradient) throw new Error(`The loss does not depend on ${name}.`);
  return gradient;
}

/** Biases and batch norm's γ and β are what LARS does not scale. */
const isExcluded = (variable: tf.Variable) => variable.rank === 1;

class SlabOptimiser implements Optimiser {
  private readonly gradient: tf.Tensor1D;
  private readonly buffer: tf.Tensor1D;

  constructor(
    private readonly store: ParameterStore,
    private readonly flat: tf.Tensor1D,
    private readonly rule: UpdateRule,
    private readonly inputs: StepInputs,
    private readonly rate: ScalarName,
  ) {
    this.gradient = tf.keep(tf.tensor1d(new Float32Array(store.size)));
    this.buffer = tf.keep(tf.tensor1d(new Float32Array(store.size)));
    // Now, not within the step that is recorded: what is uploaded there belongs to the recording.
    for (const { dataId } of [this.gradient, this.buffer]) trainingBackend()?.uploadToGPU(dataId);
  }

  update(gradients: tf.NamedTensorMap): void {
    const backend = trainingBackend();
    if (!backend) throw new Error("A slab is updated on WebGPU only.");
    const { store, rule, gradient, buffer } = this;
    const pieces = [...store.variables].map(([name, variable]) => ({
      tensor: gradientOf(gradients, variable, name),
      offset: this.placement(name).offset,
    }));
    packInto(backend, gradient, pieces);
    const update = {
      parameters: this.flat,
      gradient,
      buffer,
      scalars: this.inputs.scalars,
      rateIndex: scalarIndex(this.rate),
      momentum: rule.momentum,
      weightDecay: rule.weightDecay,
    };
    if (rule.kind === "sgd") {
      updateBySgd(backend, update);
      return;
    }
    const segments = [...store.variables].map(([name, variable]) => {
      const { offset, size } = this.placement(name);
      const [firstBlock, blocks] = [offset / blockSize, Math.ceil(size / blockSize)];
      return { firstBlock, blocks, excluded: isExcluded(variable) };
    });
    const larsRule = rule.larsRule === "simdis" ? "simdis" : "solo-learn";
    updateByLars(backend, {
      ...update,
      segments,
      rule: larsRule,
      trustCoefficient: trustCoefficients[rule.larsRule],
    });
  }

  dispose(): void {
    tf.dispose([this.gradient, this.buffer]);
  }

  private placement(name: string): Placement {
    return this.store.placements.get(name) as Placement;
  }
}

class PortableOptimiser implements Optimiser {
  private readonly buffers: ReadonlyMap<string, tf.Variable>;

  constructor(
    private readonly store: ParameterStore,
    private readonly rule: UpdateRule,
    private readonly inputs: StepInputs,
    private readonly rate: ScalarName,
  ) {
    this.buffers = new Map(
      [...store.variables].map(([name, variable]) => [
        name,
        tf.tidy(() => tf.variable(tf.zeros(variable.shape))),
      ]),
    );
  }

  update(gradients: tf.NamedTensorMap): void {
    const { kind, momentum, weightDecay, larsRule } = this.rule;
    const learningRate = this.inputs.value(this.rate);
    for (const [name, variable] of this.store.variables) {
      const buffer = this.buffers.get(name) as tf.Variable;
      const gradient = gradientOf(gradients, variable, name);
      tf.tidy(() => {
        const state: MomentumState = { parameter: variable, buffer };
        const next =
          kind === "sgd"
            ? sgdUpdate(state, gradient, { learningRate, momentum, weightDecay })
            : larsUpdate(state, gradient, {
                learningRate,
                momentum,
                weightDecay,
                trustCoefficient: trustCoefficients[larsRule],
                rule: larsRule === "simdis" ? "simdis" : "solo-learn",
                excluded: isExcluded(variable),
              });
        buffer.assign(next.buffer);
        variable.assign(next.parameter);
      });
    }
  }

  dispose(): void {
    for (const buffer of this.buffers.values()) buffer.dispose();
  }
}
