import * as tf from "@tensorflow/tfjs-core";
import { trainingBackend } from "../backend/backend";
import { ParameterStore } from "../networks/parameters";
import { StepInputs } from "../optimisers/step-inputs";
import { ResidentImages } from "../views/resident-images";

type Numbers = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

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

interface Slot {
  readonly tensor: tf.Tensor;
  /** For backends without writing in place: whoever holds the tensor gets another one. */
  readonly replace: (fresh: tf.Tensor) => void;
}

/**
 * Every tensor that these objects hold, directly or through others, in the order of their fields. Networks, optimisers,
 * queues and probes are made by the same steps each time, so the order says which tensor is which, and a new method's
 * state is in a checkpoint without saying so. Images and step inputs are no state: they are given anew.
 */
function slotsOf(roots: readonly unknown[], outside: readonly unknown[]): Slot[] {
  const seen = new Set<object>();
  const slots: Slot[] = [];
  const visit = (value: unknown, replace: Slot["replace"]): void => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    if (ArrayBuffer.isView(value) || value instanceof StepInputs || value instanceof ResidentImages) return;
    if (value instanceof tf.Tensor) slots.push({ tensor: value, replace });
    else if (value instanceof ParameterStore) visitStore(value);
    else if (value instanceof Map)
      for (const [key, held] of value) visit(held, (fresh) => value.set(key, fresh));
    else if (value instanceof Set) for (const held of value) visit(held, noReplacing);
    else visitFields(value as Record<string, unknown>);
  };
  const visitStore = (store: ParameterStore) => {
    // The variables are windows on the flat tensor, where there is one.
    if (store.flat) slots.push({ tensor: store.flat, replace: noReplacing });
    else
      for (const variable of store.variables.values()) slots.push({ tensor: variable, replace: noReplacing });
  };
  const visitFields = (holder: Record<string, unknown>) => {
    for (const [name, held] of Object.entries(holder)) {
      visit(held, (fresh) => {
        holder[name] = fresh;
      });
    }
  };
  for (const root of outside) visit(root, noReplacing);
  slots.length = 0;
  for (const root of roots) visit(root, noReplacing);
  return slots;
}

function noReplacing(): never {
  throw new Error("A tensor that nobody can exchange is a part of the state.");
}

/** What all tensors hold now. @param outside what is reached, but belongs to others */
export function readState(
  roots: readonly unknown[],
  outside: readonly unknown[] = [],
): Promise<StateTensor[]> {
  const read = async ({ tensor }: Slot): Promise<StateTensor> => {
    const values = await tensor.data();
    const isFloat = tensor.dtype === "float32";
    // A copy: what the backend hands out may be its own.
    return { shape: tensor.shape, values: isFloat ? Float32Array.from(values) : Int32Array.from(values) };
  };
  return Promise.all(slotsOf(roots, outside).map(read));
}

/** Puts numbers back, in the place they were read from. @throws StateMismatch before anything is changed */
export function writeState(
  state: readonly StateTensor[],
  roots: readonly unknown[],
  outside: readonly unknown[] = [],
): void {
  const slots = slotsOf(roots, outside);
  if (slots.length !== state.length) {
    throw new StateMismatch(`${state.length} tensors are given where there are ${slots.length}`);
  }
  const pairs = slots.map((slot, place) => ({ slot, given: state[place] as StateTensor }));
  for (const { slot, given } of pairs) {
    const isFloat = slot.tensor.dtype === "float32";
    const sameShape =
      slot.tensor.shape.join() === given.shape.join() && given.values.length === slot.tensor.size;
    if (!sameShape || isFloat !== given.values instanceof Float32Array) {
      throw new StateMismatch(`[${given.shape}] is given where [${slot.tensor.shape}] is held`);
    }
  }
  for (const { slot, given } of pairs) put(slot, given.values);
}

function put({ tensor, replace }: Slot, values: Numbers): void {
  const backend = trainingBackend();
  if (backend) {
    backend.writeInPlace(tensor, values);
    return;
  }
  const fresh = tf.tensor(values, tensor.shape, tensor.dtype);
  if (tensor instanceof tf.Variable) {
    tensor.assign(fresh);
    fresh.dispose();
  } else {
    tensor.dispose();
    replace(tf.keep(fresh));
  }
}
