import { afterEach, beforeAll, expect, test } from "vitest";
import { startBackend } from "../../../device/start";
import { type ArmInput, endTrials, lossesOf, numbersOf, startTrial } from "../../trial.test-support";
import { backendOfTrials } from "../../trial-backend.test-support";

beforeAll(async () => void (await startBackend(backendOfTrials)));
afterEach(endTrials);

test("KD (R18, R50 teachers): with α = 0 the run is the supervised run, bit for bit", async () => {
  const supervised = await lossesOf({ scheme: { method: "supervised" } }, 6);
  const without = await lossesOf({ scheme: { method: "kd", alpha: 0 } }, 6);
  expect(without.map(({ studentLoss }) => studentLoss)).toEqual(
    supervised.map(({ studentLoss }) => studentLoss),
  );
});

test("KD: the loss is the weighted sum of its two terms, and Hinton's form multiplies the second by τ²", async () => {
  const [article] = await lossesOf({ scheme: { method: "kd", alpha: 0.3 } }, 1);
  const [hinton] = await lossesOf({ scheme: { method: "kd", alpha: 0.3, scaling: "hinton" } }, 1);
  const { studentLoss = 0, labelLoss = 0, distillationLoss = 0 } = article ?? {};
  expect(studentLoss).toBeCloseTo(0.7 * labelLoss + 0.3 * distillationLoss, 5);
  expect((hinton?.distillationLoss ?? 0) / distillationLoss).toBeCloseTo(16, 3);
});

test("SSLD JS/KL/CE: KL and soft cross-entropy train the same; JS does not", async () => {
  const end = async (divergence: "KL" | "CEsoft" | "paddleJS" | "trueJS") => {
    const { task, advance } = await startTrial({ scheme: { method: "ssld", divergence } });
    await advance(12);
    const [numbers] = await numbersOf(task.student ? [task.student.backbone.parameters] : []);
    return numbers ?? new Float32Array();
  };
  const [kl, ce, jeffreys, js] = [
    await end("KL"),
    await end("CEsoft"),
    await end("paddleJS"),
    await end("trueJS"),
  ];
  const distance = (a: Float32Array, b: Float32Array) =>
    Math.max(...a.map((x, i) => Math.abs(x - (b[i] ?? 0))));
  expect(distance(kl, ce)).toBeLessThan(1e-4);
  expect(distance(kl, jeffreys)).toBeGreaterThan(1e-3);
  expect(distance(jeffreys, js)).toBeGreaterThan(1e-3);
});

test("BN train/test teacher: its logits, and so the loss, differ by mode; both can be run", async () => {
  const [train] = await lossesOf({ scheme: { method: "ssld", teacherBatchNorm: "train" } }, 1);
  const [running] = await lossesOf({ scheme: { method: "ssld", teacherBatchNorm: "eval" } }, 1);
  expect(train?.studentLoss).not.toBe(running?.studentLoss);
});

test("AutoAugment + wd halved: the toggle is AutoAugment's views and half the weight decay, and nothing else", async () => {
  const learn = (scheme: ArmInput["scheme"], weightDecay: number, policy: "none" | "autoAugment") => {
    const optimiser = { learningRate: 0.5, teacherLearningRate: 0.5, weightDecay };
    const experiment = { views: { first: { policy } } };
    return lossesOf({ scheme, optimiser }, 4, { experiment, teacherSteps: 0 });
  };
  const toggled = await learn({ method: "ssld", autoAugment: true }, 0.2, "none");
  expect(toggled).toEqual(await learn({ method: "ssld" }, 0.1, "autoAugment"));
  expect(toggled).not.toEqual(await learn({ method: "ssld" }, 0.2, "autoAugment"));
  expect(toggled).not.toEqual(await learn({ method: "ssld" }, 0.1, "none"));
});
