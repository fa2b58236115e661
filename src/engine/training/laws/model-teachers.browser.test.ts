import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { NetworkSettings } from "../../../protocol/experiment";
import { startBackend } from "../../device/start";
import { exported, taughtBy } from "../../durability/exported-teacher.test-support";
import { Purpose, randomFor } from "../../math/random";
import { Backbone } from "../../networks/backbone";
import { planEncoder } from "../../networks/encoders";
import { isLong } from "../../test-size.test-support";
import { type ArmInput, endTrials, lossesOf, startTrial } from "../trial.test-support";
import { backendOfTrials } from "../trial-backend.test-support";

// A software GPU takes minutes for the larger networks.
vi.setConfig({ testTimeout: isLong ? 600_000 : 180_000 });
afterEach(endTrials);

const networks: readonly NetworkSettings["network"][] = isLong ? ["R8", "R18", "MBV3s", "ViT"] : ["R8"];
const backends = isLong ? (["wasm", "webgpu"] as const) : [backendOfTrials];
const settings = backends.flatMap((backend) => networks.map((network) => [network, backend] as const));
const formats = ["onnx", "tfjs"] as const;
const steps = isLong ? 20 : 6;
/** At higher rates, the last digits in which two runtimes differ grow within some steps to more than what is compared. */
const learningRate = 0.005;

describe.each(settings)("%s as a file teaches exactly as itself, on %s:", (network, backend) => {
  beforeAll(async () => void (await startBackend(backend)));

  test.each(formats)("its logits, as %s", async (format) => {
    const arm: ArmInput = {
      scheme: { method: "kd", temperature: 2 },
      teacher: { network, width: 0.25 },
      steps,
      optimiser: { learningRate },
    };
    const native = await startTrial(arm);
    const { context, trainedTeacher } = native;
    if (trainedTeacher?.kind !== "supervised") throw new Error("The teacher has labels.");
    const [member] = trainedTeacher.network.members;
    const { train, classes } = context.parts;
    const files = await exported(format, trainedTeacher.backbone, train, member?.classifier);
    const wanted = await native.advance(steps);
    const { model, openModel } = await taughtBy(files, {
      output: "logits",
      use: "logits",
      dimension: classes,
      side: train.set.size,
    });
    const taught = await lossesOf({ ...arm, model }, steps, { openModel });
    expectAlike(taught, wanted);
    // Kept or not, its answers are the same.
    if (format === "onnx" || isLong)
      expect(await lossesOf({ ...arm, model, answers: "kept" }, steps, { openModel })).toEqual(taught);
  });

  test.each(formats)("its features, as %s", async (format) => {
    const scheme = { method: "compress", queue: 48, queues: "two" } as const;
    const arm: ArmInput = {
      scheme,
      teacher: { network, width: 0.25 },
      steps,
      optimiser: { learningRate },
    };
    const native = await startTrial(arm);
    const { train } = native.context.parts;
    const backbone = native.trainedTeacher?.backbone;
    if (!backbone) throw new Error("The teacher is a network.");
    const files = await exported(format, backbone, train);
    const wanted = await native.advance(steps);
    const dimension = backbone.encoder.features;
    const shape = { output: "features", use: "embedding", dimension, side: train.set.size } as const;
    const { model, openModel } = await taughtBy(files, shape);
    expectAlike(await lossesOf({ ...arm, model }, steps, { openModel }), wanted);
  });
});

type Losses = Awaited<ReturnType<typeof lossesOf>>;

function expectAlike(given: Losses, wanted: Losses): void {
  expect(given).toHaveLength(wanted.length);
  expect(new Set(wanted.map(({ studentLoss }) => studentLoss)).size).toBeGreaterThan(1);
  for (const [step, { studentLoss }] of wanted.entries()) {
    const loss = given[step]?.studentLoss ?? Number.NaN;
    expect(Math.abs(loss - (studentLoss ?? 0)), `step ${step}`).toBeLessThan(1e-4);
  }
}

describe("what a model has learned elsewhere is taught by", () => {
  beforeAll(async () => void (await startBackend(backendOfTrials)));

  const schemes: readonly NonNullable<ArmInput["scheme"]>[] = [
    { method: "kd" },
    { method: "dkd" },
    { method: "ssld", autoAugment: true },
    { method: "funmatch", input: "functionMatching" },
    { method: "funmatch", input: "independent" },
    { method: "funmatch", input: "fixedCentre" },
    { method: "seed", queue: 48, patches: 2 },
    { method: "simdis-off", targets: [3, 5, 7], heads: "two" },
    { method: "simdis-off", targets: [4], heads: "perTarget" },
    { method: "compress", queue: 48, queues: "one" },
    { method: "s2bnn", strategy: "distillation", queue: 48, normGroups: 2 },
    { method: "simreg", views: "other" },
  ];

  test.each(schemes)("$method", async (scheme) => {
    const backbone = Backbone.create(planEncoder("R8", 0.125), undefined, randomFor(3, Purpose.test));
    // Of another size than the students' images, and another normalization.
    const images = { set: { size: 24, channels: 3 }, normalization: { mean: [0.5], std: [0.25] } } as const;
    const files = await exported("onnx", backbone, images);
    const dimension = backbone.encoder.features;
    backbone.dispose();
    const shape = { output: "features", use: "embedding", dimension, side: 24 } as const;
    const { model, openModel } = await taughtBy(files, shape);
    const { advance, task } = await startTrial({ scheme, model }, { openModel });
    const losses = await advance(3);
    expect(task.asks?.length).toBeGreaterThan(0);
    expect(losses.every(({ studentLoss = Number.NaN }) => Number.isFinite(studentLoss))).toBe(true);
    expect(new Set(losses.map(({ studentLoss }) => studentLoss)).size).toBe(3);
  });

  test("no step is taken before the model was asked about its views", async () => {
    const backbone = Backbone.create(planEncoder("R8", 0.125), undefined, randomFor(3, Purpose.test));
    const images = { set: { size: 16, channels: 3 }, normalization: { mean: [0.5], std: [0.25] } } as const;
    const files = await exported("tfjs", backbone, images);
    const dimension = backbone.encoder.features;
    backbone.dispose();
    const shape = { output: "features", use: "embedding", dimension, side: 16 } as const;
    const { model, openModel } = await taughtBy(files, shape);
    const { stage } = await startTrial({ scheme: { method: "kd" }, model }, { openModel });
    expect(() => stage.advance()).toThrow("has not been asked");
    await stage.advanceBy(1);
    expect(stage.step).toBe(1);
  });
});
