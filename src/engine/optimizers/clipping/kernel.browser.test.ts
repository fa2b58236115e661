import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { type TrainingBackend, trainingBackend } from "../../backend/backend";
import { startBackend } from "../../device/start";
import { Purpose, randomFor } from "../../math/random";
import { cut, distance, drawInto, layouts } from "../layouts.test-support";
import { clipEach, clipTogether } from "./kernel";
import { clipByGlobalNorm, clipEachNorm } from "./rule";

let backend: TrainingBackend;
beforeAll(async () => {
  await startBackend("webgpu");
  backend = trainingBackend() as TrainingBackend;
});

const random = randomFor(59, Purpose.test);
/**
 * The norm of n normal numbers is about √n: some gradients exceed the limit, some do not. The last cases use programs for
 * graphics cards.
 */
const cases = layouts(random, 52).map((layout, i) => ({
  total: layout.total,
  limit: [0.5, 12, 30][i % 3] as number,
  shares: i >= 44,
  layout,
}));

test.each(cases)("clips $total numbers, each parameter to norm $limit or less", async (one) => {
  const { limit, shares, layout } = one;
  backend.hasCheapBarriers = shares;
  const flat = drawInto(layout, random, 0);
  const gradient = tf.tensor1d(flat);
  const segments = layout.parts.map(({ start, blocks }) => ({ firstBlock: start / 64, blocks }));
  clipEach(backend, gradient, segments, limit);
  expect(await distance(layout, gradient, clipEachNorm(cut(layout, flat), limit))).toBeLessThan(1e-5);
});

test.each(cases)(
  "clips $total numbers in two networks to a joint norm of $limit or less",
  async ({ limit, shares, layout }) => {
    backend.hasCheapBarriers = shares;
    const flats = [drawInto(layout, random, 1), drawInto(layout, random, 2)];
    const gradients = flats.map((flat) => tf.tensor1d(flat));
    clipTogether(backend, gradients, limit);
    const wanted = clipByGlobalNorm(
      flats.flatMap((flat) => cut(layout, flat)),
      limit,
    );
    for (const [i, gradient] of gradients.entries()) {
      const own = wanted.slice(i * layout.parts.length, (i + 1) * layout.parts.length);
      expect(await distance(layout, gradient, own)).toBeLessThan(1e-5);
    }
  },
);
