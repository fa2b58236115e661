import { Purpose, randomFor } from "../../../src/engine/math/random.ts";
import { layersOf, type SupervisedWorkload } from "../workloads.ts";

/** A batch and the initial values of all parameters, the same for every contender. */
export interface InitialValues {
  /** [batch, size, size, channels] */
  readonly images: Float32Array<ArrayBuffer>;
  /** [batch] */
  readonly labels: Int32Array<ArrayBuffer>;
  /** Filters [k, k, from, to] by layer, and the linear layer's weight [features, classes]. γ is 1, β and bias are 0. */
  readonly weights: ReadonlyMap<string, Float32Array<ArrayBuffer>>;
}

export const classifier = "classifier";

export function initialValues(workload: SupervisedWorkload): InitialValues {
  const { batch, size, channels, classes, network } = workload;
  const random = randomFor(1, Purpose.test);
  const scaled = (count: number, stream: number, by: number) =>
    Float32Array.from(random.normals(count, stream), (x) => x * by);
  const weights = layersOf(workload).map(({ name, convolution: { kernel, from, to } }, i) => {
    const deviation = Math.sqrt(2 / (kernel ** 2 * from));
    return [name, scaled(kernel ** 2 * from * to, i + 2, deviation)] as const;
  });
  return {
    images: scaled(batch * size * size * channels, 0, 1),
    labels: Int32Array.from({ length: batch }, (_, i) => i % classes),
    weights: new Map([...weights, [classifier, scaled(network.features * classes, 1, 0.1)]]),
  };
}
