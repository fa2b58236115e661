import { expect, test } from "vitest";
import type { Notification } from "../client/notification-queue";
import { defaultExperiment } from "../protocol/experiment";
import type { PlannedRun } from "../protocol/messages";
import { batchOfRows } from "../protocol/metrics/metric-batch";
import type { Stage } from "../protocol/metrics/metrics";
import {
  addPaceSample,
  overallProgress,
  type PaceSample,
  paceOf,
  remainingMs,
  runProgress,
} from "./progress";
import { idleRun, type RunState, reduceRun, startedRun, startingRun } from "./run-state";

const offline: PlannedRun = {
  runId: "1-7",
  arm: 1,
  seed: 7,
  stages: [
    { stage: "teacher", steps: 100, stepsPerEpoch: 10, macsPerStep: 9 },
    { stage: "student", steps: 50, stepsPerEpoch: 10, macsPerStep: 2 },
  ],
  paperMacs: 1,
  parameters: { student: 1 },
};
const alone: PlannedRun = {
  ...offline,
  runId: "0-7",
  arm: 0,
  stages: [{ stage: "student", steps: 50, stepsPerEpoch: 10, macsPerStep: 2 }],
};

const started = () => startedRun(startingRun(defaultExperiment(), [0, 1, 2, 3]), [alone, offline]);
const after = (state: RunState, ...news: Notification[]) => news.reduce(reduceRun, state);
const metrics = (runId: string, stage: Stage, step: number): Notification => ({
  type: "metrics",
  batch: batchOfRows(runId, [
    { stage, step, epoch: 0, wallMs: 0, macs: 0, values: { studentLoss: 1 / step } },
  ]),
});
const failure = { kind: "internal", title: "t", cause: "c", action: "a" } as const;

test("metrics reach only their own run", () => {
  const state = after(started(), metrics("1-7", "teacher", 5), metrics("gone", "student", 3));
  expect(state.runs.map(({ position }) => position?.step)).toEqual([undefined, 5]);
  expect(state.runs[0]).toBe(after(state, metrics("1-7", "teacher", 6)).runs[0]);
});

test("progress counts finished stages, is weighted by compute, and never exceeds 1", () => {
  const state = after(started(), metrics("1-7", "student", 25));
  const run = state.runs[1];
  if (!run) return expect.unreachable();
  expect(runProgress(run)).toMatchObject({ steps: 125, totalSteps: 150, macs: 950, totalMacs: 1_000 });
  const all = overallProgress(after(state, metrics("0-7", "student", 9_999)).runs);
  expect(all).toMatchObject({ macs: 1_050, totalMacs: 1_100 });
  const failed = after(state, { type: "run-failed", runId: "1-7", failure });
  expect(runProgress(failed.runs[1] ?? run).share).toBe(1);
});

test("the status follows the engine: paused, training, finished or stopped", () => {
  const paused = after(started(), { type: "activity", activity: { kind: "paused" } });
  expect(paused.status).toBe("paused");
  const training = after(paused, {
    type: "activity",
    activity: { kind: "training", runId: "0-7", stage: "student" },
  });
  expect(training.status).toBe("training");
  expect(after(training, { type: "finished", stopped: true }).status).toBe("stopped");
  expect(after(training, { type: "finished", stopped: false }).status).toBe("finished");
});

test("the end of an earlier training does not end one that is starting", () => {
  const starting = startingRun(defaultExperiment(), [0]);
  expect(after(starting, { type: "finished", stopped: true })).toBe(starting);
});

test("a dead engine ends a training in progress, and nothing that had ended", () => {
  const dead: Notification = { type: "engine-failed", failure };
  expect(after(started(), dead)).toMatchObject({ status: "failed", failure });
  expect(after(idleRun, dead)).toBe(idleRun);
  const finished = after(started(), { type: "finished", stopped: false });
  expect(after(finished, dead)).toBe(finished);
});

test("a steady pace is measured exactly and predicts the remaining time", () => {
  let samples: readonly PaceSample[] = [];
  for (let second = 0; second <= 100; second++) {
    samples = addPaceSample(samples, { atMs: second * 1_000, macs: second * 10, steps: second * 2 });
  }
  expect(samples.length).toBeLessThan(40);
  const pace = paceOf(samples);
  expect(pace).toMatchObject({ stepsPerSecond: 2, macsPerSecond: 10 });
  expect(remainingMs({ share: 0.5, macs: 1_000, totalMacs: 2_000, steps: 0, totalSteps: 0 }, pace)).toBe(
    100_000,
  );
  expect(paceOf(samples.slice(0, 1))).toBeUndefined();
  // Two seconds of the very first steps are too little for a prediction.
  const early = paceOf(samples.slice(0, 3));
  expect(early).toBeDefined();
  expect(
    remainingMs({ share: 0, macs: 20, totalMacs: 2_000, steps: 4, totalSteps: 400 }, early),
  ).toBeUndefined();
});
