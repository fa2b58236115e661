import { integerBelow, Purpose, randomFor, uniform } from "../../math/random";
import type { ImageSet } from "../dataset";

/**
 * Symmetric label noise (Zhang et al. 2017, "Understanding deep learning requires rethinking generalization", §2.1,
 * but never keeping the class): with this probability, each label becomes that of any other class. Whether an image is
 * affected depends only on the seed and its index, so a larger share includes the images of a smaller one.
 */
export function withLabelNoise(set: ImageSet, classCount: number, share: number, seed: number): ImageSet {
  if (share === 0) return set;
  const random = randomFor(seed, Purpose.labelNoise);
  const labels = set.labels.map((label, index) => {
    const [hit, other] = random.bits(index);
    if (uniform(hit) >= share) return label;
    return (label + 1 + integerBelow(other, classCount - 1)) % classCount;
  });
  return { ...set, labels };
}
