import { baseOf, type LoweringContext, type Quantity } from "../graph/quantity";
import {
  type ConvolutionShape,
  gradientBorder,
  inputBorder,
  inputExtent,
  outputExtent,
} from "../kernels/convolution-passes";
import {
  type DepthwisePass,
  depthwiseFilterGradient,
  depthwiseForward,
  depthwiseGradientKernel,
  depthwiseInputGradient,
  depthwiseItems,
  depthwiseKernel,
} from "../kernels/depthwise";
import { type FilterShape, packedBytes, packForward } from "../kernels/filters";
import type { Images } from "../lowering/forms";
import { type Buffer, own, whole } from "../schedule/task";
import { packFilter, sumGradient } from "./filters";
import { type Attributes, type Build, input, type Operations, plain } from "./operation";

/** TensorFlow's "same" padding, each channel with its own filter [height, width, channels, 1]. */
function depthwiseShape(attributes: Attributes): ConvolutionShape {
  const { channels, top, left, ...s } = attributes as unknown as Omit<
    ConvolutionShape,
    "from" | "to" | "padding"
  > & {
    readonly channels: number;
    readonly top: number;
    readonly left: number;
  };
  return { ...s, from: channels, to: channels, padding: top, left };
}

const depthwiseFilter = ({ kernelHeight, kernelWidth, to }: ConvolutionShape): FilterShape => ({
  taps: kernelHeight * kernelWidth,
  from: 1,
  to,
});

function packDepthwise(lowering: LoweringContext, filter: Quantity, s: ConvolutionShape): Buffer {
  const shape = depthwiseFilter(s);
  const bytes = packedBytes(shape.taps, 1, s.to);
  return packFilter(lowering, filter, bytes, shape.taps, (module) => packForward(module, shape));
}

function convolveDepthwise(
  lowering: LoweringContext,
  pass: DepthwisePass,
  x: Images,
  weights: Buffer,
  y: Images,
): void {
  lowering.add({
    label: "depthwise",
    split: lowering.batchRows(pass.batch),
    reads: [own(x.buffer), whole(weights)],
    writes: [own(y.buffer)],
    emit: ({ module, f, from, to, address }) => {
      for (const buffer of [x.buffer, weights, y.buffer]) address(buffer);
      f.get(from).get(to).call(depthwiseKernel(module, pass));
    },
  });
}

const depthwise: Build = (b, inputs, attributes) => {
  const s = depthwiseShape(attributes);
  const [x, filter] = [plain(b, input(inputs, "x")), plain(b, input(inputs, "filter"))].map(baseOf) as [
    Quantity,
    Quantity,
  ];
  const made = b.opaque({
    label: "depthwise",
    inputs: [x, filter],
    shapes: [[s.batch, s.outHeight, s.outWidth, s.to]],
    makesImages: true,
    borders: [{ quantity: x, border: inputBorder(s) }],
    lower: (lowering) => {
      const images = lowering.images(x, inputExtent(s), inputBorder(s));
      const weights = packDepthwise(lowering, filter, s);
      const out = lowering.defineImages(made[0] as Quantity, outputExtent(s), "depthwise");
      convolveDepthwise(lowering, depthwiseForward(s, images.layout, out.layout), images, weights, out);
    },
  });
  return made;
};

const depthwiseBackward: Build = (b, inputs, attributes) => {
  const s = depthwiseShape(attributes);
  const [dy, filter] = [plain(b, input(inputs, "dy")), plain(b, input(inputs, "filter"))].map(baseOf) as [
    Quantity,
    Quantity,
  ];
  const made = b.opaque({
    label: "depthwise input gradient",
    inputs: [dy, filter],
    shapes: [[s.batch, s.height, s.width, s.from]],
    makesImages: true,
    borders: [{ quantity: dy, border: gradientBorder(s) }],
    lower: (lowering) => {
      const images = lowering.images(dy, outputExtent(s), gradientBorder(s));
      const weights = packDepthwise(lowering, filter, s);
      const out = lowering.defineImages(made[0] as Quantity, inputExtent(s), "depthwise input gradient");
      for (const pass of depthwiseInputGradient(s, images.layout, out.layout))
        convolveDepthwise(lowering, pass, images, weights, out);
    },
  });
  return made;
};

const depthwiseSums: Build = (b, inputs, attributes) => {
  const s = depthwiseShape(attributes);
  const [x, dy] = [plain(b, input(inputs, "x")), plain(b, input(inputs, "dy"))].map(baseOf) as [
    Quantity,
    Quantity,
  ];
  const made = b.opaque({
    label: "depthwise filter gradient",
    inputs: [x, dy],
    shapes: [[s.kernelHeight, s.kernelWidth, s.from, 1]],
    borders: [{ quantity: x, border: inputBorder(s) }],
    lower: (lowering) => {
      const images = lowering.images(x, inputExtent(s), inputBorder(s));
      const gradients = lowering.images(dy, outputExtent(s));
      const pass = depthwiseFilterGradient(s, images.layout, gradients.layout);
      sumGradient(lowering, {
        shape: depthwiseFilter(s),
        parts: pass.parts,
        items: depthwiseItems(pass),
        kernel: (module) => depthwiseGradientKernel(module, pass),
        ...{ images, gradients, out: made[0] as Quantity },
      });
    },
  });
  return made;
};

export const depthwiseConvolutions: Operations = {
  RetortDepthwiseConv2D: depthwise,
  RetortDepthwiseConv2DInputGradient: depthwiseBackward,
  RetortDepthwiseConv2DFilterGradient: depthwiseSums,
};
