import type { WeightsFormat } from "../../protocol/weights";

/** A few lines that load one exported file, in the language of a Markdown code block. */
export interface Snippet {
  readonly title: string;
  readonly language: "js" | "python";
  readonly code: string;
}

const quoted = (path: string) => JSON.stringify(path);

const onnxInJavaScript = (path: string) => `import { readFile } from "node:fs/promises";
import { InferenceSession, Tensor } from "onnxruntime-web";

const session = await InferenceSession.create(await readFile(${quoted(path)}));
const [, channels, height, width] = session.inputMetadata[0].shape;
// Red, green and blue planes, from 0 to 1.
const values = new Float32Array(channels * height * width);
const pixels = new Tensor("float32", values, [1, channels, height, width]);
const { features } = await session.run({ pixels });
console.log(features.dims.join(" × "));
`;

const tfjs = (path: string) => `// tf: https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@4.22.0/dist/tf.min.js
const model = await tf.loadGraphModel(${quoted(encodeURI(path))});
const [, height, width, channels] = model.inputs[0].shape;
// From 0 to 1.
const pixels = tf.zeros([1, height, width, channels]);
const features = model.execute(pixels, "features");
console.log(features.shape.join(" × "));
`;

/** Safetensors: 8 bytes with the length of a header in JSON, which gives each tensor's place in what follows. */
const pytorch = (path: string) => `import json
import torch

data = bytearray(open(${quoted(path)}, "rb").read())
start = 8 + int.from_bytes(data[:8], "little")
header = json.loads(data[8:start])
about = header.pop("__metadata__")
weights = {}
for name, entry in header.items():
    values = torch.frombuffer(data[start:][slice(*entry["data_offsets"])], dtype=torch.float32)
    weights[name] = values.reshape(entry["shape"])
print(about["network"], sum(tensor.numel() for tensor in weights.values()))
`;

/** @param path of the file or, for TensorFlow.js, of its model.json */
export function snippetFor(format: WeightsFormat, path: string): Snippet {
  if (format.startsWith("onnx"))
    return { title: "onnxruntime-web", language: "js", code: onnxInJavaScript(path) };
  if (format.startsWith("tfjs")) return { title: "TensorFlow.js", language: "js", code: tfjs(path) };
  return { title: "PyTorch", language: "python", code: pytorch(path) };
}
