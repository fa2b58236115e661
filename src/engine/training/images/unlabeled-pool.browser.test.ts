import { afterEach, beforeAll, expect, test } from "vitest";
import { drawDataset } from "../../dataset/drawing/draw-dataset";
import { concatenated, subset, unknownLabel } from "../../dataset/unlabeled";
import { startBackend } from "../../device/start";
import { endTrials, startTrial } from "../trial.test-support";
import { backendOfTrials } from "../trial-backend.test-support";
import { choosePool, withChosen } from "./unlabeled-pool";

beforeAll(async () => void (await startBackend(backendOfTrials)));
afterEach(endTrials);

test("Unlabeled expansion, dedupe, top-k: at most k images of a predicted class, and no copy of a held-out one", async () => {
  const scheme = { method: "ssld" } as const;
  const { context, trainedTeacher } = await startTrial({ scheme }, { teacherSteps: 5 });
  if (trainedTeacher?.kind !== "supervised") return expect.unreachable("the teacher learned from labels");
  const [teacher] = trainedTeacher.network.members;
  if (!teacher) return expect.unreachable("there is a teacher");
  const sizes = { train: 60, validation: 1, test: 1 };
  const { train } = await drawDataset("shapes", { seed: 9, size: 16, difficulty: "hard", ...sizes });
  const copied = [3, 8, 13];
  const pool = concatenated(train, subset(context.parts.test.set, copied));
  pool.labels.fill(unknownLabel);
  const withPool = { ...context, unlabeled: pool };
  const { chosen, byClass, duplicates } = await choosePool(withPool, teacher, 3);
  expect(duplicates).toBeGreaterThanOrEqual(copied.length);
  expect(Math.max(...chosen)).toBeLessThan(train.count);
  expect(Math.max(...byClass.map((images) => images.length))).toBeLessThanOrEqual(3);
  expect(chosen.length).toBeGreaterThan(0);
  const whole = await choosePool(withPool, teacher);
  expect(whole.chosen).toHaveLength(pool.count - whole.duplicates);

  const images = withChosen(withPool, whole);
  const { count, labels } = images.set;
  expect(count).toBe(context.parts.train.set.count + whole.chosen.length);
  expect(new Set(labels.subarray(context.parts.train.set.count))).toEqual(new Set([unknownLabel]));
  images.dispose();
});
