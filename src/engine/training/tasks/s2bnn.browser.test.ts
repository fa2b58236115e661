import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, expect, test } from "vitest";
import { startBackend } from "../../device/start";
import { binaryWeight } from "../../networks/binary";
import {
  type ArmInput,
  checkedLosses,
  endTrials,
  lossesOf,
  numbersOf,
  startTrial,
} from "../trial.test-support";
import { backendOfTasks } from "../trial-backend.test-support";

beforeAll(async () => void (await startBackend(backendOfTasks)));
afterEach(endTrials);

const scheme = { method: "s2bnn", queue: 32, normGroups: 2 } as const satisfies ArmInput["scheme"];
const arm = {
  student: { network: "ReAct", width: 0.125 },
  optimiser: { kind: "adam", learningRate: 0.02, teacherLearningRate: 0.02, weightDecay: 0 },
  schedule: "linear",
} as const satisfies ArmInput;

const strategies = ["contrast", "both", "distillation"] as const;

test.each(strategies)(
  "S2-BNN ①②③, %s: trains a binary network, the same in recorded steps as in eager ones",
  async (strategy) => {
    const own = { ...arm, scheme: { ...scheme, strategy } };
    const recorded = await checkedLosses(own, 3);
    expect(new Set(recorded.map(({ studentLoss }) => studentLoss)).size).toBe(3);
  },
);

test("strategy ② adds its two terms and shows the cosine of their gradients", async () => {
  for (const row of await lossesOf({ ...arm, scheme: { ...scheme, strategy: "both" } }, 2)) {
    const { studentLoss = 0, contrastLoss = 0, distillationLoss = 0, gradientCosine = Number.NaN } = row;
    expect(studentLoss).toBeCloseTo(contrastLoss + distillationLoss, 4);
    expect(Math.abs(gradientCosine)).toBeLessThanOrEqual(1 + 1e-5);
  }
});

test("S2-BNN online/offline teacher: the offline one does not change, bit for bit; the online one learns", async () => {
  const change = async (teacherTiming: "offline" | "online") => {
    const { task, trainedTeacher, advance } = await startTrial({
      ...arm,
      scheme: { ...scheme, teacherTiming },
    });
    const backbone = trainedTeacher?.backbone ?? task.teacher?.backbone;
    if (!backbone) return expect.unreachable("there is a teacher");
    const stores = [backbone.parameters, backbone.statistics];
    const before = await numbersOf(stores);
    const losses = await advance(2);
    return { before, after: await numbersOf(stores), losses };
  };
  const offline = await change("offline");
  expect(offline.after).toEqual(offline.before);
  expect(offline.losses[0]).not.toHaveProperty("teacherLoss");
  const online = await change("online");
  expect(online.after).not.toEqual(online.before);
  expect(online.losses[1]?.teacherLoss).toBeGreaterThan(0);
});

test("binary weights take 2 values per channel, after training as before", async () => {
  const { task, advance } = await startTrial({ ...arm, scheme });
  const backbone = task.student?.backbone;
  if (!backbone) return expect.unreachable("there is a student");
  await advance(2);
  const filter = backbone.parameters.get("block1/spatial/filter");
  const binary = tf.tidy(() => tf.transpose(binaryWeight(filter as tf.Tensor as tf.Tensor4D), [3, 0, 1, 2]));
  const values = await binary.data();
  const perChannel = values.length / (binary.shape[0] ?? 1);
  for (let start = 0; start < values.length; start += perChannel) {
    const distinct = new Set(Array.from(values.subarray(start, start + perChannel), Math.abs));
    expect(distinct.size).toBe(1);
  }
  binary.dispose();
  expect(backbone.binaryWeights).toBe(true);
});

test("in two-step training the weights are real in the first half and binary in the second", async () => {
  const { task, advance } = await startTrial({ ...arm, steps: 4, scheme: { ...scheme, training: "two" } });
  const backbone = task.student?.backbone;
  await advance(2);
  expect(backbone?.binaryWeights).toBe(false);
  await advance(1);
  expect(backbone?.binaryWeights).toBe(true);
});
