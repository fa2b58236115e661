import type { Item } from "../dataset/pixels/canvases";

/** A box predicted by a detector. Lengths are fractions of the image's side. */
export interface Detection {
  readonly label: number;
  readonly score: number;
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/**
 * Extracts the boxes of one image from its maps: the local maxima of the heat map (a 3 × 3 maximum in place of
 * non-maximum suppression, Zhou et al. 2019, §3), by descending score.
 *
 * @param heat logits [cells, cells, classes], `boxes` [cells, cells, 3], both row-major
 */
export function boxesOf(
  heat: Float32Array,
  boxes: Float32Array,
  cells: number,
  classes: number,
  most = 20,
): Detection[] {
  const at = (y: number, x: number, label: number) =>
    x < 0 || y < 0 || x >= cells || y >= cells
      ? Number.NEGATIVE_INFINITY
      : (heat[(y * cells + x) * classes + label] as number);
  const found: Detection[] = [];
  for (let place = 0; place < cells * cells * classes; place++) {
    const label = place % classes;
    const cell = (place - label) / classes;
    const [x, y] = [cell % cells, Math.floor(cell / cells)];
    const own = heat[place] as number;
    const isPeak = [-1, 0, 1].every((dy) => [-1, 0, 1].every((dx) => at(y + dy, x + dx, label) <= own));
    if (!isPeak) continue;
    const [side = 0, dx = 0, dy = 0] = boxes.subarray(3 * cell, 3 * cell + 3);
    const score = 1 / (1 + Math.exp(-own));
    found.push({ label, score, x: (x + dx) / cells, y: (y + dy) / cells, side: side / cells });
  }
  return found.sort((a, b) => b.score - a.score).slice(0, most);
}

/** The smallest IoU at which a box matches an object: AP@.5. */
const leastOverlap = 0.5;

/** Intersection over union of two squares. */
export function overlapOf(a: Omit<Item, "label">, b: Omit<Item, "label">): number {
  const along = (p: number, q: number) =>
    Math.max(0, Math.min(p + a.side / 2, q + b.side / 2) - Math.max(p - a.side / 2, q - b.side / 2));
  const shared = along(a.x, b.x) * along(a.y, b.y);
  const union = a.side ** 2 + b.side ** 2 - shared;
  return union > 0 ? shared / union : 0;
}

/**
 * Mean average precision: the mean over classes of the area under the precision–recall curve, with precision made
 * non-increasing (Everingham et al. 2010, as PASCAL VOC since 2010). Classes without an object are left out.
 *
 * @param found the predicted boxes of each image
 * @param items the objects of each image
 * @returns 0 to 1; NaN without any object
 */
export function averagePrecision(
  found: readonly (readonly Detection[])[],
  items: readonly (readonly Item[])[],
): number {
  const labels = [...new Set(items.flat().map(({ label }) => label))];
  const each = labels.map((label) => ofClass(label, found, items));
  return each.reduce((sum, precision) => sum + precision, 0) / each.length;
}

function ofClass(
  label: number,
  found: readonly (readonly Detection[])[],
  items: readonly (readonly Item[])[],
): number {
  const total = items.flat().filter((item) => item.label === label).length;
  const ranked = found
    .flatMap((boxes, image) => boxes.filter((box) => box.label === label).map((box) => ({ box, image })))
    .sort((a, b) => b.box.score - a.box.score);
  const taken = new Set<Item>();
  let hits = 0;
  const curve = ranked.map(({ box, image }, rank) => {
    const candidates = (items[image] ?? []).filter((item) => item.label === label && !taken.has(item));
    const best = candidates.reduce<Item | undefined>(
      (most, item) => (!most || overlapOf(box, item) > overlapOf(box, most) ? item : most),
      undefined,
    );
    const isHit = best !== undefined && overlapOf(box, best) >= leastOverlap;
    if (isHit) {
      taken.add(best);
      hits++;
    }
    return { isHit, precision: hits / (rank + 1) };
  });
  let ceiling = 0;
  let area = 0;
  for (const { isHit, precision } of curve.toReversed()) {
    ceiling = Math.max(ceiling, precision);
    if (isHit) area += ceiling;
  }
  return area / total;
}
