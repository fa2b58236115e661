import type { TrainedImages } from "../../protocol/weights";
import { texts } from "../../texts/texts";

/** Prepares an image exactly as training did. The names in the file tell size and classes. */
const python = (file: string) => `import json, sys
import numpy as np
import onnxruntime
from PIL import Image, ImageOps

session = onnxruntime.InferenceSession(${JSON.stringify(file)})
about = session.get_modelmeta().custom_metadata_map
classes, size = json.loads(about["classes"]), int(about["size"])


def means(side):
    """The shares of a line's \`side\` pixels in the mean over each of the model's: [size, side]."""
    edges = np.arange(size + 1)[:, None] * side / size
    return np.diff(np.clip(edges - np.arange(side), 0, 1), axis=0) * size / side


def prepared(path):
    """The center square over white, scaled to the model's size, with values from 0 to 1: [1, 3, size, size]."""
    image = ImageOps.exif_transpose(Image.open(path)).convert("RGBA")
    image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    square = image.crop((left, top, left + side, top + side))
    if side < size:
        scaled = np.asarray(square.resize((size, size), Image.BILINEAR), np.float32)
    else:
        # Pillow's own box filter takes pixels at the edges whole or not at all.
        line = means(side)
        scaled = np.floor(np.einsum("yj,xi,jic->yxc", line, line, np.asarray(square), optimize=True) + 0.5)
    return scaled.astype(np.float32).transpose(2, 0, 1)[None] / 255


for path in sys.argv[1:]:
    outputs = [output.name for output in session.get_outputs()]
    kind = "logits" if "logits" in outputs else "shares"
    ((values,),) = session.run([kind], {"pixels": prepared(path)})
    shares = np.exp(values - values.max()) if kind == "logits" else np.maximum(values, 0)
    shares /= shares.sum()
    best = np.argsort(-shares)[:5]
    print(path + ": " + ", ".join(f"{classes[i]} {shares[i]:.1%}" for i in best))
`;

/**
 * Part of the README of exported networks: how to prepare an image as training did, and code that does.
 * @param files names of the files that hold a network
 */
export function weightsReadme(files: readonly string[], images: TrainedImages | undefined): string {
  const words = texts().weightsReadme;
  const [first = ""] = files;
  const normalizes = !first.endsWith(".safetensors");
  const listed = (numbers: readonly number[]) => numbers.map((one) => one.toFixed(4)).join(", ");
  const steps = [
    words.crop,
    words.scale(images?.size),
    words.values,
    normalizes || !images
      ? words.normalizedInside
      : words.normalize(listed(images.mean), listed(images.deviation)),
  ];
  return `${[
    `## ${words.title}`,
    files.map((file) => `- \`${file}\``).join("\n"),
    `### ${words.input}`,
    steps.map((step, at) => `${at + 1}. ${step}`).join("\n"),
    words.outputs,
    ...(images ? [words.classes(images.classes.join(", "))] : []),
    ...(first.endsWith("/model.json") ? [words.page] : []),
    ...(first.endsWith(".onnx")
      ? [
          `### ${words.code}`,
          `    pip install onnxruntime pillow numpy`,
          `\`\`\`python\n${python(first)}\`\`\``,
        ]
      : []),
  ].join("\n\n")}\n`;
}
