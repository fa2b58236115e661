import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { type TrainingBackend, trainingBackend } from "../../backend/backend";
import { startBackend } from "../../device/start";
import { normals } from "../alike.test-support";
import { choicesOf, type Family, type MomentsKernel } from "./choice";
import { convolutionShape } from "./programs";

/** A forward pass can write the moments of its tiles, of which a batch norm's statistics are made. */

const cases = [
  { x: [4, 8, 8, 4], filter: [3, 3, 4, 8], stride: 1, padding: 1, groups: 2 },
  { x: [8, 16, 16, 3], filter: [3, 3, 3, 12], stride: 2, padding: 1, groups: 4 },
  { x: [16, 8, 8, 8], filter: [1, 1, 8, 40], stride: 1, padding: 0, groups: 2 },
  { x: [8, 8, 8, 5], filter: [3, 3, 5, 19], stride: 1, padding: 1, groups: 1 },
] as const;

beforeAll(async () => void (await startBackend("webgpu")), 120_000);

async function check(backend: TrainingBackend, one: (typeof cases)[number], kernel: MomentsKernel) {
  const [x, filter] = [normals<tf.Rank.R4>([...one.x], 1), normals<tf.Rank.R4>([...one.filter], 2)];
  const { batch, outHeight, outWidth, to } = convolutionShape(one.x, one.filter, one);
  const { program, chunks } = kernel;
  const z = backend.output([batch, outHeight, outWidth, to]);
  const moments = backend.output([2, one.groups, chunks.count, to]);
  backend.run(program, [x, filter, z, moments]);
  const [values, found] = await Promise.all([z, moments].map((info) => backend.read(info.dataId)));
  for (const { dataId } of [z, moments]) backend.disposeData(dataId);
  tf.dispose([x, filter]);
  const [numbers, sums] = [values as Float32Array, found as Float32Array];
  // Chunks may have their rows in any order, but every group its own: together they give its moments.
  const rows = numbers.length / to / one.groups;
  expect(chunks.count * chunks.rows).toBe(rows);
  for (let g = 0; g < one.groups; g++) {
    for (let c = 0; c < to; c++) {
      const column = Array.from({ length: rows }, (_, r) => numbers[(g * rows + r) * to + c] as number);
      const mean = column.reduce((a, b) => a + b, 0) / rows;
      const squares = column.reduce((a, b) => a + (b - mean) ** 2, 0);
      const at = Array.from({ length: chunks.count }, (_, i) => (g * chunks.count + i) * to + c);
      const total = at.reduce((a, i) => a + (sums[i] as number), 0);
      const about = at.reduce((a, i) => {
        const own = (sums[i] as number) / chunks.rows;
        return a + (sums[sums.length / 2 + i] as number) + chunks.rows * (own - mean) ** 2;
      }, 0);
      expect(Math.abs(total / rows - mean)).toBeLessThan(1e-5 * Math.sqrt(squares / rows));
      expect(about / squares).toBeCloseTo(1, 4);
    }
  }
}

test.each<Family>(["quads", "registers", "workgroup"])("%s: moments of tiles", async (family) => {
  const backend = trainingBackend() as TrainingBackend;
  const choices = choicesOf(backend.device);
  if (!choices.available.includes(family)) return;
  let checked = 0;
  for (const one of cases) {
    const shape = convolutionShape(one.x, one.filter, one);
    choices.choose({ pass: "forward", shape }, family);
    const kernel = choices.withMoments(shape, one.groups);
    if (!kernel) continue;
    checked++;
    await check(backend, one, kernel);
  }
  await backend.checked();
  expect(checked).toBeGreaterThan(1);
});
