import type { Evaluator } from "../evaluation/evaluator";
import { ridgeLayer } from "../evaluation/ridge";
import type { Backbone } from "../networks/backbone";
import type { NamedNumbers } from "../networks/parameters";
import { LabeledNetwork } from "./learners/labeled-network";
import type { EvaluatedNetwork } from "./tasks/parts/task";

/**
 * Reads a network's parameters and running statistics with what gives its classes: its own classifier, otherwise the probe
 * that learns alongside, otherwise the linear classifier of evaluations, as `ridge/weight` and `ridge/bias`.
 */
export async function exportedTensors(
  { backbone, classifier, probe }: Omit<EvaluatedNetwork, "momentum">,
  evaluator: Evaluator,
): Promise<readonly NamedNumbers[]> {
  const stores = [backbone.parameters, backbone.statistics];
  const tensors = (await Promise.all(stores.map((store) => store.named()))).flat();
  if (classifier instanceof LabeledNetwork) return [...tensors, ...(await classifier.classifier.named())];
  return [...tensors, ...(probe ? await probe.named() : await ridgeOf(backbone, evaluator))];
}

async function ridgeOf(backbone: Backbone, evaluator: Evaluator): Promise<readonly NamedNumbers[]> {
  const ridge = await evaluator.ridge(backbone);
  const { weight, bias } = ridgeLayer(ridge);
  return [
    { name: "ridge/weight", shape: [ridge.dimension, ridge.classes], values: weight },
    { name: "ridge/bias", shape: [ridge.classes], values: bias },
  ];
}
