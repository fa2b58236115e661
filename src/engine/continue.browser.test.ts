/** A training whose engine is killed, and the engine that continues it, with real workers and files. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { defaultDataset, type Experiment, type ExperimentInput } from "../protocol/experiment";
import { experimentOf } from "../protocol/valid-experiment.testing";
import { EngineInWorker } from "./conversation.test-support";
import { encode } from "./dataset/pixels/encoded-images.testing";
import { decodeSafetensors } from "./interchange/safetensors";
import { isLong } from "./test-size.test-support";
import { curveOf, tiny } from "./training/training.test-support";

/** On WebGPU each of the four engines would compile all kernels. */
const backend = isLong ? "webgpu" : "wasm";
vi.setConfig({ testTimeout: 420_000 });

/** What an engine sent: rows without times, baselines and ends. */
function storyOf(engine: EngineInWorker) {
  const ends = engine.heard.filter(
    ({ type }) => type === "floors" || type === "run-finished" || type === "run-failed",
  );
  return { rows: curveOf(engine.rows()), ends };
}

const engines: EngineInWorker[] = [];
function startEngine(): EngineInWorker {
  const engine = new EngineInWorker();
  engines.push(engine);
  return engine;
}

async function clear(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  for (const folder of ["checkpoints", "datasets", "weights"]) {
    await root.removeEntry(folder, { recursive: true }).catch(() => undefined);
  }
}
beforeEach(clear);
afterEach(async () => {
  for (const engine of engines.splice(0)) engine.kill();
  await clear();
});

/** Enough steps to pause before the last one, however fast the machine. */
const arm = { ...tiny, steps: 240, teacherSteps: 240 };
const offline: ExperimentInput = {
  dataset: { source: "shapes", difficulty: "easy", train: 40, test: 10 },
  batchSize: 16,
  evaluation: { everySteps: 120 },
  arms: [{ ...arm, scheme: { method: "simdis-off" } }],
};

async function begin(experiment: Experiment): Promise<EngineInWorker> {
  const engine = startEngine();
  await engine.ask({ type: "start-backend", backend });
  if (experiment.dataset.source === "shapes") {
    await engine.ask({ type: "load-drawn", settings: experiment.dataset });
  }
  await engine.ask({ type: "start", experiment });
  return engine;
}

describe("a killed engine", () => {
  test("in either stage of an offline training leaves a checkpoint from which another ends with the same results", async () => {
    const experiment = experimentOf(offline);
    const whole = await begin(experiment);
    await whole.finished();
    const learned = await whole.ask({ type: "weights", format: "safetensors" });
    whole.kill();

    const first = await begin(experiment);
    await first.reach("teacher", 1);
    await first.ask({ type: "pause" });
    await first.ask({ type: "save" });
    first.kill();

    const second = startEngine();
    const found = await second.ask({ type: "find-interrupted" });
    expect(found).toMatchObject({ type: "interrupted", found: { experiment } });
    // No backend was requested: a training continues on the one it began with.
    expect(await second.ask({ type: "continue" })).toMatchObject({ device: { backend } });
    await second.reach("student", 1);
    await second.ask({ type: "pause" });
    await second.ask({ type: "save" });
    second.kill();

    const third = startEngine();
    await third.ask({ type: "continue" });
    await third.finished();
    expect(storyOf(third)).toEqual(storyOf(whole));
    // The networks are also the same, and can be exported as safetensors.
    expect(await third.ask({ type: "weights", format: "safetensors" })).toEqual(learned);
    if (learned.type !== "weights") return expect.unreachable("weights were asked for");
    expect(learned.files.map(({ role }) => role)).toEqual(["student", "teacher"]);
    for (const { bytes } of learned.files) {
      const { tensors } = decodeSafetensors(bytes);
      expect(tensors.length).toBeGreaterThan(10);
      expect(tensors.every(({ values }) => values.every(Number.isFinite))).toBe(true);
    }
    expect(await third.ask({ type: "find-interrupted" })).toEqual({ type: "interrupted" });
  });

  test("loses imported images unless they were stored", async () => {
    const entries = await Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        const image = await encode(16, 16, "image/png", (x, y) => [(i % 2) * 200, x * 9, y * i, 255]);
        return { path: `${i % 2 ? "red" : "dark"}/${i}.png`, file: new Blob([image]) };
      }),
    );
    const settings = defaultDataset("files");
    const engine = startEngine();
    const { summary } = (await engine.ask({ type: "load-files", settings, entries })) as {
      summary: { hash: string };
    };
    const dataset = { ...settings, hash: summary.hash };
    const experiment = experimentOf({
      ...offline,
      dataset,
      arms: [{ ...arm, scheme: { method: "supervised" } }],
    });
    await engine.ask({ type: "start", experiment });
    await engine.reach("student", 1);
    await engine.ask({ type: "pause" });
    await engine.ask({ type: "save" });
    engine.kill();

    const next = startEngine();
    expect(await next.ask({ type: "continue" })).toMatchObject({
      type: "started",
      summary: { hash: summary.hash },
    });
    await next.finished();
    expect(next.rows().at(-1)?.step).toBe(arm.steps);
  });
});

test("without an interrupted training there is nothing to continue", async () => {
  await expect(startEngine().ask({ type: "continue" })).rejects.toThrow(/No training was found/);
});
