import fc from "fast-check";
import { expect, test } from "vitest";
import type { ModuleWriter } from "../assembler/module-writer";
import { fromLayout, toLayout } from "../images.test-support";
import { KernelTrial, numbers, relativeError } from "../kernel-trial.test-support";
import { ImageLayout, lanes } from "../layout";
import { convolutionKernel, sumsBytes, type TapConvolution } from "./convolution";
import {
  type ConvolutionShape,
  filterGradientPass,
  forwardPass,
  gradientBorder,
  inputBorder,
  inputExtent,
  inputGradientPasses,
  outputExtent,
} from "./convolution-passes";
import { filterGradientKernel, gradientItems } from "./filter-gradient";
import { joinGradient, packBackward, packedBytes, packForward } from "./filters";
import { tiledConvolution, winogradKernel, winogradRoom } from "./winograd";
import {
  tiledGradient,
  tiledGradientItems,
  tiledGradientKernel,
  tiledGradientRoom,
} from "./winograd-gradient";
import { winogradWeightBytes, winogradWeights } from "./winograd-weights";

/** Calls `meet` for every product of a convolution, with indices into x, the filter and y. */
function overProducts(s: ConvolutionShape, meet: (x: number, w: number, y: number) => void): void {
  for (let n = 0; n < s.batch; n++)
    for (let oy = 0; oy < s.outHeight; oy++)
      for (let ox = 0; ox < s.outWidth; ox++)
        for (let ky = 0; ky < s.kernelHeight; ky++)
          for (let kx = 0; kx < s.kernelWidth; kx++) {
            const [iy, ix] = [oy * s.stride + ky - s.padding, ox * s.stride + kx - s.padding];
            if (iy < 0 || ix < 0 || iy >= s.height || ix >= s.width) continue;
            for (let i = 0; i < s.from; i++)
              for (let o = 0; o < s.to; o++) {
                const x = ((n * s.height + iy) * s.width + ix) * s.from + i;
                const w = ((ky * s.kernelWidth + kx) * s.from + i) * s.to + o;
                meet(x, w, ((n * s.outHeight + oy) * s.outWidth + ox) * s.to + o);
              }
          }
}

const shapes = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 1, max: 9 }),
    width: fc.integer({ min: 1, max: 9 }),
    from: fc.constantFrom(1, 3, 8, 12, 16),
    to: fc.constantFrom(1, 5, 8, 11, 16),
    kernelHeight: fc.integer({ min: 1, max: 4 }),
    kernelWidth: fc.integer({ min: 1, max: 4 }),
    stride: fc.integer({ min: 1, max: 3 }),
    padding: fc.nat(2),
  })
  .map((s): ConvolutionShape => {
    const out = (size: number, kernel: number) => Math.floor((size + 2 * s.padding - kernel) / s.stride) + 1;
    return { ...s, outHeight: out(s.height, s.kernelHeight), outWidth: out(s.width, s.kernelWidth) };
  })
  .filter((s) => s.outHeight > 0 && s.outWidth > 0);

const layoutsOf = (s: ConvolutionShape, extra: number) => ({
  x: new ImageLayout(inputExtent(s), inputBorder(s) + extra),
  dy: new ImageLayout(outputExtent(s), gradientBorder(s) + extra),
  y: new ImageLayout(outputExtent(s), extra),
  dx: new ImageLayout(inputExtent(s), extra),
});

const filterOf = (s: ConvolutionShape) => ({ taps: s.kernelHeight * s.kernelWidth, from: s.from, to: s.to });

