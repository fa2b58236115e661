import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import type { BackendName } from "../../protocol/messages";
import { trainingBackend } from "../backend/backend";
import type { Recording } from "../backend/recording";
import { ResidentTensor } from "../backend/resident-tensor";
import { startBackend } from "../device/start";
import { Purpose, randomFor } from "../math/random";
import { linearParameters } from "../networks/heads";
import { normParameters } from "../networks/normalization";
import { ParameterStore } from "../networks/parameters";
import { lossesOf } from "../training/trial.test-support";
import { adamMoments, biasCorrections } from "./adam/rule";
import { createOptimizer, plainSgd, type UpdateRule } from "./optimizer";
import { idleScalars, StepInputs } from "./step-inputs";

const usual: UpdateRule = { ...plainSgd, momentum: 0.9, weightDecay: 0.05 };
const rules: readonly (readonly [string, Partial<UpdateRule>])[] = [
  ["SGD", {}],
  ["SGD with Nesterov", { nesterov: true }],
  ["SGD, weights decayed alone", { decayed: "weights" }],
  ["SGD, clipped together", { clip: "global", clipNorm: 2 }],
  ["SGD, clipped each", { clip: "each", clipNorm: 0.5 }],
  ["LARS", { kind: "lars" }],
  ["LARS, which has a rule of its own for vectors", { kind: "lars", decayed: "weights" }],
  ["LARS, solo", { kind: "lars", larsRule: "solo" }],
  ["Adam", { kind: "adam" }],
  ["AdamW", { kind: "adamw" }],
  ["AdamW, only weights decayed, clipped", { kind: "adamw", decayed: "weights", clip: "global" }],
  ["Shampoo", { kind: "shampoo" }],
  ["SGD with a rate per layer", { rateFactor: (name) => (name.endsWith("bias") ? 0.3 : 0.5) }],
  ["AdamW with a rate per layer", { kind: "adamw", rateFactor: (name) => (name.startsWith("a") ? 0.3 : 1) }],
];

/** The parameters of two stores after a few updates with rates and gradients that differ from step to step. */
async function trajectory(backend: BackendName, rule: UpdateRule, recorded = false): Promise<number[]> {
  await startBackend(backend);
  const random = randomFor(5, Purpose.test);
  const stores = [
    ParameterStore.create([...linearParameters("a", 7, 5), ...normParameters("a", 5)], random.fork(0)),
    ParameterStore.create(linearParameters("b", 30, 3), random.fork(1)),
  ];
  const inputs = new StepInputs(2);
  const optimiser = createOptimizer(stores, rule, inputs, "studentRate");
  const named = stores.flatMap((store) => [...store.variables.values()]);
  const held = named.map((variable) => ResidentTensor.of(tf.zeros(variable.shape)));
  const gpu = trainingBackend();
  const update = () =>
    optimiser.update(
      Object.fromEntries(named.map((variable, i) => [variable.name, (held[i] as ResidentTensor).tensor])),
    );
  const recordings = new Map<boolean, Recording>();
  for (let step = 0; step < 4; step++) {
    const freshRoots = step === 0;
    const corrections = biasCorrections(step + 1, adamMoments);
    inputs.write({
      scalars: {
        ...idleScalars,
        studentRate: 0.01 * (step + 1),
        adamFirst: corrections.first,
        adamSecond: corrections.second,
      },
      batch: Uint32Array.of(0, 1),
      seed: 1,
      epoch: 0,
      freshRoots,
    });
    for (const [i, resident] of held.entries()) {
      resident.write(random.normals(resident.tensor.size, step, i) as Float32Array<ArrayBuffer>);
    }
    const recording = recordings.get(freshRoots);
    if (!gpu || !recorded) update();
    else if (recording) gpu.replay(recording);
    else recordings.set(freshRoots, gpu.record(update));
  }
  const numbers = (await Promise.all(stores.map((store) => store.values()))).flatMap((flat) => [...flat]);
  for (const recording of recordings.values()) recording.dispose();
  optimiser.dispose();
  inputs.dispose();
  for (const resident of held) resident.dispose();
  for (const store of stores) store.dispose();
  return numbers;
}

const distance = (a: readonly number[], b: readonly number[]) =>
  a.reduce((most, x, i) => Math.max(most, Math.abs(x - (b[i] ?? Number.NaN))), 0);

test.each(rules)("%s: WebGPU's update in place, eager or replayed, equals the pure rule", async (_, part) => {
  const rule = { ...usual, ...part };
  const pure = await trajectory("cpu", rule);
  const start = await trajectory("cpu", { ...usual, weightDecay: 0 });
  expect(distance(await trajectory("webgpu", rule), pure)).toBeLessThan(2e-4);
  expect(distance(await trajectory("webgpu", rule, true), pure)).toBeLessThan(2e-4);
  expect(distance(pure, start)).toBeGreaterThan(1e-4);
});

test.each(["adam", "adamw"] as const)("%s trains alike in recorded and eager steps", async (kind) => {
  await startBackend("webgpu");
  const arm = {
    scheme: { method: "supervised" },
    optimiser: { kind, learningRate: 0.05, weightDecay: 1e-4 },
    schedule: "oneCycle",
    warmup: 0.1,
  } as const;
  const recorded = await lossesOf(arm, 4);
  expect(recorded).toEqual(await lossesOf(arm, 4, { recorded: false }));
  expect(new Set(recorded.map(({ studentLoss }) => studentLoss)).size).toBe(4);
});
