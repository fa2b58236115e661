import * as tf from "@tensorflow/tfjs-core";
import { allocate, numbersOf } from "../../backend/wasm/heap";
import type { DepthwiseShape } from "./shape";

/** Calls `meet` for each pair of a tap and a pixel, with the indices of their first channel in x, y and the filter. */
function overTaps(s: DepthwiseShape, meet: (image: number, output: number, tap: number) => void): void {
  const { batch, height, width, channels, outHeight, outWidth, stride, top, left } = s;
  for (let n = 0; n < batch; n++) {
    for (let y = 0; y < outHeight; y++) {
      for (let x = 0; x < outWidth; x++) {
        const output = ((n * outHeight + y) * outWidth + x) * channels;
        for (let ky = 0; ky < s.kernelHeight; ky++) {
          const row = y * stride + ky - top;
          if (row < 0 || row >= height) continue;
          for (let kx = 0; kx < s.kernelWidth; kx++) {
            const column = x * stride + kx - left;
            if (column < 0 || column >= width) continue;
            const image = ((n * height + row) * width + column) * channels;
            meet(image, output, (ky * s.kernelWidth + kx) * channels);
          }
        }
      }
    }
  }
}

/** Returns y [batch, outHeight, outWidth, channels]. The caller owns it. */
export function depthwiseForwardByWasm(x: tf.Tensor4D, filter: tf.Tensor4D, s: DepthwiseShape): tf.Tensor {
  // XNNPACK uses all cores, but its results are wrong if the filter is smaller than the stride.
  if (Math.min(s.kernelHeight, s.kernelWidth) >= s.stride) {
    return tf.depthwiseConv2d(x, filter, s.stride, "same");
  }
  const y = allocate([s.batch, s.outHeight, s.outWidth, s.channels]);
  const [xs, ws, ys] = numbersOf(x, filter, y);
  ys.fill(0);
  overTaps(s, (image, output, tap) => {
    for (let c = 0; c < s.channels; c++) {
      ys[output + c] = (ys[output + c] as number) + (xs[image + c] as number) * (ws[tap + c] as number);
    }
  });
  return y;
}

/** Returns dx [batch, height, width, channels]. The caller owns it. */
export function depthwiseInputGradientByWasm(dy: tf.Tensor, filter: tf.Tensor, s: DepthwiseShape): tf.Tensor {
  const dx = allocate([s.batch, s.height, s.width, s.channels]);
  const [dys, ws, dxs] = numbersOf(dy, filter, dx);
  dxs.fill(0);
  overTaps(s, (image, output, tap) => {
    for (let c = 0; c < s.channels; c++) {
      dxs[image + c] = (dxs[image + c] as number) + (dys[output + c] as number) * (ws[tap + c] as number);
    }
  });
  return dx;
}

/** Returns dW [kernelHeight, kernelWidth, channels, 1]. The caller owns it. */
export function depthwiseFilterGradientByWasm(x: tf.Tensor, dy: tf.Tensor, s: DepthwiseShape): tf.Tensor {
  const dw = allocate([s.kernelHeight, s.kernelWidth, s.channels, 1]);
  const [xs, dys, dws] = numbersOf(x, dy, dw);
  const sums = new Float64Array(dws.length);
  overTaps(s, (image, output, tap) => {
    for (let c = 0; c < s.channels; c++) {
      sums[tap + c] = (sums[tap + c] as number) + (xs[image + c] as number) * (dys[output + c] as number);
    }
  });
  dws.set(sums);
  return dw;
}
