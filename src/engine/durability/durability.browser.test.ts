import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { defaultExperiment } from "../../protocol/experiment";
import { batchOfRows } from "../../protocol/metrics/metric-batch";
import { drawDataset } from "../dataset/drawing/draw-dataset";
import { builtIn } from "../dataset/summary";
import type { TrainingCheckpoint } from "../training/stages/checkpoint";
import {
  CheckpointKeeper,
  findInterrupted,
  forgetInterrupted,
  type KeeperOptions,
} from "./checkpoint-keeper";
import { findDataset, keepDataset } from "./dataset-vault";
import { openPrivateFiles } from "./private-files";

async function clear(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  for (const folder of ["checkpoints", "datasets"]) {
    await root.removeEntry(folder, { recursive: true }).catch(() => undefined);
  }
}
beforeEach(clear);
afterEach(clear);

const training: TrainingCheckpoint = {
  runs: [],
  teachers: [],
  ended: ["0-1"],
  isMeasured: true,
};
const rows = (...steps: readonly number[]) =>
  batchOfRows(
    "0-1",
    steps.map((step) => ({
      stage: "student",
      step,
      epoch: step / 10,
      wallMs: step,
      macs: 7 * step,
      values: { studentLoss: 0.5 * step, ...(step % 2 === 0 && { knnTop1: 0.1 }) },
    })),
  );

function keeper(options: Partial<KeeperOptions> = {}) {
  const failures: unknown[] = [];
  const made = new CheckpointKeeper({
    experiment: defaultExperiment(),
    datasetHash: "abc",
    backend: "webgpu",
    snapshot: async () => training,
    onSaved: () => undefined,
    onFailed: (error) => failures.push(error),
    ...options,
  });
  return { made, failures };
}

describe("an interrupted training", () => {
  test("is found again with everything that the page was sent", async () => {
    const { made, failures } = keeper();
    made.noteRows(rows(1, 2));
    made.noteEvent({
      type: "run-finished",
      runId: "0-1",
      final: { knnTop1: 0.4, linearTop1: 0.5, linearLearningRate: 1 },
    });
    await made.save();
    made.noteRows(rows(3));
    expect(await findInterrupted()).toBeUndefined();
    await made.end(false);
    const found = await findInterrupted();
    expect(failures).toEqual([]);
    expect(found).toMatchObject({ experiment: defaultExperiment(), datasetHash: "abc", training });
    expect(found?.sent.rows).toEqual([rows(1, 2)]);
    expect(found?.sent.events).toHaveLength(1);
  });

  test("is saved periodically, together with what the page was sent before", async () => {
    let tell: (savedAt: number) => void = () => undefined;
    const saved = new Promise<number>((resolve) => {
      tell = resolve;
    });
    const sent = { rows: [rows(1)], events: [] };
    const { made } = keeper({ periodMs: 20, onSaved: tell, sent });
    made.noteRows(rows(2));
    await saved;
    await made.end(false);
    expect((await findInterrupted())?.sent.rows).toEqual([rows(1, 2)]);
  });

  test("is deleted when it finishes, or when the visitor asks for that", async () => {
    const first = keeper().made;
    await first.save();
    await first.end(true);
    expect(await findInterrupted()).toBeUndefined();
    const second = keeper().made;
    await second.save();
    await second.end(false);
    await forgetInterrupted();
    expect(await findInterrupted()).toBeUndefined();
  });

  test("belongs to one tab at a time", async () => {
    const first = keeper();
    await first.made.save();
    const second = keeper({ datasetHash: "other" });
    await second.made.save();
    await second.made.end(true);
    await first.made.end(false);
    expect((await findInterrupted())?.datasetHash).toBe("abc");
  });

  test("is not found if its file is damaged", async () => {
    const { made } = keeper();
    await made.save();
    await made.end(false);
    const files = await openPrivateFiles("checkpoints");
    const bytes = (await files?.read("latest")) as Uint8Array<ArrayBuffer>;
    for (const broken of [bytes.slice(0, 100), bytes.map((byte, at) => (at === 60 ? byte ^ 1 : byte))]) {
      await files?.write("latest", [broken]);
      expect(await findInterrupted()).toBeUndefined();
    }
  });

  test("reports a failure to save and continues", async () => {
    const { made, failures } = keeper({ snapshot: () => Promise.reject(new Error("no room")) });
    await made.save();
    expect(failures).toEqual([new Error("no room")]);
    await made.end(true);
  });
});

test("imported images are stored under their hash, and returned only if they still match it", async () => {
  const dataset = await drawDataset("shapes", {
    seed: 1,
    size: 16,
    difficulty: "easy",
    train: 20,
    validation: 10,
    test: 10,
  });
  await keepDataset({ dataset, origins: builtIn });
  expect(await findDataset(dataset.hash)).toEqual({ dataset, origins: builtIn });
  expect(await findDataset("f".repeat(64))).toBeUndefined();
  const files = await openPrivateFiles("datasets");
  const name = `${dataset.hash}.images`;
  const bytes = (await files?.read(name)) as Uint8Array<ArrayBuffer>;
  bytes[bytes.length - 5] = (bytes[bytes.length - 5] as number) ^ 1;
  await files?.write(name, [bytes]);
  expect(await findDataset(dataset.hash)).toBeUndefined();
});
