import { expect, test } from "vitest";
import { createAppStore } from "../../store/app-store";
import { overallProgress } from "../../store/progress";
import { reduceRun, startingRun } from "../../store/run-state";
import { finishedRun, measured, runIdOf, startedTraining } from "../../store/run-state.testing";
import { announcement, shownShare, statusSentence } from "./status-sentence";

const stateOf = (run: ReturnType<typeof startedTraining>) => ({ ...createAppStore().getState(), run });
const active = (kind: "compiling" | "training") =>
  reduceRun(measured(startedTraining(), runIdOf(1, 2), 25, {}), {
    type: "activity",
    activity: { kind, runId: runIdOf(1, 2), stage: "student" },
  });

test("the sentence names the arm, the seed, the network being trained, and the progress", () => {
  expect(statusSentence(stateOf(active("training")))).toBe(
    "SimDis-Off, seed 2: student, epoch 3 of 10, step 25 of 100",
  );
  expect(statusSentence(stateOf(active("compiling")))).toBe(
    "SimDis-Off, seed 2: compiling kernels for the student",
  );
});

test("between Start and the first step it names the operation in progress", () => {
  const { experiment, armSlots, ...state } = createAppStore().getState();
  const started = { ...state, experiment, armSlots, run: startingRun(experiment, armSlots) };
  expect(statusSentence(started)).toMatch(/^Starting the engine/);
  const device = { name: "GPU", backend: "webgpu" } as never;
  const ready = { ...started, engine: { status: "ready", device } } as const;
  expect(statusSentence(ready)).toMatch(/^Starting the training/);
  const loading = {
    settings: experiment.dataset,
    progress: { phase: "drawing", done: 5, total: 20 },
  } as const;
  expect(statusSentence({ ...ready, dataset: { ...state.dataset, loading } })).toBe(
    "Drawing images: 5 of 20",
  );
});

test("screen readers get every tenth of the progress, not every step", () => {
  const early = stateOf(measured(active("training"), runIdOf(1, 2), 26, {}));
  expect(announcement(early)).toBe(announcement(stateOf(active("training"))));
  const later = stateOf(measured(active("training"), runIdOf(1, 2), 90, {}));
  expect(announcement(later)).not.toBe(announcement(early));
});

test("the end states the numbers of finished and failed runs", () => {
  let run = finishedRun(startedTraining(), runIdOf(0, 1), 0.5);
  const failure = { kind: "internal", title: "t", cause: "c", action: "a" } as const;
  run = reduceRun(run, { type: "run-failed", runId: runIdOf(0, 2), failure });
  run = reduceRun(run, { type: "finished", stopped: false });
  expect(statusSentence(stateOf(run))).toBe("Finished: 3 runs; 1 failed.");
});

test("the bar shows what the sentence tells of: images before a training, and the end of one while others are loaded", () => {
  const { experiment, armSlots, ...state } = createAppStore().getState();
  const progress = { phase: "drawing", done: 5, total: 20 } as const;
  const dataset = { ...state.dataset, loading: { settings: experiment.dataset, progress } };
  const idle = { ...state, experiment, armSlots };
  expect(shownShare(idle)).toBe(0);
  expect(shownShare({ ...idle, dataset })).toBe(0.25);
  const starting = { ...idle, run: startingRun(experiment, armSlots) };
  expect(shownShare(starting)).toBeUndefined();
  expect(shownShare({ ...starting, dataset })).toBe(0.25);
  const training = stateOf(active("training"));
  expect(shownShare({ ...training, dataset })).toBe(overallProgress(training.run.runs).share);
  const over = startedTraining().runs.reduce(
    (run, { planned }) => finishedRun(run, planned.runId, 0.5),
    startedTraining(),
  );
  const finished = stateOf(reduceRun(over, { type: "finished", stopped: false }));
  expect(shownShare({ ...finished, dataset })).toBe(1);
});
