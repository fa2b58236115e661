import * as tf from "@tensorflow/tfjs-core";
import { trainingBackend } from "../backend/backend";
import { ResidentTensor } from "../backend/resident-tensor";
import { type Placement, slabBlock } from "../backend/slab";
import type { Random } from "../math/random";

/**
 * The distribution of a parameter's initial values. `he-normal`: normal with variance 2 / fan-out (He et al. 2015).
 */
export type Initializer =
  | { readonly kind: "he-normal"; readonly fanOut: number }
  | { readonly kind: "uniform"; readonly bound: number }
  | { readonly kind: "positive-uniform"; readonly bound: number }
  | { readonly kind: "constant"; readonly value: number };

export interface ParameterPlan {
  /** Unique within its network, such as `stage2/block0/conv1/filter`. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly initializer: Initializer;
}

/** A tensor's numbers, in the order of its shape. */
export interface NamedNumbers<Values extends Float32Array | Int32Array = Float32Array> {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Values;
}

/** Places all parameters in one flat tensor. The gaps between them are padding and stay zero. */
export function placeParameters(plans: readonly ParameterPlan[]): {
  placements: ReadonlyMap<string, Placement>;
  size: number;
} {
  const placements = new Map<string, Placement>();
  let offset = 0;
  for (const { name, shape } of plans) {
    if (placements.has(name)) throw new Error(`Two parameters are called ${name}.`);
    const size = shape.reduce((product, length) => product * length, 1);
    placements.set(name, { offset, size });
    offset += Math.ceil(size / slabBlock) * slabBlock;
  }
  return { placements, size: offset };
}

/** FNV-1a over the name's characters, 32 bits. */
function streamOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const character of name) {
    hash = Math.imul(hash ^ (character.codePointAt(0) as number), 0x01000193) >>> 0;
  }
  return hash;
}

/**
 * Draws the initial values of all parameters, flat. Each parameter draws from its own stream, keyed by its name, so
 * networks that share a part start with the same values there.
 */
export function initialValues(plans: readonly ParameterPlan[], random: Random): Float32Array<ArrayBuffer> {
  const { placements, size } = placeParameters(plans);
  const flat = new Float32Array(size);
  for (const { name, initializer } of plans) {
    const stream = streamOf(name);
    const { offset, size: count } = placements.get(name) as Placement;
    const target = flat.subarray(offset, offset + count);
    switch (initializer.kind) {
      case "he-normal": {
        const deviation = Math.sqrt(2 / initializer.fanOut);
        target.set(random.normals(count, stream).map((x) => x * deviation));
        break;
      }
      case "uniform":
        target.set(random.uniforms(count, stream).map((x) => (2 * x - 1) * initializer.bound));
        break;
      case "positive-uniform":
        target.set(random.uniforms(count, stream).map((x) => x * initializer.bound));
        break;
      case "constant":
        target.fill(initializer.value);
        break;
      default:
        initializer satisfies never;
    }
  }
  return flat;
}

/** Some numbers of a store that are read and changed together. */
interface Piece {
  readonly resident: ResidentTensor;
  /** Where they lie when all lie side by side. */
  readonly placement: Placement;
}

/**
 * The parameters of one network. On WebGPU all variables are views into one flat tensor, so that an optimizer or a
 * momentum update is one dispatch over `flat`; elsewhere each variable has its own memory and `flat` is undefined.
 * The store owns its tensors and must be disposed.
 */
export class ParameterStore {
  readonly variables: ReadonlyMap<string, tf.Variable>;
  readonly flat: tf.Tensor1D | undefined;
  readonly placements: ReadonlyMap<string, Placement>;
  /** Numbers of the flat tensor, padding included. */
  readonly size: number;
  /** The flat tensor, or each variable by itself. */
  private readonly pieces: readonly Piece[];