/** All passes of one convolution, each in two shares. */
function passes(s: ConvolutionShape, extra: number) {
  const trial = new KernelTrial();
  const { x, dy, y, dx } = layoutsOf(s, extra);
  const filter = filterOf(s);
  const [taps, blocksIn] = [filter.taps, x.blocks];
  const given = {
    x: numbers(s.batch * s.height * s.width * s.from, 1),
    w: numbers(taps * s.from * s.to, 2),
    dy: numbers(s.batch * s.outHeight * s.outWidth * s.to, 3),
  };
  const at = {
    x: trial.put(toLayout(x, given.x)),
    dy: trial.put(toLayout(dy, given.dy)),
    w: trial.put(given.w),
    y: trial.room(y.bytes),
    dx: trial.room(dx.bytes),
    dw: trial.room(4 * given.w.length),
    sums: [0, 1].map(() => trial.room(sumsBytes(y.paddedChannels))),
  };
  const twice = (kernel: string, count: number, ...pointers: number[]) => {
    const half = Math.floor(count / 2);
    return () => {
      trial.run(kernel, ...pointers, 0, half);
      trial.run(kernel, ...pointers, half, count);
    };
  };
  const packed = trial.room(packedBytes(taps, s.from, s.to));
  const runs = [
    twice(
      trial.kernel((module) => packForward(module, filter)),
      taps,
      at.w,
      packed,
    ),
  ];
  const forward = trial.kernel((module) => convolutionKernel(module, forwardPass(s, x, y, true)));
  const half = Math.floor(s.batch / 2);
  runs.push(() => {
    trial.run(forward, at.x, packed, at.y, at.sums[0] as number, 0, half);
    trial.run(forward, at.x, packed, at.y, at.sums[1] as number, half, s.batch);
  });
  for (const { pass, taps: order } of inputGradientPasses(s, dy, dx)) {
    const weights = trial.room(packedBytes(order.length, s.to, s.from));
    if (order.length > 0)
      runs.push(
        twice(
          trial.kernel((module) => packBackward(module, filter, order)),
          blocksIn,
          at.w,
          weights,
        ),
      );
    const kernel = trial.kernel((module) => convolutionKernel(module, pass));
    runs.push(twice(kernel, s.batch, at.dy, weights, at.dx, 0));
  }
  const gradient = filterGradientPass(s, x, dy);
  const parts = trial.room(gradient.parts * packedBytes(taps, s.from, s.to));
  runs.push(
    twice(
      trial.kernel((module) => filterGradientKernel(module, gradient)),
      gradientItems(gradient),
      at.x,
      at.dy,
      parts,
    ),
  );
  runs.push(
    twice(
      trial.kernel((module) => joinGradient(module, filter, gradient.parts)),
      taps * s.from,
      parts,
      at.dw,
    ),
  );
  for (const run of runs) run();
  for (const [place, bytes] of [
    [at.y, y.bytes],
    [at.dx, dx.bytes],
    [at.dw, 4 * given.w.length],
  ] as const)
    trial.expectUntouched(place, bytes);
  return {
    given,
    y: fromLayout(y, trial.floats(at.y, y.bytes / 4)),
    dx: fromLayout(dx, trial.floats(at.dx, dx.bytes / 4)),
    dw: trial.floats(at.dw, given.w.length),
    sums: at.sums.map((sum) => trial.doubles(sum, 2 * y.paddedChannels)),
  };
}

/** Shapes for tiles: 3 × 3 taps and a block of channels at least. */
const tiledShapes = fc
  .record({
    batch: fc.integer({ min: 1, max: 5 }),
    height: fc.integer({ min: 1, max: 13 }),
    width: fc.integer({ min: 1, max: 11 }),
    from: fc.constantFrom(8, 12, 16, 40),
    to: fc.constantFrom(8, 11, 24),
    padding: fc.constantFrom(0, 1, 2),
  })
  .map((s): ConvolutionShape => {
    const out = (size: number) => size + 2 * s.padding - 2;
    const kernel = { kernelHeight: 3, kernelWidth: 3, stride: 1 };
    return { ...s, ...kernel, outHeight: out(s.height), outWidth: out(s.width) };
  })
  .filter((s) => s.outHeight > 0 && s.outWidth > 0);

/** A pass by Winograd's tiles, in two shares. */
function byTiles(
  pass: TapConvolution,
  x: ImageLayout,
  y: ImageLayout,
  given: Float32Array,
  pack: readonly [kernel: (module: ModuleWriter) => number, count: number, filter: Float32Array],
) {
  const trial = new KernelTrial();
  const [at, filter] = [trial.put(toLayout(x, given)), trial.put(pack[2])];
  const packed = trial.room(4 * 9 * pass.blocksIn * pass.blocksOut * lanes ** 2);
  const weights = trial.room(winogradWeightBytes(pass));
  const tiled = tiledConvolution(pass, 1);
  const [out, room] = [trial.room(y.bytes), trial.room(winogradRoom(tiled))];
  const sums = [0, 1].map(() => trial.room(sumsBytes(y.paddedChannels)));
  const half = Math.floor(pass.batch / 2);
  const packing = trial.kernel(pack[0]);
  const transforming = trial.kernel((module) => winogradWeights(module, pass));
  const kernel = trial.kernel((module) => winogradKernel(module, tiled));
  trial.run(packing, filter, packed, 0, pack[1]);
  trial.run(transforming, packed, weights, 0, 1);
  trial.run(transforming, packed, weights, 1, pass.blocksOut);
  trial.run(kernel, at, weights, out, sums[0] as number, room, 0, half);
  trial.run(kernel, at, weights, out, sums[1] as number, room, half, pass.batch);
  for (const [place, bytes] of [
    [out, y.bytes],
    [room, winogradRoom(tiled)],
    [weights, winogradWeightBytes(pass)],
  ] as const)
    trial.expectUntouched(place, bytes);
  const [first, second] = sums.map((sum) => trial.doubles(sum, 2 * y.paddedChannels)) as [
    Float64Array,
    Float64Array,
  ];
  return {
    y: fromLayout(y, trial.floats(out, y.bytes / 4)),
    sums: pass.sums ? first.map((value, i) => value + (second[i] as number)) : undefined,
  };
}

