import * as tf from "@tensorflow/tfjs-core";
import { defineOperation } from "../../backend/operation";
import { perRun, programOver, runsIn } from "../../backend/program";
import { allocate, numbersOf } from "../../backend/wasm/heap";

interface Pool {
  readonly batch: number;
  readonly pixels: number;
  readonly channels: number;
}

const runPool = defineOperation<"x", Pool>(["x"], {
  name: "RetortGlobalAveragePool",
  gpu: (backend, { x }, { batch, pixels, channels }) => {
    const y = backend.output([batch, channels]);
    const body = `  let c = index % ${channels};
  let first = (index / ${channels}) * ${pixels * channels} + c;
  var sum = 0.0;
  for (var p = 0; p < ${pixels}; p++) { sum += x[first + p * ${channels}]; }
  y[index] = sum * f32(${1 / pixels});`;
    backend.run(programOver("global average pool", ["x"], ["y"], batch * channels, body), [x, y]);
    return [y];
  },
  reference: ({ x }, { batch, pixels, channels }) => [tf.mean(tf.reshape(x, [batch, pixels, channels]), 1)],
  gradient: ([dy], { inputs: { x } }, pool) => ({
    x: () => tf.reshape(runSpread({ dy: dy as tf.Tensor }, pool)[0] as tf.Tensor, x.shape),
  }),
});

const runSpread = defineOperation<"dy", Pool>(["dy"], {
  name: "RetortGlobalAveragePoolGradient",
  gpu: (backend, { dy }, { batch, pixels, channels }) => {
    const dx = backend.output([batch, pixels, channels]);
    const count = batch * pixels * channels;
    const body = perRun(
      count,
      `    dx[i] = dy[(i / ${pixels * channels}) * ${channels} + i % ${channels}] * f32(${1 / pixels});`,
    );
    backend.run(programOver("pool gradient", ["dy"], ["dx"], runsIn(count), body), [dy, dx]);
    return [dx];
  },
  reference: ({ dy }, { batch, pixels, channels }) => [
    tf.tile(tf.reshape(tf.div(dy, pixels), [batch, 1, channels]), [1, pixels, 1]),
  ],
  wasm: ({ dy }, { batch, pixels, channels }) => {
    const dx = allocate([batch, pixels, channels]);
    const [shares, spread] = numbersOf(tf.div(dy, pixels), dx);
    for (let image = 0; image < batch; image++) {
      const share = shares.subarray(image * channels, (image + 1) * channels);
      for (let p = 0; p < pixels; p++) spread.set(share, (image * pixels + p) * channels);
    }
    return [dx];
  },
});

/** The mean over all pixels. [batch, height, width, channels] → [batch, channels]; the caller owns the result. */
export function globalAveragePool(x: tf.Tensor4D): tf.Tensor2D {
  const [batch, height, width, channels] = x.shape;
  return runPool({ x }, { batch, pixels: height * width, channels })[0] as tf.Tensor2D;
}
