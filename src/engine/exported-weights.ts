import * as v from "valibot";
import { type Experiment, networkNames } from "../protocol/experiment";
import { trainedExperiment } from "../protocol/links/codec";
import type { WeightsFile, WeightsFormat } from "../protocol/weights";
import type { Dataset } from "./dataset/dataset";
import { shrunk } from "./dataset/pixels/shrunk";
import type { KeptWeights, TrainedOn } from "./durability/weights-vault";
import { drawModel, type ModelDescription } from "./interchange/model-graph";
import { OnnxWriter } from "./interchange/onnx-writer";
import { decodeSafetensors, WeightsUnreadable } from "./interchange/safetensors";
import { TfjsWriter } from "./interchange/tfjs-writer";
import { planEncoder } from "./networks/encoders";
import { normalizationOf } from "./views/normalization";

/** The information that is stored with the networks of a training. */
export function trainedOn(experiment: Experiment, dataset: Dataset): TrainedOn {
  const { classNames } = dataset;
  const train = shrunk(dataset.train, experiment.dataset.resolution);
  const { mean, std } = normalizationOf(train);
  return {
    experiment: trainedExperiment(experiment),
    size: String(train.size),
    channels: String(train.channels),
    mean: JSON.stringify(mean),
    deviation: JSON.stringify(std),
    classes: JSON.stringify(classNames),
  };
}

const whole = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_024));
const perChannel = v.pipe(v.array(v.pipe(v.number(), v.finite())), v.minLength(1), v.maxLength(3));
const json = v.rawTransform<string, unknown>(({ dataset, NEVER, addIssue }) => {
  try {
    return JSON.parse(dataset.value);
  } catch {
    addIssue({ message: "JSON" });
    return NEVER;
  }
});
/** The metadata of a network's file; some are missing in older files. */
const described = v.object({
  network: v.pipe(v.string(), json, v.object({ network: v.picklist(networkNames), width: v.number() })),
  size: v.pipe(v.string(), v.transform(Number), whole),
  channels: v.pipe(v.string(), v.transform(Number), v.picklist([1, 3])),
  mean: v.pipe(v.string(), json, perChannel),
  deviation: v.pipe(v.string(), json, perChannel),
  binaryWeights: v.exactOptional(v.literal("false")),
});

const trainedImages = v.object({
  size: described.entries.size,
  mean: described.entries.mean,
  deviation: described.entries.deviation,
  classes: v.pipe(v.string(), json, v.array(v.string())),
});

/** Reads a network's file with its description. @throws WeightsUnreadable if the description is missing or invalid */
export function describeModel(
  bytes: Uint8Array<ArrayBuffer>,
): ModelDescription & { readonly metadata: TrainedOn } {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const checked = v.safeParse(described, metadata);
  if (!checked.success) throw new WeightsUnreadable("the file does not describe its network");
  const { network, size, channels, mean, deviation, binaryWeights } = checked.output;
  return {
    plan: planEncoder(network.network, network.width, channels),
    tensors,
    size,
    mean,
    std: deviation,
    binaryWeights: binaryWeights === undefined,
    metadata: metadata as TrainedOn,
  };
}

/** Converts a network to the requested format. @throws WeightsUnreadable */
export function exportWeights(kept: KeptWeights, format: WeightsFormat): readonly WeightsFile[] {
  const { runId, role, bytes } = kept;
  const { metadata } = decodeSafetensors(bytes);
  const experiment = metadata["experiment"] ?? "";
  const images = v.safeParse(trainedImages, metadata);
  const file = (suffix: string, content: Uint8Array<ArrayBuffer>): WeightsFile => {
    return {
      runId,
      role,
      experiment,
      suffix,
      ...(images.success && { images: images.output }),
      bytes: content,
    };
  };
  if (format === "safetensors") return [file(".safetensors", bytes)];
  const model = describeModel(bytes);
  const shape = { size: model.size, channels: model.mean.length };
  const precision = format.endsWith("-int8") ? "int8" : "float32";
  if (format === "onnx" || format === "onnx-int8") {
    const writer = new OnnxWriter(shape, precision);
    drawModel(writer, model);
    return [file(".onnx", writer.file(`Retort ${role}`, model.metadata))];
  }
  const writer = new TfjsWriter(shape, precision);
  drawModel(writer, model);
  const { json: topology, weights } = writer.files(model.metadata);
  return [file("/model.json", new TextEncoder().encode(topology)), file("/weights.bin", weights)];
}
