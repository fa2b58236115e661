import { UMAP } from "umap-js";
import type { MapMessage, MapRequest } from "./neighbor-map";

const post = (message: MapMessage) => postMessage(message);
/** Epochs between two progress messages. */
const PROGRESS_EVERY = 20;

/** Mulberry32: the random numbers depend only on the seed. */
function drawn(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Centered, with the farthest point at distance 1. */
function withinCircle(points: readonly (readonly number[])[]): number[] {
  const middle = [0, 1].map((axis) => points.reduce((sum, p) => sum + (p[axis] ?? 0), 0) / points.length);
  const moved = points.map((p) => [0, 1].map((axis) => (p[axis] ?? 0) - (middle[axis] ?? 0)));
  const farthest = moved.reduce((most, [x = 0, y = 0]) => Math.max(most, Math.hypot(x, y)), 0) || 1;
  return moved.flatMap(([x = 0, y = 0]) => [x / farthest, y / farthest]);
}

addEventListener("message", ({ data: { places, dimensions } }: MessageEvent<MapRequest>) => {
  const rows = Array.from({ length: places.length / dimensions }, (_, row) =>
    places.slice(row * dimensions, (row + 1) * dimensions),
  );
  const umap = new UMAP({ nNeighbors: Math.min(15, rows.length - 1), minDist: 0.1, random: drawn(1) });
  const epochs = umap.initializeFit(rows);
  for (let epoch = 0; epoch < epochs; epoch++) {
    umap.step();
    if (epoch % PROGRESS_EVERY === 0) post({ type: "progress", share: epoch / epochs });
  }
  post({ type: "map", map: withinCircle(umap.getEmbedding()) });
});
