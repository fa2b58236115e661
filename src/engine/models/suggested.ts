import type { AskedModel, DescribedModel } from "../../protocol/teacher-model";
import type { ReadModel } from "./runnable-model";

/** Names that exporters give to features. */
const ofFeatures = /feature|embed|pool|hidden|penultimate|flatten/i;

/** Statistics of ImageNet, which most models of PyTorch expect. */
const imageNet = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] };
const fromMinusOne = { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] };
const unit = { mean: [0, 0, 0], deviation: [1, 1, 1] };

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
  const usual = format === "ONNX" ? imageNet : fromMinusOne;
  return { output: chosen.name, use: chosen.uses[0] ?? "embedding", ...(isOwn ? unit : usual) };
}
