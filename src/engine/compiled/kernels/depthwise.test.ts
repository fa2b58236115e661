import fc from "fast-check";
import { expect, test } from "vitest";
import { fromLayout, toLayout } from "../images.test-support";
import { KernelTrial, numbers, relativeError } from "../kernel-trial.test-support";
import { ImageLayout } from "../layout";
import {
  type ConvolutionShape,
  gradientBorder,
  inputBorder,
  inputExtent,
  outputExtent,
} from "./convolution-passes";
import {
  depthwiseFilterGradient,
  depthwiseForward,
  depthwiseGradientKernel,
  depthwiseInputGradient,
  depthwiseItems,
  depthwiseKernel,
} from "./depthwise";
import { joinGradient, packedBytes, packForward } from "./filters";

/** Padded as TensorFlow's "same": the odd zero comes last. */
const shapes = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 1, max: 9 }),
    width: fc.integer({ min: 1, max: 9 }),
    channels: fc.constantFrom(1, 5, 8, 12),
    kernelHeight: fc.integer({ min: 1, max: 5 }),
    kernelWidth: fc.integer({ min: 1, max: 5 }),
    stride: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ channels, ...s }): ConvolutionShape => {
    const [outHeight, outWidth] = [Math.ceil(s.height / s.stride), Math.ceil(s.width / s.stride)];
    const before = (size: number, out: number, kernel: number) =>
      Math.floor(Math.max(0, (out - 1) * s.stride + kernel - size) / 2);
    const padding = before(s.height, outHeight, s.kernelHeight);
    const left = before(s.width, outWidth, s.kernelWidth);
    return { ...s, from: channels, to: channels, outHeight, outWidth, padding, left };
  });

function overProducts(s: ConvolutionShape, meet: (x: number, w: number, y: number) => void): void {
  for (let n = 0; n < s.batch; n++)
    for (let oy = 0; oy < s.outHeight; oy++)
      for (let ox = 0; ox < s.outWidth; ox++)
        for (let ky = 0; ky < s.kernelHeight; ky++)
          for (let kx = 0; kx < s.kernelWidth; kx++) {
            const [iy, ix] = [oy * s.stride + ky - s.padding, ox * s.stride + kx - (s.left as number)];
            if (iy < 0 || ix < 0 || iy >= s.height || ix >= s.width) continue;
            for (let c = 0; c < s.from; c++) {
              const x = ((n * s.height + iy) * s.width + ix) * s.from + c;
              const y = ((n * s.outHeight + oy) * s.outWidth + ox) * s.from + c;
              meet(x, (ky * s.kernelWidth + kx) * s.from + c, y);
            }
          }
}

test("every pass of any depthwise convolution is what its definition says", () => {
  fc.assert(
    fc.property(shapes, fc.nat(1), (s, extra) => {
      const trial = new KernelTrial();
      const x = new ImageLayout(inputExtent(s), inputBorder(s) + extra);
      const dy = new ImageLayout(outputExtent(s), gradientBorder(s) + extra);
      const [y, dx] = [new ImageLayout(outputExtent(s), extra), new ImageLayout(inputExtent(s), extra)];
      const taps = s.kernelHeight * s.kernelWidth;
      const filter = { taps, from: 1, to: s.to };
      const given = {
        x: numbers(s.batch * s.height * s.width * s.from, 1),
        w: numbers(taps * s.from, 2),
        dy: numbers(s.batch * s.outHeight * s.outWidth * s.to, 3),
      };
      const at = {
        x: trial.put(toLayout(x, given.x)),
        dy: trial.put(toLayout(dy, given.dy)),
        w: trial.put(given.w),
        packed: trial.room(packedBytes(taps, 1, s.to)),
        y: trial.room(y.bytes),
        dx: trial.room(dx.bytes),
        dw: trial.room(4 * given.w.length),
      };
      const half = Math.floor(s.batch / 2);
      const pack = trial.kernel((module) => packForward(module, filter));
      const forward = trial.kernel((module) => depthwiseKernel(module, depthwiseForward(s, x, y)));
      const backward = depthwiseInputGradient(s, dy, dx).map((pass) =>
        trial.kernel((module) => depthwiseKernel(module, pass)),
      );
      const gradient = depthwiseFilterGradient(s, x, dy);
      const parts = trial.room(gradient.parts * packedBytes(taps, 1, s.to));
      const sums = trial.kernel((module) => depthwiseGradientKernel(module, gradient));
      const join = trial.kernel((module) => joinGradient(module, filter, gradient.parts));
      trial.run(pack, at.w, at.packed, 0, taps);
      for (const [from, to] of [
        [0, half],
        [half, s.batch],
      ] as const) {
        trial.run(forward, at.x, at.packed, at.y, from, to);
        for (const each of backward) trial.run(each, at.dy, at.packed, at.dx, from, to);
      }
      const items = depthwiseItems(gradient);
      trial.run(sums, at.x, at.dy, parts, 0, 1);
      trial.run(sums, at.x, at.dy, parts, 1, items);
      trial.run(join, parts, at.dw, 0, taps);
      const wanted = [y.batch * y.height * y.width * y.channels, given.x.length, given.w.length].map(
        (count) => new Float64Array(count),
      ) as [Float64Array, Float64Array, Float64Array];
      overProducts(s, (i, w, o) => {
        const [wantedY, wantedX, wantedW] = wanted;
        wantedY[o] = (wantedY[o] as number) + (given.x[i] as number) * (given.w[w] as number);
        wantedX[i] = (wantedX[i] as number) + (given.dy[o] as number) * (given.w[w] as number);
        wantedW[w] = (wantedW[w] as number) + (given.x[i] as number) * (given.dy[o] as number);
      });
      expect(relativeError(fromLayout(y, trial.floats(at.y, y.bytes / 4)), wanted[0])).toBeLessThan(2e-6);
      expect(relativeError(fromLayout(dx, trial.floats(at.dx, dx.bytes / 4)), wanted[1])).toBeLessThan(2e-6);
      expect(relativeError(trial.floats(at.dw, given.w.length), wanted[2])).toBeLessThan(2e-6);
    }),
    { numRuns: 40 },
  );
});
