import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startTested, type TestedBackend } from "../compiled/compiled-kernels.test-support";
import { startBackend } from "../device/start";
import { goldenVector, largestError } from "../math/golden-vectors.test-support";
import { Purpose, randomFor } from "../math/random";
import { normalize, normParameters, normStatistics, type Pass } from "./normalization";
import { ParameterStore } from "./parameters";

describe.each<TestedBackend>(["webgpu", "compiled", "cpu"])("on %s", (backend) => {
  beforeAll(async () => void (await startTested(startBackend, backend)));

  describe("golden vectors", () => {
    test("bn.train_vs_eval", async () => {
      const { inputs, expected, tol } = goldenVector("bn.train_vs_eval");
      const x = tf.tensor2d(inputs.x.map((value: number) => [value]));
      const random = randomFor(0, Purpose.init);
      const statistics = ParameterStore.create(normStatistics("bn", 1), random);
      const parameters = ParameterStore.create(normParameters("bn", 1), random);
      const start = new Float32Array(statistics.size);
      const [mean, variance] = [...statistics.placements.values()].map(({ offset }) => offset) as [
        number,
        number,
      ];
      start[mean] = inputs.running_mean;
      start[variance] = inputs.running_var;
      statistics.load(start);
      const run = (mode: Pass["mode"]) => normalize({ parameters, statistics, mode }, "bn", x, false);
      const evaluated = await run({ kind: "evaluate" }).data();
      expect(largestError(Array.from(evaluated), expected.eval)).toBeLessThan(tol);
      const trained = await run({ kind: "train", groups: 1 }).data();
      expect(largestError(Array.from(trained), expected.train)).toBeLessThan(tol);
      const after = await statistics.values();
      expect(
        largestError(
          [after[mean], after[variance]],
          [expected.running_mean_after, expected.running_var_after],
        ),
      ).toBeLessThan(tol);
    });
  });
});
