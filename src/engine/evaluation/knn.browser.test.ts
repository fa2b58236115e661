import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startBackend } from "../device/start";
import { Purpose, randomFor } from "../math/random";
import { knnVotes, nearestOf } from "./knn";

describe.each(["webgpu", "wasm"] as const)("on %s", (backend) => {
  beforeAll(async () => void (await startBackend(backend)));

  test.each([
    [40, 300, 20],
    [2, 3, 1],
    [5, 9, 1],
  ])(
    "%i images, asked about %i, %i neighbors: votes and nearest images are those of plain arithmetic",
    async (count, rows, neighbors) => {
      const dimension = 7;
      const random = randomFor(count, Purpose.test);
      const features = Float32Array.from(random.normals(count * dimension, 1));
      const asked = Float32Array.from(random.normals(rows * dimension, 2));
      const labels = Array.from({ length: count }, (_, i) => i % 3);
      const options = { neighbors, temperature: 0.07, classes: 3 };
      const [bank, queries] = [
        tf.tensor2d(features, [count, dimension]),
        tf.tensor2d(asked, [rows, dimension]),
      ];
      const found = await nearestOf({ features: bank, labels }, queries, options);
      tf.dispose([bank, queries]);
      const votes = knnVotes({ features, labels }, asked, options);
      for (const [at, vote] of votes.entries()) expect(found.votes[at]).toBeCloseTo(vote, 3);

      const shown = Math.min(3, count);
      const row = (of: Float32Array, at: number) => of.subarray(at * dimension, (at + 1) * dimension);
      const cosine = (a: Float32Array, b: Float32Array) =>
        a.reduce((sum, x, d) => sum + x * (b[d] as number), 0) / Math.hypot(...a) / Math.hypot(...b);
      for (let query = 0; query < rows; query++) {
        const similarities = labels.map((_, at) => cosine(row(features, at), row(asked, query)));
        const places = found.neighbors.subarray(query * shown, (query + 1) * shown);
        const wanted = similarities.toSorted((a, b) => b - a).slice(0, shown);
        expect(new Set(places).size).toBe(shown);
        for (const [at, place] of places.entries())
          expect(similarities[place]).toBeCloseTo(wanted[at] as number, 4);
      }
    },
  );
});
