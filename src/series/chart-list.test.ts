import { expect, test } from "vitest";
import type { Stage } from "../protocol/metrics/metrics";
import { shownGroups } from "./chart-list";

test("pretraining has its own charts, and so has its teacher where there is one", () => {
  const measured = new Set(["knnTop1", "studentLoss", "teacherKnnTop1", "teacherLoss"] as const);
  const ids = (...stages: Parameters<typeof shownGroups>[1] extends ReadonlySet<infer S> ? S[] : never) =>
    shownGroups(measured, new Set(stages)).map(({ id }) => id);
  expect(ids("student")).toEqual(["overview", "student", "teacher", "speed"]);
  expect(ids("pretraining", "student")).toContain("pretraining");
  expect(ids("pretraining", "student")).not.toContain("sourceTeacher");
  expect(ids("sourceTeacher", "pretraining", "student")).toContain("sourceTeacher");
  const groups = shownGroups(measured, new Set(["sourceTeacher", "pretraining", "student"]));
  const chartsOf = (id: string) => groups.find((group) => group.id === id)?.charts;
  expect(chartsOf("pretraining")).toEqual([
    { metric: "knnTop1", stages: ["pretraining"] },
    { metric: "studentLoss", stages: ["pretraining"] },
  ]);
  expect(chartsOf("sourceTeacher")?.every(({ stages }) => stages.join() === "sourceTeacher")).toBe(true);
});

test("without a plan, only curves from elsewhere have charts", () => {
  const groups = shownGroups(new Set(["knnTop1", "studentLoss"] as const), new Set());
  const overview = groups.find(({ id }) => id === "overview");
  expect(overview?.charts.map(({ metric }) => metric)).toEqual(["knnTop1", "studentLoss"]);
  expect(groups.map(({ id }) => id)).toEqual(["overview"]);
  const more = shownGroups(new Set(["knnTop1", "probeTop5"] as const), new Set());
  expect(more.map(({ id }) => id)).toEqual(["overview", "student"]);
});

test("where a teacher is planned, its curve and the agreement are in the overview from the start", () => {
  const overview = (...stages: Stage[]) =>
    shownGroups(new Set(), new Set(stages))
      .find(({ id }) => id === "overview")
      ?.charts.map(({ metric }) => metric);
  expect(overview("student")).toEqual(["knnTop1", "probeTop1", "studentLoss", "spread"]);
  for (const stages of [["joint"], ["teacher", "student"]] as const) {
    expect(overview(...stages)?.slice(4)).toEqual(["teacherKnnTop1", "agreement"]);
  }
});
