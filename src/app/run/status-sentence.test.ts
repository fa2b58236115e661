import { expect, test } from "vitest";
import { createAppStore } from "../../store/app-store";
import { reduceRun } from "../../store/run-state";
import { finishedRun, measured, runIdOf, startedTraining } from "../run-state.testing";
import { announcement, statusSentence } from "./status-sentence";

const stateOf = (run: ReturnType<typeof startedTraining>) => ({ ...createAppStore().getState(), run });
const active = (kind: "compiling" | "training") =>
  reduceRun(measured(startedTraining(), runIdOf(1, 2), 25, {}), {
    type: "activity",
    activity: { kind, runId: runIdOf(1, 2), stage: "student" },
  });

test("the sentence names the arm, the seed, who learns, and how far it is", () => {
  expect(statusSentence(stateOf(active("training")))).toBe(
    "SimDis-Off, seed 2: student, epoch 3 of 10, step 25 of 100",
  );
  expect(statusSentence(stateOf(active("compiling")))).toBe(
    "SimDis-Off, seed 2: compiling kernels for the student",
  );
});

test("listeners hear of every tenth, not of every step", () => {
  const early = stateOf(measured(active("training"), runIdOf(1, 2), 26, {}));
  expect(announcement(early)).toBe(announcement(stateOf(active("training"))));
  const later = stateOf(measured(active("training"), runIdOf(1, 2), 90, {}));
  expect(announcement(later)).not.toBe(announcement(early));
});

test("the end says how many runs finished and how many did not", () => {
  let run = finishedRun(startedTraining(), runIdOf(0, 1), 0.5);
  const failure = { kind: "internal", title: "t", cause: "c", action: "a" } as const;
  run = reduceRun(run, { type: "run-failed", runId: runIdOf(0, 2), failure });
  run = reduceRun(run, { type: "finished", stopped: false });
  expect(statusSentence(stateOf(run))).toBe("Finished: 3 runs; 1 failed.");
});
