import * as tf from "@tensorflow/tfjs-core";
import { type TrainingBackend, trainingBackend } from "../backend/backend";
import { type GradientHomes, unfinished, withGradientHomes } from "../backend/gradient-homes";
import { ResidentTensor } from "../backend/resident-tensor";
import { type Placement, packInto, segmentOf, slabBlock } from "../backend/slab";
import { updateByAdam } from "./adam/kernel";
import { adamMoments } from "./adam/rule";
import { clipEach, clipTogether } from "./clipping/kernel";
import { updateByLars } from "./lars/kernel";
import { trustCoefficients } from "./lars/rule";
import {
  type Differentiated,
  gradientOf,
  isVector,
  type Optimizer,
  type ParameterSet,
  type UpdateRule,
  variablesOf,
} from "./rules";
import { updateBySgd } from "./sgd/kernel";
import { type ScalarName, type StepInputs, scalarIndex } from "./step-inputs";

type Flat = ResidentTensor<tf.Tensor1D>;

/** The flat parameters [n] of one store and the flat tensors that belong to them. */
interface Slab {
  readonly store: ParameterSet;
  readonly parameters: tf.Tensor1D;
  readonly gradient: Flat;
  /** The momentum buffer, or Adam's first moment. */
  readonly first: Flat;
  /** Adam's second moment. */
  readonly second: Flat | undefined;
  /** Per block of 64 numbers, 1 if weight decay applies, else 0; present for Adam and if the rule skips parameters. */
  readonly decayed: Flat | undefined;
  /** Per block of 64 numbers, the factor on the learning rate; present if rates differ between layers. */
  readonly factors: Flat | undefined;
}

/** Updates all parameters of each store in a few dispatches, on WebGPU. */
export class SlabOptimizer implements Optimizer {
  private readonly slabs: readonly Slab[];
  private readonly homes: GradientHomes;

  constructor(
    stores: readonly ParameterSet[],
    private readonly rule: UpdateRule,
    private readonly inputs: StepInputs,
    private readonly rate: ScalarName,
  ) {
    const isAdam = rule.kind === "adam" || rule.kind === "adamw";
    this.slabs = stores.map((store) => {
      if (!store.flat) throw new Error("A slab is updated on WebGPU only.");
      return {
        store,
        parameters: store.flat,
        gradient: zeros(store.size),
        first: zeros(store.size),
        second: isAdam ? zeros(store.size) : undefined,
        decayed: isAdam || rule.decayed === "weights" ? resident(decayedBlocks(store, rule)) : undefined,
        factors: rule.rateFactor ? resident(factorBlocks(store, rule.rateFactor)) : undefined,
      };
    });
    this.homes = new Map(
      this.slabs.flatMap(({ store, gradient }) =>
        [...store.variables].map(([name, { dataId }]) => {
          const { offset } = placementOf(store, name);
          return [dataId, { slab: gradient.tensor, offset }] as const;
        }),
      ),
    );
  }

  differentiate(loss: () => tf.Scalar): Differentiated {
    const variables = variablesOf(this.slabs.map(({ store }) => store));
    return withGradientHomes(this.homes, () => tf.variableGrads(loss, variables));
  }

  update(gradients: tf.NamedTensorMap): void {
    const backend = trainingBackend();
    if (!backend) throw new Error("A slab is updated on WebGPU only.");
    const { slabs, rule } = this;
    for (const { store, gradient } of slabs) {
      const pieces = [...store.variables].map(([name, variable]) => ({
        tensor: gradientOf(gradients, variable, name),
        offset: placementOf(store, name).offset,
      }));
      packInto(backend, gradient.tensor, unfinished(backend, gradient.tensor, pieces));
    }
    if (rule.clip === "global") {
      const all = slabs.map(({ gradient }) => gradient.tensor);
      clipTogether(backend, all, rule.clipNorm);
    }
    for (const slab of slabs) {
      if (rule.clip === "each")
        clipEach(backend, slab.gradient.tensor, segmentsOf(slab.store), rule.clipNorm);
      this.updateSlab(backend, slab);
    }
  }

  dispose(): void {
    for (const { gradient, first, second, decayed, factors } of this.slabs)
      for (const flat of [gradient, first, second, decayed, factors]) flat?.dispose();
  }

  private updateSlab(backend: TrainingBackend, slab: Slab): void {
    const { rule, inputs } = this;
    const { store, parameters, second } = slab;
    const [gradient, first] = [slab.gradient.tensor, slab.first.tensor];
    const decayed = slab.decayed?.tensor;
    const { momentum, weightDecay, nesterov } = rule;
    const rateIndex = scalarIndex(this.rate);
    const factors = slab.factors ? { factors: slab.factors.tensor } : {};
    const shared = { parameters, gradient, scalars: inputs.scalars, rateIndex, weightDecay, ...factors };
    const withMomentum = { ...shared, buffer: first, momentum };
    switch (rule.kind) {
      case "sgd":
        updateBySgd(backend, { ...withMomentum, nesterov, ...(decayed ? { decayed } : {}) });
        break;
      case "lars":
        updateByLars(backend, {
          ...withMomentum,
          segments: segmentsOf(store),
          rule: rule.larsRule,
          trustCoefficient: trustCoefficients[rule.larsRule],
        });
        break;
      case "adam":
      case "adamw":
        if (!second || !decayed) throw new Error("Adam has two moments.");
        updateByAdam(backend, {
          ...shared,
          first,
          second: second.tensor,
          decayed,
          ...adamMoments,
          beta1: momentum,
          firstIndex: scalarIndex("adamFirst"),
          secondIndex: scalarIndex("adamSecond"),
          decay: rule.kind === "adamw" ? "decoupled" : "gradient",
        });
        break;
      case "shampoo":
        throw new Error("Shampoo updates parameter by parameter.");
      default:
        rule.kind satisfies never;
    }
  }
}

function segmentsOf(store: ParameterSet) {
  return [...store.variables].map(([name, variable]) => ({
    ...segmentOf(placementOf(store, name)),
    excluded: isVector(variable),
  }));
}

function decayedBlocks(store: ParameterSet, { decayed }: UpdateRule): Float32Array<ArrayBuffer> {
  const blocks = new Float32Array(store.size / slabBlock).fill(1);
  for (const { firstBlock, blocks: length, excluded } of segmentsOf(store)) {
    if (excluded && decayed === "weights") blocks.fill(0, firstBlock, firstBlock + length);
  }
  return blocks;
}

function factorBlocks(store: ParameterSet, factorOf: (name: string) => number): Float32Array<ArrayBuffer> {
  const blocks = new Float32Array(store.size / slabBlock).fill(1);
  for (const name of store.variables.keys()) {
    const { firstBlock, blocks: length } = segmentOf(placementOf(store, name));
    blocks.fill(factorOf(name), firstBlock, firstBlock + length);
  }
  return blocks;
}

const resident = (values: Float32Array<ArrayBuffer>) => ResidentTensor.of(tf.tensor1d(values));

const zeros = (size: number) => resident(new Float32Array(size));

function placementOf(store: ParameterSet, name: string): Placement {
  return store.placements.get(name) as Placement;
}
