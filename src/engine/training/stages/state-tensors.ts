import * as tf from "@tensorflow/tfjs-core";
import { type Numbers, ResidentTensor } from "../../backend/resident-tensor";
import { ParameterStore } from "../../networks/parameters";
import { StepInputs } from "../../optimizers/step-inputs";
import { ResidentImages } from "../../views/resident-images";
import { FrozenAnswers } from "../tasks/parts/frozen-answers";

/** What one tensor holds, as it lies in a checkpoint. */
export interface StateTensor {
  readonly shape: readonly number[];
  readonly values: Numbers;
}

/** A checkpoint was taken of something else than what it shall be loaded into. */
export class StateMismatch extends Error {
  constructor(cause: string) {
    super(`The checkpoint does not fit: ${cause}.`);
    this.name = "StateMismatch";
  }
}

/** Images, step inputs and a frozen teacher's answers. */
const given = [StepInputs, ResidentImages, FrozenAnswers] as const;

/**
 * Every resident tensor that these objects hold, directly or through others, in the order of their fields. Networks,
 * optimizers, queues and probes are made by the same steps each time, so the order says which tensor is which, and a new
 * method's state is in a checkpoint without saying so. What is given anew is no state.
 *
 * @throws when they hold a tensor that is not a resident one, and could not be given other numbers on every backend
 */
function residentsOf(roots: readonly unknown[], outside: readonly unknown[]): ResidentTensor[] {
  const seen = new Set<object>();
  const found: ResidentTensor[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    if (ArrayBuffer.isView(value) || given.some((kind) => value instanceof kind)) return;
    if (value instanceof ParameterStore) visitStore(value);
    else if (value instanceof ResidentTensor) add(value);
    else if (value instanceof tf.Variable) add(ResidentTensor.of<tf.Tensor>(value));
    else if (value instanceof tf.Tensor)
      throw new Error(`A tensor [${value.shape}] that steps go on using is not a resident one.`);
    else for (const held of value instanceof Map ? value.values() : Object.values(value)) visit(held);
  };
  const add = (resident: ResidentTensor) => {
    seen.add(resident.tensor);
    found.push(resident);
  };
  const visitStore = (store: ParameterStore) => {
    for (const resident of store.residents) add(resident);
    // On WebGPU they are windows on what was added, and whoever updates them holds them as well.
    for (const tensor of [...store.variables.values(), store.flat]) if (tensor) seen.add(tensor);
  };
  for (const root of outside) visit(root);
  found.length = 0;
  for (const root of roots) visit(root);
  return found;
}

/** What all tensors hold now. @param outside what is reached, but belongs to others */
export function readState(
  roots: readonly unknown[],
  outside: readonly unknown[] = [],
): Promise<StateTensor[]> {
  const read = async ({ tensor }: ResidentTensor): Promise<StateTensor> => {
    const values = await tensor.data();
    const isFloat = tensor.dtype === "float32";
    // A copy: what the backend hands out may be its own.
    return { shape: tensor.shape, values: isFloat ? Float32Array.from(values) : Int32Array.from(values) };
  };
  return Promise.all(residentsOf(roots, outside).map(read));
}

/** Puts numbers back, in the place they were read from. @throws StateMismatch before anything is changed */
export function writeState(
  state: readonly StateTensor[],
  roots: readonly unknown[],
  outside: readonly unknown[] = [],
): void {
  const residents = residentsOf(roots, outside);
  if (residents.length !== state.length) {
    throw new StateMismatch(`${state.length} tensors are given where there are ${residents.length}`);
  }
  const pairs = residents.map((resident, place) => ({ resident, saved: state[place] as StateTensor }));
  for (const { resident, saved } of pairs) {
    const { dtype, shape, size } = resident.tensor;
    const isFloat = dtype === "float32";
    const sameShape = shape.join() === saved.shape.join() && saved.values.length === size;
    if (!sameShape || isFloat !== saved.values instanceof Float32Array) {
      throw new StateMismatch(`[${saved.shape}] is given where [${shape}] is held`);
    }
  }
  for (const { resident, saved } of pairs) resident.write(saved.values);
}
