import * as tf from "@tensorflow/tfjs-core";
import { trainingBackend } from "../kernels/backend";
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

/** Bindings into a buffer start at multiples of 256 bytes: 64 floats. */
const alignment = 64;

export interface Placement {
  /** Index of the first number in the flat tensor. */
  readonly offset: number;
  readonly size: number;
}

export interface NamedNumbers {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
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
    offset += Math.ceil(size / alignment) * alignment;
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

/**
 * The parameters of one network. On WebGPU all variables are views into one flat tensor, so that an optimizer or a
 * momentum update is one dispatch over `flat`; elsewhere each variable has its own memory and `flat` is undefined.
 * The store owns its tensors and must be disposed.
 */
export class ParameterStore {
  readonly variables: ReadonlyMap<string, tf.Variable>;
  readonly flat: tf.Tensor1D | undefined;
  readonly placements: ReadonlyMap<string, Placement>;

  private constructor(
    readonly plans: readonly ParameterPlan[],
    values: Float32Array<ArrayBuffer>,
  ) {
    const { placements } = placeParameters(plans);
    this.placements = placements;
    const backend = trainingBackend();
    const flat = backend && values.length > 0 ? tf.keep(tf.tensor1d(values)) : undefined;
    this.flat = flat;
    this.variables = new Map(
      plans.map(({ name, shape }) => {
        const { offset, size } = placements.get(name) as Placement;
        const start =
          backend && flat
            ? tf.engine().makeTensorFromTensorInfo(backend.viewOf(flat, 4 * offset, [...shape]))
            : tf.tensor(values.slice(offset, offset + size), [...shape]);
        const variable = tf.variable(start);
        start.dispose();
        return [name, variable];
      }),
    );
  }

  static create(plans: readonly ParameterPlan[], random: Random): ParameterStore {
    return new ParameterStore(plans, initialValues(plans, random));
  }

  /** The length of the flat tensor, padding included. */
  get size(): number {
    return placeParameters(this.plans).size;
  }

  /** Returns a copy with its own tensors. */
  copy(): ParameterStore {
    const copy = new ParameterStore(this.plans, new Float32Array(this.size));
    copy.copyFrom(this);
    return copy;
  }

  /** Copies the values of a store with the same plan, in place. */
  copyFrom(other: ParameterStore): void {
    const backend = trainingBackend();
    if (backend && this.flat && other.flat) backend.copyInPlace(other.flat, this.flat);
    else for (const [name, variable] of this.variables) variable.assign(other.get(name));
  }

  /** Reads all values in the order of the flat tensor, padding included. */
  async values(): Promise<Float32Array> {
    if (this.flat) return Float32Array.from(await this.flat.data());
    const flat = new Float32Array(this.size);
    for (const [name, variable] of this.variables) {
      flat.set(await variable.data(), (this.placements.get(name) as Placement).offset);
    }
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
    const backend = trainingBackend();
    if (backend && this.flat) {
      backend.writeInPlace(this.flat, values);
      return;
    }
    for (const [name, variable] of this.variables) {
      const { offset, size } = this.placements.get(name) as Placement;
      tf.tidy(() => variable.assign(tf.tensor(values.slice(offset, offset + size), variable.shape)));
    }
  }

  /** Writes the values of one parameter, in place. @throws RangeError if there are more or fewer */
  put(name: string, values: Float32Array<ArrayBuffer>): void {
    const variable = this.get(name);
    if (values.length !== variable.size) {
      throw new RangeError(`${name} has ${variable.size} numbers; ${values.length} were given.`);
    }
    const backend = trainingBackend();
    if (backend && this.flat) backend.writeInPlace(variable, values);
    else tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
  }

  /** Copies another store's parameter of the same name and shape, in place. */
  copyOne(name: string, other: ParameterStore): void {
    const backend = trainingBackend();
    if (backend && this.flat && other.flat) backend.copyInPlace(other.get(name), this.get(name));
    else this.get(name).assign(other.get(name));
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
}