test("Winograd's tiles give what the definition says, forward and backward", () => {
  fc.assert(
    fc.property(tiledShapes, fc.nat(1), (s, extra) => {
      const { x, dy, y, dx } = layoutsOf(s, extra);
      const filter = filterOf(s);
      const given = {
        x: numbers(s.batch * s.height * s.width * s.from, 1),
        w: numbers(9 * s.from * s.to, 2),
        dy: numbers(s.batch * s.outHeight * s.outWidth * s.to, 3),
      };
      const [wantedY, wantedX] = [new Float64Array(given.dy.length), new Float64Array(given.x.length)];
      overProducts(s, (i, w, out) => {
        wantedY[out] = (wantedY[out] as number) + (given.x[i] as number) * (given.w[w] as number);
        wantedX[i] = (wantedX[i] as number) + (given.dy[out] as number) * (given.w[w] as number);
      });
      const forward = byTiles(forwardPass(s, x, y, true), x, y, given.x, [
        (module) => packForward(module, filter),
        9,
        given.w,
      ]);
      expect(relativeError(forward.y, wantedY)).toBeLessThan(5e-6);
      const padded = y.paddedChannels;
      const wantedSums = new Float64Array(2 * padded);
      wantedY.forEach((value, i) => {
        const channel = i % s.to;
        wantedSums[channel] = (wantedSums[channel] as number) + value;
        wantedSums[padded + channel] = (wantedSums[padded + channel] as number) + value * value;
      });
      expect(relativeError(forward.sums ?? [], wantedSums)).toBeLessThan(5e-6);
      const [backward, ...others] = inputGradientPasses(s, dy, dx);
      expect(others).toEqual([]);
      const { pass, taps } = backward as (typeof others)[number];
      const found = byTiles(pass, dy, dx, given.dy, [
        (module) => packBackward(module, filter, taps),
        x.blocks,
        given.w,
      ]);
      expect(relativeError(found.y, wantedX)).toBeLessThan(5e-6);
    }),
    { numRuns: 15 },
  );
});

test("every pass of any convolution is what its definition says", () => {
  fc.assert(
    fc.property(shapes, fc.nat(1), (s, extra) => {
      const { given, y, dx, dw, sums } = passes(s, extra);
      const [wantedY, wantedX, wantedW] = [
        new Float64Array(y.length),
        new Float64Array(given.x.length),
        new Float64Array(given.w.length),
      ];
      const add = (to: Float64Array, i: number, value: number) => {
        to[i] = (to[i] as number) + value;
      };
      overProducts(s, (x, w, out) => {
        add(wantedY, out, (given.x[x] as number) * (given.w[w] as number));
        add(wantedX, x, (given.dy[out] as number) * (given.w[w] as number));
        add(wantedW, w, (given.x[x] as number) * (given.dy[out] as number));
      });
      expect(relativeError(y, wantedY)).toBeLessThan(2e-6);
      expect(relativeError(dx, wantedX)).toBeLessThan(2e-6);
      expect(relativeError(dw, wantedW)).toBeLessThan(2e-6);
      const padded = (sums[0]?.length ?? 0) / 2;
      const wantedSums = new Float64Array(2 * padded);
      wantedY.forEach((value, i) => {
        add(wantedSums, i % s.to, value);
        add(wantedSums, padded + (i % s.to), value * value);
      });
      const found = (sums[0] as Float64Array).map((value, i) => value + (sums[1]?.[i] as number));
      expect(relativeError(found, wantedSums)).toBeLessThan(1e-5);
    }),
    { numRuns: 40 },
  );
});

test("a filter's gradient by tiles is what its definition says, on any share of the items", () => {
  fc.assert(
    fc.property(tiledShapes, fc.nat(1), fc.nat(), (s, extra, cut) => {
      const trial = new KernelTrial();
      const { x, dy } = layoutsOf(s, extra);
      const filter = filterOf(s);
      const given = {
        x: numbers(s.batch * s.height * s.width * s.from, 1),
        dy: numbers(s.batch * s.outHeight * s.outWidth * s.to, 3),
      };
      const at = { x: trial.put(toLayout(x, given.x)), dy: trial.put(toLayout(dy, given.dy)) };
      const spec = tiledGradient(filterGradientPass(s, x, dy));
      const [bytes, room] = [spec.parts * packedBytes(9, s.from, s.to), tiledGradientRoom(spec)];
      const [parts, roomAt, dw] = [trial.room(bytes), trial.room(room), trial.room(4 * 9 * s.from * s.to)];
      const kernel = trial.kernel((module) => tiledGradientKernel(module, spec));
      const join = trial.kernel((module) => joinGradient(module, filter, spec.parts));
      const items = tiledGradientItems(spec);
      trial.run(kernel, at.x, at.dy, parts, roomAt, 0, cut % items);
      trial.run(kernel, at.x, at.dy, parts, roomAt, cut % items, items);
      trial.run(join, parts, dw, 0, 9 * s.from);
      trial.expectUntouched(parts, bytes);
      trial.expectUntouched(roomAt, room);
      const wanted = new Float64Array(9 * s.from * s.to);
      overProducts(s, (from, w, out) => {
        wanted[w] = (wanted[w] as number) + (given.x[from] as number) * (given.dy[out] as number);
      });
      expect(relativeError(trial.floats(dw, wanted.length), wanted)).toBeLessThan(5e-6);
    }),
    { numRuns: 25 },
  );
});
