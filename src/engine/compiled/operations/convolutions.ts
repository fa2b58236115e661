import { baseOf, type LoweringContext, type Opaque, type Quantity } from "../graph/quantity";
import { convolutionKernel, type TapConvolution } from "../kernels/convolution";
import {
  type ConvolutionShape,
  filterGradientPass,
  forwardPass,
  gradientBorder,
  inputBorder,
  inputExtent,
  inputGradientPasses,
  outputExtent,
} from "../kernels/convolution-passes";
import { filterGradientKernel, gradientItems } from "../kernels/filter-gradient";
import { blocksOf, type FilterShape, packBackward, packedBytes, packForward } from "../kernels/filters";
import { suitsWinograd, tiledConvolution, winogradKernel, winogradRoom } from "../kernels/winograd";
import {
  suitsTiles,
  tiledGradient,
  tiledGradientItems,
  tiledGradientKernel,
  tiledGradientRoom,
} from "../kernels/winograd-gradient";
import { winogradWeightBytes, winogradWeights } from "../kernels/winograd-weights";
import type { ChunkSums, Images } from "../lowering/forms";
import { type Buffer, own, whole } from "../schedule/task";
import { packFilter, sumGradient } from "./filters";
import { type Build, input, type Operations, plain } from "./operation";

const filterOf = (s: ConvolutionShape): FilterShape => ({
  taps: s.kernelHeight * s.kernelWidth,
  from: s.from,
  to: s.to,
});

interface Convolved {
  readonly label: string;
  readonly pass: TapConvolution;
  readonly x: Images;
  readonly weights: Buffer | undefined;
  readonly y: Images;
  readonly sums?: ChunkSums | undefined;
}

function convolve(lowering: LoweringContext, convolved: Convolved): void {
  const { label, pass, x, weights, y, sums } = convolved;
  if (weights && lowering.winograd && suitsWinograd(pass)) {
    convolveByTiles(lowering, { ...convolved, weights });
    return;
  }
  lowering.add({
    label,
    split: lowering.batchRows(pass.batch),
    reads: [own(x.buffer), ...(weights ? [whole(weights)] : [])],
    writes: [own(y.buffer), ...(sums ? [own(sums.buffer)] : [])],
    emit: ({ module, f, from, to, chunk, address }) => {
      address(x.buffer);
      if (weights) address(weights);
      else f.i32(0);
      address(y.buffer);
      if (sums) {
        address(sums.buffer);
        f.get(chunk).i32(sums.bytes).mul().add();
      } else f.i32(0);
      f.get(from).get(to).call(convolutionKernel(module, pass));
    },
  });
}

function convolveByTiles(
  lowering: LoweringContext,
  { label, pass, x, weights, y, sums }: Convolved & { readonly weights: Buffer },
): void {
  const transformed = lowering.scratch("transformed filter", winogradWeightBytes(pass));
  lowering.add({
    label: "transform filter",
    split: { kind: "items", count: pass.blocksOut },
    reads: [whole(weights)],
    writes: [whole(transformed)],
    emit: ({ module, f, from, to, address }) => {
      address(weights);
      address(transformed);
      f.get(from).get(to).call(winogradWeights(module, pass));
    },
  });
  const split = lowering.batchRows(pass.batch);
  const tiled = tiledConvolution(pass, split.chunks);
  const bytes = winogradRoom(tiled);
  const room = lowering.threadRooms("room for tiles", bytes);
  lowering.add({
    label: `${label}, Winograd`,
    split,
    reads: [own(x.buffer), whole(transformed)],
    writes: [own(y.buffer), whole(room), ...(sums ? [own(sums.buffer)] : [])],
    emit: ({ module, f, from, to, chunk, thread, address }) => {
      for (const buffer of [x.buffer, transformed, y.buffer]) address(buffer);
      if (sums) {
        address(sums.buffer);
        f.get(chunk).i32(sums.bytes).mul().add();
      } else f.i32(0);
      address(room);
      f.get(thread).i32(bytes).mul().add();
      f.get(from).get(to).call(winogradKernel(module, tiled));
    },
  });
}

