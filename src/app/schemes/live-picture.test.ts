import { expect, test } from "vitest";
import { metricNames } from "../../protocol/metrics/metrics";
import { methodOf, schemeMethods, teacherOf } from "../../protocol/schemes";
import { judgingMetric } from "../../series/judging-chart";
import { liveRunOf } from "../../series/live-run";
import { experimentWith } from "../fixtures/states/experiments";
import { finishedTraining, training } from "../fixtures/states/trainings";
import { motionOf, termOf } from "./motion";

const trained = (method: (typeof schemeMethods)[number], share: number) => {
  const experiment = experimentWith([method]);
  const [arm] = experiment.arms;
  if (!arm) throw new Error("There is no arm.");
  return { scheme: arm.scheme, run: training(experiment, { share }) };
};

test("at every moment something learns: before a frozen teacher is finished only itself, afterwards only its student", () => {
  for (const method of schemeMethods) {
    for (const share of [0.2, 0.9]) {
      const { scheme, run } = trained(method, share);
      const motion = motionOf(liveRunOf(run, 0, scheme));
      const { when } = teacherOf(scheme);
      expect(motion.moves, method).toBe(true);
      expect(motion.teacher, method).toBe(when === "alongside" || (when === "before" && share < 0.5));
      expect(motion.student, method).toBe(when !== "before" || share > 0.5);
    }
  }
});

test("numbers are those of the stage that trains: a student has none of its teacher's stage", () => {
  const { scheme, run } = trained("kd", 0.2);
  const live = liveRunOf(run, 0, scheme);
  expect(live?.stage).toBe("teacher");
  expect(live?.valueOf("teacherLoss")).toBeDefined();
  expect(live?.valueOf("studentLoss")).toBeUndefined();
  expect(live?.lag).toBeUndefined();
  const later = trained("kd", 0.9);
  const student = liveRunOf(later.run, 0, later.scheme);
  expect(student?.valueOf("teacherLoss")).toBeUndefined();
  expect(student?.valueOf("studentLoss")).toBeDefined();
  expect(student?.lag).toBeGreaterThan(0);
});

test("another scheme than the one that trains has no numbers, and a finished training stands still", () => {
  const { run } = trained("byol", 0.5);
  expect(liveRunOf(run, 0, trained("moco", 0.5).scheme)).toBeUndefined();
  expect(termOf("labels", undefined)).toBeUndefined();
  const experiment = experimentWith(["byol"]);
  const [arm] = experiment.arms;
  const done = arm && liveRunOf(finishedTraining(experiment), 0, arm.scheme);
  expect(done?.moves).toBe(false);
  expect(done?.step).toBe(done?.steps);
});

test("every method is judged by a metric of the page, those that learn together by a peer's", () => {
  for (const method of schemeMethods) {
    const { scheme } = trained(method, 0.1);
    const metric = judgingMetric(scheme);
    expect(metricNames, method).toContain(metric);
    if (metric === "top1") expect(methodOf(scheme).hasClassifier, method).toBe(true);
  }
  expect(judgingMetric(trained("dml", 0.1).scheme)).toBe("member2Top1");
  expect(judgingMetric(trained("kd", 0.1).scheme)).toBe("agreement");
  expect(judgingMetric(trained("simdis-on", 0.1).scheme)).toBe("knnTop1");
});
