import * as tf from "@tensorflow/tfjs-core";
import { GraphBuilder } from "../graph/builder";
import { type Quantity, sizeOf } from "../graph/quantity";
import { tracingName } from "../in-use";
import type { Assignment } from "../lowering/lower-graph";
import { movement } from "../operations/movement";
import { type Attributes, type Inputs, Uncompilable } from "../operations/operation";
import { computedBefore, operations } from "../operations/table";
import type { Forerunner, Recipe, Resident } from "./recipe";

/** What tracing a step has found. */
export interface Trace {
  readonly residents: readonly Resident[];
  readonly forerunners: readonly Forerunner[];
  readonly assignments: readonly Assignment[];
  /** Tables of numbers that the step was given as they are: data of the WASM backend that belong to the trace. */
  readonly tables: readonly object[];
}

interface Traced {
  readonly quantity: Quantity;
  /** How it is made outside the step; undefined where it cannot be. */
  readonly recipe: Recipe | undefined;
  references: number;
}

/** Kernels whose results are true or false; in the graph these are 1 and 0. */
const conditions = new Set([
  "Less",
  "LessEqual",
  "Greater",
  "GreaterEqual",
  "Equal",
  "NotEqual",
  "LogicalNot",
  "LogicalAnd",
]);

/** Kernels that give numbers of the kind that they are given. */
const keepsKind = new Set(Object.keys(movement));

/** What the tracing backend has to know of the one that holds the tensors. */
export interface Surroundings {
  readonly variables: readonly tf.Variable[];
  /** Puts numbers where they stay. @returns their data */
  keepTable(values: tf.BackendValues, shape: number[], dtype: tf.DataType): object;
  /** Follows a recipe at once. */
  follow(recipe: Recipe): tf.Tensor;
}

/** A backend that computes nothing: it notes in a graph what a step would compute. */
export class TracingBackend extends tf.KernelBackend {
  private builder = new GraphBuilder();
  private surroundings: Surroundings | undefined;
  private traced = new Map<object, Traced>();
  private residents: Resident[] = [];
  private places = new Map<object, number>();
  private known = new Map<object, Quantity>();
  private variables = new Map<object, tf.Variable>();
  private forerunners: Forerunner[] = [];
  private overwritten = new Map<number, Quantity>();
  private tables: object[] = [];

  /** Everything that follows belongs to a new step. */
  begin(surroundings: Surroundings): void {
    this.builder = new GraphBuilder();
    this.surroundings = surroundings;
    this.traced = new Map();
    this.residents = [];
    this.places = new Map();
    this.known = new Map();
    this.variables = new Map(surroundings.variables.map((variable) => [variable.dataId, variable]));
    this.forerunners = [];
    this.overwritten = new Map();
    this.tables = [];
  }

  /** Tensors of the step that are still there. */
  get live(): number {
    return this.traced.size;
  }

  /** @param assigned variables whose numbers are now those of a traced tensor, by the data that they had before */
  end(assigned: ReadonlyMap<object, tf.Variable>): Trace {
    for (const [before, { dataId }] of assigned) {
      const place = this.places.get(before) ?? this.placeOf(before);
      this.overwritten.set(place, this.quantityOf({ dataId, shape: [], dtype: "float32" }));
    }
    const assignments = [...this.overwritten].map(([place, quantity]) => ({ place, quantity }));
    const { residents, forerunners, tables } = this;
    return { residents, forerunners, assignments, tables };
  }

  /** Forgets what was traced. @returns tables that nobody needs */
  abandon(): readonly object[] {
    this.traced.clear();
    return this.tables.splice(0);
  }

  /** A tensor that outlives the step takes over the numbers of another, as they are at this point of the step. */
  assign(source: tf.TensorInfo, target: tf.TensorInfo): void {
    if (this.traced.has(target.dataId)) throw new Uncompilable("A tensor of the step itself is overwritten.");
    const place = this.places.get(target.dataId) ?? this.placeOf(target.dataId);
    const quantity = this.quantityOf(source);
    const sameShape = this.builder.reshape(quantity, target.shape);
    this.overwritten.set(place, sameShape);
    this.known.set(target.dataId, sameShape);
  }

