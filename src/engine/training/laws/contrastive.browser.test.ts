import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, expect, test } from "vitest";
import { startBackend } from "../../device/start";
import { MocoTask, shuffledKeys } from "../tasks/moco";
import { stackedViews } from "../tasks/parts/task";
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

const queue = 32;
const schemes = {
  "MoCo-v2": { method: "moco", queue },
  "MoCo-v2, both directions": { method: "moco", queue, symmetric: true },
  SEED: { method: "seed", queue },
  "SEED with patches": { method: "seed", queue, patches: 2 },
  "CompRess 2q": { method: "compress", queue },
  "CompRess 2q, plain": { method: "compress", queue, studentQueue: "plain" },
  "CompRess 1q": { method: "compress", queue, queues: "one" },
} as const satisfies Record<string, ArmInput["scheme"]>;
const wide = { teacher: { network: "R8", width: 0.25 } } as const;

const variants = [
  "MoCo-v2, both directions",
  "SEED",
  "SEED with patches",
  "CompRess 2q, plain",
  "CompRess 1q",
] as const;

test.each(variants)("%s: a recorded step equals an eager one", async (name) => {
  const scheme = schemes[name];
  const recorded = await checkedLosses({ ...wide, scheme }, 4);
  expect(new Set(recorded.map(({ studentLoss }) => studentLoss)).size).toBe(4);
});

test("MoCo: the momentum network changes only by the momentum update", async () => {
  const { task, advance, context } = await startTrial({ scheme: { ...schemes["MoCo-v2"], momentum: 0.9 } });
  if (!(task instanceof MocoTask)) return expect.unreachable("it is MoCo's");
  const { online, momentum } = task["networks"];
  const [start] = await numbersOf([momentum.parameters]);
  await advance(1);
  // In the first step the online network has not changed yet.
  const [still, first] = await numbersOf([momentum.parameters, online.parameters]);
  const largest = (a: Float32Array = new Float32Array(), b: Float32Array = new Float32Array()) =>
    a.reduce((most, x, i) => Math.max(most, Math.abs(x - (b[i] ?? Number.NaN))), 0);
  expect(largest(still, start)).toBeLessThan(1e-7);
  expect(largest(first, start)).toBeGreaterThan(1e-4);
  await advance(1);
  const [moved] = await numbersOf([momentum.parameters]);
  const expected = start?.map((x, i) => 0.9 * x + 0.1 * (first?.[i] ?? 0));
  expect(largest(expected, moved)).toBeLessThan(1e-6);
  expect(context.inputs.value("tau")).toBe(0.9);
});

test("shuffled keys are returned in the order of their images, with other batch norm groups", async () => {
  const { task, context, advance } = await startTrial({ scheme: schemes["MoCo-v2"] });
  if (!(task instanceof MocoTask)) return expect.unreachable("it is MoCo's");
  await advance(1);
  const pair = task["networks"];
  const shared = task["context"];
  const images = tf.tidy(() => tf.slice(stackedViews(shared), 0, 16)) as tf.Tensor4D;
  const keys = (groups: number) => tf.tidy(() => tf.clone(shuffledKeys(shared, pair, groups, images)));
  const plain = (groups: number) =>
    tf.tidy(() => tf.clone(pair.momentum.embed(images, { kind: "frozen", groups }).projections));
  const difference = async (a: tf.Tensor, b: tf.Tensor) => {
    const most = tf.tidy(() => tf.max(tf.abs(tf.sub(a, b))));
    const [value = Number.NaN] = await most.data();
    tf.dispose([a, b, most]);
    return value;
  };
  // One group contains the same images in any order; eight groups contain different ones.
  expect(await difference(keys(1), plain(1))).toBeLessThan(1e-4);
  expect(await difference(keys(8), plain(8))).toBeGreaterThan(1e-3);
  expect(await difference(plain(1), plain(8))).toBeGreaterThan(1e-3);
  images.dispose();
  expect(context.inputs.shuffle.shape).toEqual([16]);
});

test("MoCo's loss starts between 0 and that of guessing; SEED's and CompRess's are never negative", async () => {
  const [moco] = await lossesOf({ scheme: { ...schemes["MoCo-v2"], temperature: 0.2 } }, 1);
  expect(moco?.studentLoss).toBeLessThan(Math.log(1 + queue));
  expect(moco?.studentLoss).toBeGreaterThan(0);
  for (const scheme of [schemes.SEED, schemes["CompRess 2q"], schemes["CompRess 1q"]]) {
    for (const { studentLoss } of await lossesOf({ ...wide, scheme }, 3)) {
      expect(studentLoss).toBeGreaterThanOrEqual(0);
    }
  }
});

test("multi-crop SEED reports the losses of both kinds of crop and averages them", async () => {
  const [row] = await lossesOf({ ...wide, scheme: schemes["SEED with patches"] }, 1);
  const { studentLoss = 0, wholeLoss = 0, patchLoss = 0 } = row ?? {};
  expect(studentLoss).toBeCloseTo((wholeLoss + patchLoss) / 2, 5);
});
