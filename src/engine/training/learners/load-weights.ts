import type { Backbone } from "../../networks/backbone";
import { type EncoderPlan, encoderParameters, encoderStatistics } from "../../networks/encoders";
import type { NamedNumbers, ParameterPlan, ParameterStore } from "../../networks/parameters";

/** Weights do not fit the network that they are loaded into. */
export class WeightsMismatch extends Error {
  constructor(
    cause: string,
    /** The parameter that does not fit, if it is a single one. */
    readonly parameter?: string,
  ) {
    super(`The weights do not fit: ${cause}.`);
    this.name = "WeightsMismatch";
  }
}

/**
 * Checks that tensors contain an encoder of this plan, including its running statistics. Other tensors, such as
 * heads, are ignored. Needs no network.
 *
 * @throws WeightsMismatch naming the first parameter that is missing, of another shape, or not finite
 */
export function checkEncoderWeights(plan: EncoderPlan, tensors: readonly NamedNumbers[]): void {
  const given = byName(tensors);
  for (const wanted of [...encoderParameters(plan), ...encoderStatistics(plan)]) fitting(wanted, given);
}

/**
 * Loads an encoder's parameters and running statistics in place, by name; heads are unchanged.
 *
 * @throws WeightsMismatch before anything changes
 */
export function loadEncoder(network: Backbone, tensors: readonly NamedNumbers[]): void {
  const { encoder, parameters, statistics } = network;
  checkEncoderWeights(encoder, tensors);
  const given = byName(tensors);
  const load = (store: ParameterStore, plans: readonly ParameterPlan[]) => {
    for (const plan of plans) store.put(plan.name, fitting(plan, given));
  };
  load(parameters, encoderParameters(encoder));
  load(statistics, encoderStatistics(encoder));
}

/**
 * Loads a classifier if the tensors contain one of its shape; otherwise it keeps its initial values.
 *
 * @returns whether it was loaded
 */
export function loadClassifier(classifier: ParameterStore, tensors: readonly NamedNumbers[]): boolean {
  const given = byName(tensors);
  const fits = classifier.plans.every(
    ({ name, shape }) => given.get(name)?.shape.join() === [...shape].join(),
  );
  if (fits) for (const plan of classifier.plans) classifier.put(plan.name, fitting(plan, given));
  return fits;
}

/** Copies another network's encoder, whatever heads the two have. @throws WeightsMismatch if the encoders differ */
export function copyEncoder(from: Backbone, to: Backbone): void {
  if (JSON.stringify(from.encoder) !== JSON.stringify(to.encoder)) {
    throw new WeightsMismatch("they belong to another encoder");
  }
  for (const { name } of encoderParameters(to.encoder)) to.parameters.copyOne(name, from.parameters);
  for (const { name } of encoderStatistics(to.encoder)) to.statistics.copyOne(name, from.statistics);
}

const byName = (tensors: readonly NamedNumbers[]): ReadonlyMap<string, NamedNumbers> =>
  new Map(tensors.map((tensor) => [tensor.name, tensor]));

function fitting(
  { name, shape }: ParameterPlan,
  given: ReadonlyMap<string, NamedNumbers>,
): Float32Array<ArrayBuffer> {
  const tensor = given.get(name);
  if (!tensor) throw new WeightsMismatch(`${name} is missing`, name);
  if (tensor.shape.join() !== shape.join()) {
    throw new WeightsMismatch(`${name} is [${tensor.shape}] where [${shape}] is needed`, name);
  }
  if (!tensor.values.every(Number.isFinite)) {
    throw new WeightsMismatch(`${name} contains a number that is not finite`, name);
  }
  return Float32Array.from(tensor.values);
}