  /** Notes an operation. */
  note(name: string, inputs: tf.NamedTensorInfoMap, attributes: tf.NamedAttrMap): tf.TensorInfo[] {
    if (computedBefore.includes(name)) return this.noteForerunner(name, inputs, attributes);
    const build = operations[name];
    if (!build) throw new Uncompilable(`${name} has no compiled form.`);
    const given: Inputs = Object.fromEntries(
      Object.entries(inputs).map(([key, tensor]) => [key, this.quantityOf(tensor as tf.TensorInfo)]),
    );
    const first = Object.values(inputs)[0];
    const kind = keepsKind.has(name) && first?.dtype === "bool" ? first.dtype : undefined;
    return build(this.builder, given, attributes as Attributes).map((quantity, output) =>
      this.infoOf(
        quantity,
        kind ?? dtypeOf(name, quantity, attributes),
        this.recipeOf(name, inputs, attributes, output),
      ),
    );
  }

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): object {
    const numbers = values as ArrayLike<number>;
    const integer = dtype === "int32";
    const first = numbers[0] ?? 0;
    let isUniform = dtype !== "string";
    for (let i = 1; i < numbers.length && isUniform; i++) isUniform = numbers[i] === first;
    const recipe: Recipe = { kind: "numbers", values, shape, dtype };
    if (isUniform) return this.dataOf(this.builder.constant(Number(first), shape, integer), recipe);
    const table = this.around.keepTable(values, shape, dtype);
    this.tables.push(table);
    return this.dataOf(this.builder.resident(this.placeOf(table), shape, integer), recipe);
  }

  override disposeData(dataId: object, force = false): boolean {
    const traced = this.traced.get(dataId);
    if (!traced) return true;
    traced.references--;
    if (traced.references > 0 && !force) return false;
    this.traced.delete(dataId);
    return true;
  }

  override incRef(dataId: object): void {
    const traced = this.traced.get(dataId);
    if (traced) traced.references++;
  }

  override refCount(dataId: object): number {
    return this.traced.get(dataId)?.references ?? 0;
  }

  override numDataIds(): number {
    return this.traced.size;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override readSync(): never {
    throw new Uncompilable("The step reads numbers back.");
  }

  override read(): never {
    throw new Uncompilable("The step reads numbers back.");
  }

  private get around(): Surroundings {
    if (!this.surroundings) throw new Error("No step is being traced.");
    return this.surroundings;
  }

  private quantityOf({ dataId, shape, dtype }: tf.TensorInfo): Quantity {
    const traced = this.traced.get(dataId);
    if (traced) {
      const { quantity } = traced;
      return sizeOf(quantity.shape) === sizeOf(shape) ? this.builder.reshape(quantity, shape) : quantity;
    }
    const known = this.known.get(dataId);
    if (known) return this.builder.reshape(known, shape);
    if (dtype !== "float32" && dtype !== "int32") throw new Uncompilable(`A resident of ${dtype}.`);
    const made = this.builder.resident(this.placeOf(dataId), shape, dtype === "int32");
    this.known.set(dataId, made);
    return made;
  }

  private placeOf(dataId: object): number {
    const known = this.places.get(dataId);
    if (known !== undefined) return known;
    const variable = this.variables.get(dataId);
    const place = this.residents.push(variable ? { variable } : { dataId }) - 1;
    this.places.set(dataId, place);
    return place;
  }

  private noteForerunner(
    name: string,
    inputs: tf.NamedTensorInfoMap,
    attributes: tf.NamedAttrMap,
  ): tf.TensorInfo[] {
    const recipe = this.recipeOf(name, inputs, attributes, 0);
    if (!recipe) throw new Uncompilable(`${name} reads what the step changes.`);
    const result = this.around.follow(recipe);
    const { shape, dtype } = result;
    result.dispose();
    const place = this.residents.push({ dataId: {} }) - 1;
    this.forerunners.push({ recipe, place });
    return [this.infoOf(this.builder.resident(place, shape, dtype === "int32"), dtype, recipe)];
  }

  /** Only what is made of tensors as they were before the step can be made before it. */
  private recipeOf(
    name: string,
    inputs: tf.NamedTensorInfoMap,
    attributes: tf.NamedAttrMap,
    output: number,
  ): Recipe | undefined {
    const ingredients: [string, Recipe][] = [];
    for (const [key, tensor] of Object.entries(inputs)) {
      const recipe = this.ingredient(tensor as tf.Tensor);
      if (!recipe) return undefined;
      ingredients.push([key, recipe]);
    }
    return { kind: "kernel", name, ingredients, isList: Array.isArray(inputs), attributes, output };
  }

  private ingredient(tensor: tf.Tensor): Recipe | undefined {
    const { dataId } = tensor;
    const traced = this.traced.get(dataId);
    if (traced) return traced.recipe;
    const place = this.places.get(dataId);
    const isOverwritten = place !== undefined && this.overwritten.has(place);
    // A variable may have other data at the next step.
    return isOverwritten || this.variables.has(dataId) ? undefined : { kind: "tensor", tensor };
  }

  private dataOf(quantity: Quantity, recipe: Recipe | undefined): object {
    const dataId = {};
    this.traced.set(dataId, { quantity, recipe, references: 1 });
    return dataId;
  }

  private infoOf(quantity: Quantity, dtype: tf.DataType, recipe: Recipe | undefined): tf.TensorInfo {
    return { dataId: this.dataOf(quantity, recipe), shape: [...quantity.shape], dtype };
  }
}

function dtypeOf(name: string, { integer }: Quantity, attributes: tf.NamedAttrMap): tf.DataType {
  if (conditions.has(name)) return "bool";
  if (name === "Cast" || name === "OneHot") return attributes["dtype"] as tf.DataType;
  return integer ? "int32" : "float32";
}

let backend: TracingBackend | undefined;

/** The one tracing backend, with every operation that it can note. */
export function tracingBackend(): TracingBackend {
  if (backend) return backend;
  const made = new TracingBackend();
  tf.registerBackend(tracingName, () => made);
  // Those without a compiled form are noted as well, which says so.
  const known = tf.getKernelsForBackend("wasm").map(({ kernelName }) => kernelName);
  for (const kernelName of new Set([...Object.keys(operations), ...computedBefore, ...known])) {
    tf.registerKernel({
      kernelName,
      backendName: tracingName,
      kernelFunc: ({ inputs, attrs }) => {
        const infos = made.note(kernelName, inputs, attrs ?? {});
        return infos.length === 1 ? (infos[0] as tf.TensorInfo) : infos;
      },
    });
  }
  backend = made;
  return made;
}
