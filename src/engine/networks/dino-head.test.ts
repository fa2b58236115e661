import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { startBackend } from "../device/start";
import { Purpose, randomFor } from "../math/random";
import { costOfDinoHead, DinoHead, type DinoHeadPlan } from "./dino-head";

beforeAll(async () => void (await startBackend("cpu")));

const plan: DinoHeadPlan = { from: 6, hidden: 10, bottleneck: 4, prototypes: 12 };
const create = () => DinoHead.create(plan, randomFor(1, Purpose.test));
const features = () => tf.randomNormal([8, plan.from], 0, 1, "float32", 5) as tf.Tensor2D;
const mode = { kind: "train", groups: 1 } as const;

test("a head costs its three layers and the prototypes", () => {
  const head = create();
  const stores = [head.parameters, head.prototypes];
  const numbers = stores.flatMap((store) => [...store.variables.values()]);
  const count = numbers.reduce((sum, { size }) => sum + size, 0);
  expect(costOfDinoHead(plan).parameters).toBe(count);
  const layers = [...head.parameters.variables.values()].filter(({ rank }) => rank === 2);
  expect(layers.map(({ shape }) => shape)).toEqual([
    [6, 10],
    [10, 10],
    [10, 4],
  ]);
  head.dispose();
});

test("only a prototype's direction matters: the gain of the last layer stays 1", async () => {
  const head = create();
  const before = await tf.tidy(() => head.logits(features(), mode)).data();
  expect(Math.max(...before.map(Math.abs))).toBeLessThanOrEqual(1 + 1e-6);
  const prototypes = head.prototypes.get("prototypes");
  prototypes.assign(tf.mul(prototypes, 3));
  const after = await tf.tidy(() => head.logits(features(), mode)).data();
  before.forEach((x, i) => {
    expect(after[i]).toBeCloseTo(x, 5);
  });
  head.dispose();
});
