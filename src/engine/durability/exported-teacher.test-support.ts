import type { OutputUse, TeacherModel } from "../../protocol/teacher-model";
import { drawModel } from "../interchange/model-graph";
import { OnnxWriter } from "../interchange/onnx-writer";
import { TfjsWriter } from "../interchange/tfjs-writer";
import { recognizeModel } from "../models/model-files";
import { teachingModel } from "../models/teaching-model";
import type { Backbone } from "../networks/backbone";
import type { ParameterStore } from "../networks/parameters";
import type { OpenModel } from "../training/teachers/model-teachers";

/** Networks of this engine as files, and as models that teach. */

export type Exported = readonly { readonly path: string; readonly file: Blob }[];

/** The images that a network was trained on, as far as its file describes them. */
interface TrainedOn {
  readonly set: { readonly size: number; readonly channels: 1 | 3 };
  readonly normalization: { readonly mean: readonly number[]; readonly std: readonly number[] };
}

export async function exported(
  format: "onnx" | "tfjs",
  backbone: Backbone,
  { set, normalization }: TrainedOn,
  classifier?: ParameterStore,
): Promise<Exported> {
  const stores = [backbone.parameters, backbone.statistics, ...(classifier ? [classifier] : [])];
  const tensors = (await Promise.all(stores.map((store) => store.named()))).flat();
  const { mean, std } = normalization;
  const { size, channels } = set;
  const model = { plan: backbone.encoder, tensors, size, mean, std, binaryWeights: true };
  if (format === "onnx") {
    const writer = new OnnxWriter({ size, channels });
    drawModel(writer, model);
    return [{ path: "model.onnx", file: new Blob([writer.file("network", {})]) }];
  }
  const writer = new TfjsWriter({ size, channels });
  drawModel(writer, model);
  const { json, weights } = writer.files({});
  return [
    { path: "network/model.json", file: new Blob([json]) },
    { path: "network/weights.bin", file: new Blob([weights]) },
  ];
}

/** How an experiment names a model, and what opens it. */
export async function taughtBy(
  files: Exported,
  {
    output,
    use,
    dimension,
    side,
  }: Pick<TeacherModel, "output" | "dimension" | "side"> & { readonly use: OutputUse },
): Promise<{ readonly model: TeacherModel; readonly openModel: OpenModel }> {
  const { hash, name, read } = await recognizeModel(files);
  const pixels = { mean: [0, 0, 0], deviation: [1, 1, 1] };
  const model = {
    hash,
    name,
    output,
    use,
    side,
    dimension,
    ...pixels,
    macs: 1_000_000,
    parameters: read.parameters,
  };
  return { model, openModel: async (asked) => teachingModel(await read.open(), asked) };
}
