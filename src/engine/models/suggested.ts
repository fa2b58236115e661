import { type PixelScale, pixelScales } from "../../protocol/pixel-scales";
import type { AskedModel, DescribedModel } from "../../protocol/teacher-model";
import type { ReadModel } from "./runnable-model";

/** Names that exporters give to features. */
const ofFeatures = /feature|embed|pool|hidden|penultimate|flatten/i;

/**
 * The settings that are most likely right: an output that is called features, else what the last layer reads; and pixels as
 * the format's usual sources expect them. The visitor sees what comes of them, and can change them.
 */
export function suggestedSettings(
  { format, input }: ReadModel,
  outputs: DescribedModel["outputs"],
): Pick<AskedModel, "output" | "use" | "mean" | "deviation"> {
  const [first, ...others] = outputs;
  if (!first) throw new RangeError("A model without outputs has no settings.");
  const chosen = outputs.find(({ name }) => ofFeatures.test(name)) ?? others.at(-1) ?? first;
  // The page's own exports take pixels as they are.
  const isOwn = input.name === "pixels" && outputs.some(({ name }) => name === "features");
  // Most models of PyTorch, from where ONNX files come, expect ImageNet's statistics.
  const usual = format === "ONNX" ? "imageNet" : "symmetric";
  return { output: chosen.name, use: chosen.uses[0] ?? "embedding", ...scaleNamed(isOwn ? "unit" : usual) };
}

/** A usual scale of pixels as a model's settings. */
export function scaleNamed(name: PixelScale): Pick<AskedModel, "mean" | "deviation"> {
  const { mean, deviation } = pixelScales[name];
  return { mean: [...mean], deviation: [...deviation] };
}