  private constructor(
    readonly plans: readonly ParameterPlan[],
    values: Float32Array<ArrayBuffer>,
  ) {
    const { placements, size } = placeParameters(plans);
    this.placements = placements;
    this.size = size;
    const backend = trainingBackend();
    const slab = backend && size > 0 ? ResidentTensor.of(tf.tensor1d(values)) : undefined;
    this.flat = slab?.tensor;
    this.variables = new Map(
      plans.map(({ name, shape }) => {
        const { offset, size: count } = placements.get(name) as Placement;
        const start =
          backend && slab
            ? tf.engine().makeTensorFromTensorInfo(backend.viewOf(slab.tensor, 4 * offset, [...shape]))
            : tf.tensor(values.slice(offset, offset + count), [...shape]);
        const variable = tf.variable(start);
        start.dispose();
        return [name, variable];
      }),
    );
    this.pieces = slab
      ? [{ resident: slab, placement: { offset: 0, size } }]
      : plans.map(({ name }) => ({
          resident: this.resident(name),
          placement: placements.get(name) as Placement,
        }));
  }

  static create(plans: readonly ParameterPlan[], random: Random): ParameterStore {
    return new ParameterStore(plans, initialValues(plans, random));
  }

  /** All that holds its numbers, each of them once. */
  get residents(): readonly ResidentTensor[] {
    return this.pieces.map(({ resident }) => resident);
  }

  /** Returns a copy with its own tensors. */
  copy(): ParameterStore {
    const copy = new ParameterStore(this.plans, new Float32Array(this.size));
    copy.copyFrom(this);
    return copy;
  }

  /** Copies the values of a store with the same plan, in place. */
  copyFrom(other: ParameterStore): void {
    for (const [i, { resident }] of this.pieces.entries())
      resident.copyFrom((other.pieces[i] as Piece).resident.tensor);
  }

  /** Reads all values in the order of the flat tensor, padding included. */
  async values(): Promise<Float32Array> {
    const flat = new Float32Array(this.size);
    for (const { resident, placement } of this.pieces)
      flat.set(await resident.tensor.data(), placement.offset);
    return flat;
  }

  /** Reads the values of each parameter, with its name. */
  async named(): Promise<readonly NamedNumbers[]> {
    const flat = await this.values();
    return this.plans.map(({ name, shape }) => {
      const { offset, size } = this.placements.get(name) as Placement;
      return { name, shape, values: flat.slice(offset, offset + size) };
    });
  }

  /** Writes values in the layout of {@link values}, in place. @throws RangeError if there are more or fewer */
  load(values: Float32Array<ArrayBuffer>): void {
    if (values.length !== this.size) {
      throw new RangeError(`The network has ${this.size} numbers; ${values.length} were given.`);
    }
    for (const { resident, placement } of this.pieces) {
      const { offset, size } = placement;
      resident.write(values.slice(offset, offset + size));
    }
  }

  /** Writes the values of one parameter, in place. @throws RangeError if there are more or fewer */
  put(name: string, values: Float32Array<ArrayBuffer>): void {
    const variable = this.get(name);
    if (values.length !== variable.size) {
      throw new RangeError(`${name} has ${variable.size} numbers; ${values.length} were given.`);
    }
    this.resident(name).write(values);
  }

  /** Copies another store's parameter of the same name and shape, in place. */
  copyOne(name: string, other: ParameterStore): void {
    this.resident(name).copyFrom(other.get(name));
  }

  /** Returns a parameter by its name. @throws Error if there is none */
  get(name: string): tf.Variable {
    const variable = this.variables.get(name);
    if (!variable)
      throw new Error(`No parameter is called ${name}; there are ${[...this.variables.keys()].join(", ")}.`);
    return variable;
  }

  dispose(): void {
    for (const variable of this.variables.values()) variable.dispose();
    this.flat?.dispose();
  }

  private resident(name: string): ResidentTensor {
    return ResidentTensor.of<tf.Tensor>(this.get(name));
  }
}
