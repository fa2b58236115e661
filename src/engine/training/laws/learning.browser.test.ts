import { afterEach, beforeAll, expect, test } from "vitest";
import { startBackend } from "../../device/start";
import { evaluatorFor } from "../stages/runner-for";
import { type ArmInput, endTrials, lossesOf, startTrial } from "../trial.test-support";
import { backendOfTrials } from "../trial-backend.test-support";

/** Training has an effect within a few small steps. Studies measure gains. */

beforeAll(async () => void (await startBackend(backendOfTrials)));
afterEach(endTrials);

test("Supervised: the loss falls", async () => {
  const gentle = { scale: { min: 0.6, max: 1 }, jitterProbability: 0, grayscaleProbability: 0 };
  const arm = { scheme: { method: "supervised" }, steps: 30, optimiser: { learningRate: 2 } } as const;
  const losses = await lossesOf(arm, 30, { experiment: { views: { first: gentle } } });
  const mean = (from: number, to: number) =>
    losses.slice(from, to).reduce((sum, { studentLoss = 0 }) => sum + studentLoss, 0) / (to - from);
  expect(mean(25, 30)).toBeLessThan(mean(0, 5) - 0.1);
});

const mild = { brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1, solarizeProbability: 0 };
const views = { first: mild, second: mild };

test.each([
  ["BYOL", 1, { method: "byol" }],
  ["MoCo-v2", 0.2, { method: "moco", queue: 32, normGroups: 1 }],
] as const)("BYOL; MoCo-v2: embeddings of %s stay spread above 0.3", async (_, learningRate, scheme) => {
  const arm: ArmInput = { scheme, steps: 40, tau0: 0.9, optimiser: { learningRate } };
  const { context, task, advance } = await startTrial(arm, { experiment: { batchSize: 32, views } });
  await advance(25);
  const student = task.student?.backbone;
  if (!student) return expect.unreachable("there is a student");
  const { spread } = await evaluatorFor(context, 1).live(student);
  expect(spread).toBeGreaterThan(0.3);
});
