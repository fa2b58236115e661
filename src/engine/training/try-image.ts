import type { NetworkAnswer, Tried, TriedImage } from "../../protocol/tried";
import type { Dataset, ImageSet } from "../dataset/dataset";
import { rgbaOf } from "../dataset/gallery";
import { decodeOne } from "../dataset/pixels/decode-one";
import { shrunk } from "../dataset/pixels/shrunk";
import { subset } from "../dataset/unlabeled";
import { type AskedNetwork, answersOf } from "../evaluation/answers";
import type { Run } from "./run";
import type { EvaluatedNetwork } from "./tasks/parts/task";

/**
 * The image that is asked about, in the dataset's channels.
 * @param size pixels per side that networks see
 * @throws Rejection if the file is no image that can be read; RangeError if there is no such test image
 */
export async function imageToTry(
  image: TriedImage["image"],
  { train, test }: Dataset,
  size: number,
): Promise<ImageSet> {
  if (image instanceof Blob) return shrunk(await decodeOne(image, train), size);
  const { index } = image;
  if (!Number.isInteger(index) || index < 0 || index >= test.count) {
    throw new RangeError(`There is no test image ${index}; there are ${test.count}.`);
  }
  return shrunk(subset(test, [index]), size);
}

/** Asks a run's current networks, and its student's encoder as it was before the first step. Changes nothing. */
export async function tryImage(run: Run, image: ImageSet): Promise<Omit<Tried, "label">> {
  const { student, teacher } = run.evaluated;
  const untrained = run.createUntrained();
  const asked = (role: NetworkAnswer["role"], network: EvaluatedNetwork | undefined): AskedNetwork[] =>
    network ? [{ role, backbone: network.backbone, classifier: network.classifier }] : [];
  try {
    const answers = await answersOf(run.evaluator, image, [
      ...asked("student", student),
      ...asked("teacher", teacher),
      { role: "untrained", backbone: untrained },
    ]);
    const { size } = image;
    return { ...run.moment, seen: { count: 1, size, rgba: rgbaOf(image, 0) }, answers };
  } finally {
    untrained.dispose();
  }
}
