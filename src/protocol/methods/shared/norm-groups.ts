/** A graphics card's share of a batch in the published code of MoCo-v2, which normalizes on each card apart. */
const PUBLISHED_IMAGES = 32;

/**
 * The number of batch norm groups of 32 images each, as in the published code of MoCo-v2; of more images where such groups do not
 * divide the batch. In groups of few images the statistics are noise: with four, a binary student that learns by contrast ends
 * below nearest neighbors on pixels (docs/search.md).
 */
export function publishedGroups(batchSize: number): number {
  let groups = Math.max(1, Math.floor(batchSize / PUBLISHED_IMAGES));
  while (batchSize % groups !== 0) groups--;
  return groups;
}
