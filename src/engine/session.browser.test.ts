import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import type { Experiment } from "../protocol/experiment";
import { type BackendName, type EngineEvent, INITIAL_CREDIT } from "../protocol/messages";
import { trainingBackend } from "./backend/backend";
import { ownDevices } from "./backend/kept-pipelines.test-support";
import { Conversation, EngineInWorker } from "./conversation.test-support";
import { Session } from "./session";
import { tiny, tinyExperiment } from "./training/training.test-support";

const shapes = {
  source: "shapes",
  labelNoise: 0,
  unlabelled: 0,
  unlabelledFor: "pools",
  difficulty: "easy",
  train: 80,
  test: 40,
  resolution: 16,
  seed: 1,
} as const;

const byol = tinyExperiment({ arms: [{ ...tiny, scheme: { method: "byol" } }] });

let engine: EngineInWorker;

beforeEach(() => {
  engine = new EngineInWorker();
});
afterEach(() => engine.kill());

/** Starts an experiment, by default on WebAssembly: on WebGPU each worker would compile all kernels. */
async function started(experiment: Experiment, backend: BackendName = "wasm"): Promise<void> {
  await engine.ask({ type: "start-backend", backend });
  await engine.ask({ type: "load-drawn", settings: shapes });
  await engine.ask({ type: "start", experiment });
}

test("an experiment trains in the worker and sends answer, activity, baselines, rows, results and end, in this order", async () => {
  // Of all methods it has the fewest kernels to compile.
  const supervised = tinyExperiment({ arms: [{ ...tiny, scheme: { method: "supervised" } }] });
  await started(supervised, "webgpu");
  expect(await engine.finished()).toEqual({ type: "finished", stopped: false });
  const kinds = engine.heard.map((event) => event.type);
  const order = ["floors", "metrics", "run-finished", "finished"].map((kind) =>
    kinds.lastIndexOf(kind as EngineEvent["type"]),
  );
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(engine.rows().map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  const activities = engine.heard.flatMap((event) =>
    event.type === "activity" ? [event.activity.kind] : [],
  );
  expect(activities).toContain("compiling");
  expect(activities).toContain("training");
  expect(activities.at(-1)).toBe("idle");
});

test("training can be paused, stepped once, and resumed to its end", async () => {
  const long = tinyExperiment({ arms: [{ ...tiny, steps: 40, scheme: { method: "byol" } }] });
  await started(long);
  await engine.until((event): event is EngineEvent => event.type === "metrics");
  await engine.ask({ type: "pause" });
  await engine.until(
    (event): event is EngineEvent => event.type === "activity" && event.activity.kind === "paused",
  );
  await new Promise((resolve) => setTimeout(resolve, 400));
  const before = engine.rows().length;
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(engine.rows().length).toBe(before);
  const paused = engine.heard.length;
  await engine.ask({ type: "step" });
  await engine.until((event): event is EngineEvent => event.type === "metrics", paused);
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(engine.rows().length).toBe(before + 1);
  await engine.ask({ type: "resume" });
  await engine.finished();
  expect(engine.rows().at(-1)?.step).toBe(40);
});

test("stop ends training; later requests are refused until the next start", async () => {
  await started(tinyExperiment({ arms: [{ ...tiny, steps: 4_000, scheme: { method: "byol" } }] }));
  await engine.until((event): event is EngineEvent => event.type === "metrics");
  await engine.ask({ type: "stop" });
  expect(engine.heard).toContainEqual({ type: "finished", stopped: true });
  await expect(engine.ask({ type: "pause" })).rejects.toMatchObject({ kind: "not-running" });
  const after = engine.heard.length;
  await engine.ask({ type: "start", experiment: byol });
  expect(await engine.finished(after)).toEqual({ type: "finished", stopped: false });
});

test("an experiment that cannot be trained is refused with the reason", async () => {
  await engine.ask({ type: "start-backend", backend: "wasm" });
  await expect(engine.ask({ type: "start", experiment: byol })).rejects.toMatchObject({
    kind: "dataset-missing",
  });
  await engine.ask({ type: "load-drawn", settings: shapes });
  await expect(engine.ask({ type: "start", experiment: { ...byol, batchSize: 81 } })).rejects.toMatchObject({
    kind: "experiment-invalid",
    field: "batchSize",
  });
  await expect(
    engine.ask({ type: "start", experiment: tinyExperiment({ dataset: { ...shapes, seed: 2 } }) }),
  ).rejects.toMatchObject({ kind: "dataset-missing" });
});

test("the same roll shows the same views, another roll other views of the same images", async () => {
  await engine.ask({ type: "load-drawn", settings: shapes });
  const preview = async (roll: number) => {
    const answer = await engine.ask({
      type: "preview-views",
      recipe: byol.views.first,
      indices: [3, 5],
      roll,
    });
    return answer.type === "preview" ? answer.views : expect.unreachable(answer.type);
  };
  const [once, again, other] = [await preview(1), await preview(1), await preview(2)];
  expect([once.count, once.size, once.rgba.length]).toEqual([2, 16, 2 * 16 * 16 * 4]);
  expect(again).toEqual(once);
  expect(other.rgba).not.toEqual(once.rgba);
});

const isCompiling = (event: EngineEvent): event is EngineEvent =>
  event.type === "activity" && event.activity.kind === "compiling";

test("a lost GPU is reported once, and the next start trains on another device", async () => {
  // Loses a device of its own, not the one that all tests share, which the next start finds.
  ownDevices(true);
  onTestFinished(() => ownDevices(false));
  const supervised = (steps: number) =>
    tinyExperiment({ arms: [{ ...tiny, steps, scheme: { method: "supervised" } }] });
  const session = new Session((event) => here.hear(event));
  const here: Conversation = new Conversation((command) => session.receive(command));
  await here.ask({ type: "start-backend", backend: "webgpu" });
  await here.ask({ type: "load-drawn", settings: shapes });
  await here.ask({
    type: "start",
    experiment: supervised(4_000),
  });
  await here.until(isCompiling);
  ownDevices(false);
  trainingBackend()?.device.destroy();
  const lost = await here.until((event): event is EngineEvent => event.type === "engine-failed");
  expect(lost).toMatchObject({ failure: { kind: "device-lost" } });
  const after = here.heard.length;
  await here.ask({ type: "start", experiment: supervised(2) });
  expect(await here.finished(after)).toEqual({ type: "finished", stopped: false });
  expect(here.heard.filter(({ type }) => type === "engine-failed")).toHaveLength(1);
  expect(INITIAL_CREDIT).toBeGreaterThan(0);
});
