import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { NetworkSettings } from "../../../protocol/experiment";
import { startBackend } from "../../device/start";
import { exported, taughtBy } from "../../durability/exported-teacher.test-support";
import { isLong } from "../../test-size.test-support";
import { type ArmInput, endTrials, lossesOf, startTrial } from "../trial.test-support";
import { backendOfTrials } from "../trial-backend.test-support";

beforeAll(async () => void (await startBackend(backendOfTrials)));
afterEach(endTrials);

const networks: readonly NetworkSettings["network"][] = isLong ? ["R8", "R18", "MBV3s", "ViT"] : ["R8"];
const formats = ["onnx", "tfjs"] as const;
const steps = isLong ? 20 : 6;

describe.each(networks)("%s as a file teaches exactly as itself:", (network) => {
  test.each(formats)("its logits, as %s", async (format) => {
    const arm: ArmInput = { scheme: { method: "kd", temperature: 2 }, teacher: { network, width: 0.25 } };
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
    const arm: ArmInput = { scheme, teacher: { network, width: 0.25 } };
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