const forward: Build = (b, inputs, attributes) => {
  const s = attributes as unknown as ConvolutionShape;
  const [x, filter] = [plain(b, input(inputs, "x")), plain(b, input(inputs, "filter"))].map(baseOf) as [
    Quantity,
    Quantity,
  ];
  const made = b.opaque({
    label: "convolution",
    inputs: [x, filter],
    shapes: [[s.batch, s.outHeight, s.outWidth, s.to]],
    makesImages: true,
    borders: [{ quantity: x, border: inputBorder(s) }],
    lower: (lowering) => {
      const [y] = made as [Quantity];
      const shape = filterOf(s);
      const images = lowering.images(x, inputExtent(s), inputBorder(s));
      const bytes = packedBytes(shape.taps, s.from, s.to);
      const weights = packFilter(lowering, filter, bytes, shape.taps, (module) => packForward(module, shape));
      const out = lowering.defineImages(y, outputExtent(s), "convolved");
      const wanted = y.source.kind === "unit" ? (y.source.unit as Opaque).sums : undefined;
      const [sums] = wanted ? lowering.defineSums([wanted], s.batch, s.to) : [];
      const pass = forwardPass(s, images.layout, out.layout, sums !== undefined);
      convolve(lowering, { label: "convolution", pass, x: images, weights, y: out, sums });
    },
  });
  return made;
};

const inputGradient: Build = (b, inputs, attributes) => {
  const s = attributes as unknown as ConvolutionShape;
  const [dy, filter] = [plain(b, input(inputs, "dy")), plain(b, input(inputs, "filter"))].map(baseOf) as [
    Quantity,
    Quantity,
  ];
  const made = b.opaque({
    label: "input gradient",
    inputs: [dy, filter],
    shapes: [[s.batch, s.height, s.width, s.from]],
    makesImages: true,
    borders: [{ quantity: dy, border: gradientBorder(s) }],
    lower: (lowering) => {
      const shape = filterOf(s);
      const images = lowering.images(dy, outputExtent(s), gradientBorder(s));
      const out = lowering.defineImages(made[0] as Quantity, inputExtent(s), "input gradient");
      for (const { pass, taps } of inputGradientPasses(s, images.layout, out.layout)) {
        const weights =
          taps.length === 0
            ? undefined
            : packFilter(
                lowering,
                filter,
                packedBytes(taps.length, s.to, s.from),
                blocksOf(s.from),
                (module) => packBackward(module, shape, taps),
              );
        convolve(lowering, { label: "input gradient", pass, x: images, weights, y: out });
      }
    },
  });
  return made;
};

const filterGradient: Build = (b, inputs, attributes) => {
  const s = attributes as unknown as ConvolutionShape;
  const [x, dy] = [plain(b, input(inputs, "x")), plain(b, input(inputs, "dy"))].map(baseOf) as [
    Quantity,
    Quantity,
  ];
  const made = b.opaque({
    label: "filter gradient",
    inputs: [x, dy],
    shapes: [[s.kernelHeight, s.kernelWidth, s.from, s.to]],
    borders: [{ quantity: x, border: inputBorder(s) }],
    lower: (lowering) => {
      const shape = filterOf(s);
      const images = lowering.images(x, inputExtent(s), inputBorder(s));
      const gradients = lowering.images(dy, outputExtent(s));
      const pass = filterGradientPass(s, images.layout, gradients.layout);
      const given = { shape, images, gradients, out: made[0] as Quantity };
      if (lowering.winograd && suitsTiles(pass)) {
        const tiled = tiledGradient(pass);
        sumGradient(lowering, {
          ...{ ...given, parts: tiled.parts, items: tiledGradientItems(tiled) },
          roomBytes: tiledGradientRoom(tiled),
          kernel: (module) => tiledGradientKernel(module, tiled),
        });
      } else
        sumGradient(lowering, {
          ...{ ...given, parts: pass.parts, items: gradientItems(pass) },
          kernel: (module) => filterGradientKernel(module, pass),
        });
    },
  });
  return made;
};

export const convolutions: Operations = {
  RetortConv2D: forward,
  RetortConv2DInputGradient: inputGradient,
  RetortConv2DFilterGradient: filterGradient,
};
