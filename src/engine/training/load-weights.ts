import type { Backbone } from "../networks/backbone";
import { type EncoderPlan, encoderParameters, encoderStatistics } from "../networks/encoders";
import type { NamedNumbers, ParameterPlan, ParameterStore } from "../networks/parameters";

/** Numbers from elsewhere do not fit the network that shall take them. */
export class WeightsMismatch extends Error {
  constructor(
    cause: string,
    /** The parameter that does not fit, where it is one. */
    readonly parameter?: string,
  ) {
    super(`The weights do not fit: ${cause}.`);
    this.name = "WeightsMismatch";
  }
}

/**
 * Whether these numbers are an encoder's of this plan, running statistics included. What they hold beside it (heads) is
 * nobody's concern. Looks only: needs no network.
 *
 * @throws WeightsMismatch naming the first parameter that is missing, of another shape, or not finite
 */
export function checkEncoderWeights(plan: EncoderPlan, tensors: readonly NamedNumbers[]): void {
  const given = byName(tensors);
  for (const wanted of [...encoderParameters(plan), ...encoderStatistics(plan)]) fitting(wanted, given);
}

/**
 * Puts an encoder's numbers and running statistics in place, by name; its heads stay as they are.
 *
 * @throws WeightsMismatch before anything is changed
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
 * A classifier's numbers, where there are some of its shape: an encoder that comes alone gets a new one.
 *
 * @returns whether there were
 */
export function loadClassifier(classifier: ParameterStore, tensors: readonly NamedNumbers[]): boolean {
  const given = byName(tensors);
  const fits = classifier.plans.every(
    ({ name, shape }) => given.get(name)?.shape.join() === [...shape].join(),
  );
  if (fits) for (const plan of classifier.plans) classifier.put(plan.name, fitting(plan, given));
  return fits;
}

/** Takes over another network's encoder, whatever heads the two have. @throws WeightsMismatch when they differ */
export function copyEncoder(from: Backbone, to: Backbone): void {
  if (JSON.stringify(from.encoder) !== JSON.stringify(to.encoder)) {
    throw new WeightsMismatch("they are of another encoder");
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
    throw new WeightsMismatch(`${name} is [${tensor.shape}] where [${shape}] is wanted`, name);
  }
  if (!tensor.values.every(Number.isFinite)) {
    throw new WeightsMismatch(`${name} holds a number that is not finite`, name);
  }
  return Float32Array.from(tensor.values);
}
