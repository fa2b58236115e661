import { blockUntilReady, defaultDevice, init, jit, lax, nn, numpy as np, valueAndGrad } from "@jax-js/jax";
import { layersOf, learningRate, momentum, type SupervisedWorkload } from "../../workloads.ts";
import type { Contender } from "../contender.ts";
import { classifier, type InitialValues, initialValues } from "../initial-values.ts";

type Parameters = Record<string, np.Array>;

/** Filters in the layout of jax-js: [to, from, k, k]. */
function toOIHW(filter: Float32Array, kernel: number, from: number, to: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(filter.length);
  for (let k = 0; k < kernel * kernel; k++) {
    for (let i = 0; i < from; i++) {
      for (let o = 0; o < to; o++) {
        out[(o * from + i) * kernel * kernel + k] = filter[(k * from + i) * to + o] as number;
      }
    }
  }
  return out;
}

/** Images in the layout of jax-js: [batch, channels, size, size]. */
function toNCHW({ images }: InitialValues, { batch, size, channels }: SupervisedWorkload): np.Array {
  return np.array(images).reshape([batch, size, size, channels]).transpose([0, 3, 1, 2]);
}

function firstParameters(workload: SupervisedWorkload, { weights }: InitialValues): Parameters {
  const parameters: Parameters = {};
  for (const { name, convolution } of layersOf(workload)) {
    const { kernel, from, to } = convolution;
    const filter = toOIHW(weights.get(name) as Float32Array, kernel, from, to);
    parameters[`${name}/filter`] = np.array(filter).reshape([to, from, kernel, kernel]);
    parameters[`${name}/gamma`] = np.ones([1, to, 1, 1]);
    parameters[`${name}/beta`] = np.zeros([1, to, 1, 1]);
  }
  const { features } = workload.network;
  parameters["weight"] = np
    .array(weights.get(classifier) as Float32Array<ArrayBuffer>)
    .reshape([features, workload.classes]);
  parameters["bias"] = np.zeros([workload.classes]);
  return parameters;
}

/**
 * jax-js with the whole step under jit. It counts references, so every use of an array but the last goes through
 * `ref`.
 */
export async function jax(workload: SupervisedWorkload, device: "webgpu" | "wasm"): Promise<Contender> {
  if (!(await init(device)).includes(device)) throw new Error(`jax-js found no ${device}.`);
  defaultDevice(device);
  const values = initialValues(workload);
  const { batch, classes, network } = workload;
  const strides = new Map(layersOf(workload).map(({ name, convolution }) => [name, convolution]));

  const layer = (all: Parameters, name: string, x: np.Array): np.Array => {
    const { kernel, stride } = strides.get(name) as { kernel: number; stride: number };
    const p = (kernel - 1) / 2;
    const take = (part: string) => (all[`${name}/${part}`] as np.Array).ref;
    const y = lax.convGeneralDilated(
      x,
      take("filter"),
      [stride, stride],
      [
        [p, p],
        [p, p],
      ],
    );
    const mean = np.mean(y.ref, [0, 2, 3], { keepdims: true });
    const centered = y.sub(mean);
    const variance = np.mean(np.square(centered.ref), [0, 2, 3], { keepdims: true });
    return centered
      .div(np.sqrt(variance.add(1e-5)))
      .mul(take("gamma"))
      .add(take("beta"));
  };
  const loss = (all: Parameters, images: np.Array, wanted: np.Array): np.Array => {
    let y = nn.relu(layer(all, "stem", images));
    for (const [b, { path, shortcut }] of network.blocks.entries()) {
      const identity = shortcut ? layer(all, `block${b}/shortcut`, y.ref) : y.ref;
      path.forEach((_, c) => {
        y = layer(all, `block${b}/conv${c}`, y);
        if (c < path.length - 1) y = nn.relu(y);
      });
      y = nn.relu(y.add(identity));
    }
    const features = np.mean(y, [2, 3]);
    const logits = np.dot(features, (all["weight"] as np.Array).ref).add((all["bias"] as np.Array).ref);
    return np.sum(nn.logSoftmax(logits, -1).mul(wanted)).mul(-1 / batch);
  };
  const update = jit((all: Parameters, moments: Parameters, images: np.Array, wanted: np.Array) => {
    const [value, gradients] = valueAndGrad(loss)(all, images, wanted) as [np.Array, Parameters];
    const [next, nextMoments]: [Parameters, Parameters] = [{}, {}];
    for (const [name, gradient] of Object.entries(gradients)) {
      const moment = (moments[name] as np.Array).mul(momentum).add(gradient);
      nextMoments[name] = moment.ref;
      next[name] = (all[name] as np.Array).sub(moment.mul(learningRate));
    }
    return [value, next, nextMoments] as [np.Array, Parameters, Parameters];
  });

  let parameters = firstParameters(workload, values);
  let moments: Parameters = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, np.zeros(value.shape)]),
  );
  const images = toNCHW(values, workload);
  const wanted = nn.oneHot(np.array(values.labels, { dtype: np.int32 }), classes);
  let last: np.Array | undefined;
  return {
    step: () => {
      last?.dispose();
      [last, parameters, moments] = update(parameters, moments, images.ref, wanted.ref);
    },
    settle: async () => {
      await blockUntilReady(parameters);
      await blockUntilReady(moments);
      return Number(((await last?.ref.data()) as ArrayLike<number> | undefined)?.[0] ?? Number.NaN);
    },
  };
}
