import { expect, test } from "vitest";
import { latexText } from "../../charts/latex";
import { resultRows } from "../results/result-rows";
import { finishedRun, measured, runIdOf, startedTraining, twoArms } from "../run-state.testing";
import { metricsCsv, metricsJson } from "./metrics-files";
import { reportHtml } from "./report";
import { summaryMarkdown } from "./summary";
import { resultsLatex } from "./text-tables";

const run = finishedRun(
  measured(measured(startedTraining(), runIdOf(0, 1), 1, { studentLoss: 2 }), runIdOf(0, 1), 2, {
    studentLoss: 1.5,
    knnTop1: 0.25,
  }),
  runIdOf(0, 1),
  0.5,
);

test("every measured row is a line, and what it did not measure is empty", () => {
  const lines = metricsCsv(run).trim().split("\r\n");
  expect(lines).toEqual([
    "arm,seed,stage,step,epoch,wall_ms,macs,studentLoss,knnTop1",
    "BYOL,1,student,1,0.1,100,1000,2,",
    "BYOL,1,student,2,0.2,200,2000,1.5,0.25",
  ]);
});

test("the JSON file holds the experiment, every run and all that was measured of it", () => {
  const saved = JSON.parse(metricsJson(run, "a device"));
  expect(saved).toMatchObject({ device: "a device", experiment: run.experiment, status: "training" });
  expect(saved.runs).toHaveLength(4);
  expect(saved.runs[0]).toMatchObject({ arm: "BYOL", seed: 1, final: { knnTop1: 0.5 } });
  expect(saved.runs[0].rows[1]).toMatchObject({ step: 2, values: { studentLoss: 1.5, knnTop1: 0.25 } });
  expect(saved.runs[1].rows).toEqual([]);
});

test("the summary has a row per arm and says what the seeds do not allow to say", () => {
  const text = summaryMarkdown({
    run,
    rows: resultRows(run, 0),
    baselineId: "arm-0",
    device: undefined,
    link: "https://example.org/#e=1.x",
  });
  expect(text).toContain("| BYOL | 1 / 2 | 50.0 % |");
  expect(text).toContain("SimDis-Off − BYOL: no seed has finished in both yet.");
});

const facts = {
  run,
  rows: resultRows(run, 0),
  baselineId: "arm-0",
  device: "a device",
  link: "https://example.org/#e=1.x",
};

test("names that mean something to LaTeX or HTML are written as the text that they are", () => {
  expect(latexText("50 % of_T & {S}")).toBe("50 \\% of\\_T \\& \\{S\\}");
  expect(latexText("−1 ± 2 T\u0302 Ŝ ③ τ <b> für")).toBe(
    "$-$1 $\\pm$ 2 $\\hat{T}$ $\\hat{S}$ (3) $\\tau$ \\textless{}b\\textgreater{} für",
  );
  const [first, ...others] = facts.rows;
  if (!first) throw new Error("There is no row.");
  const latex = resultsLatex({ ...facts, rows: [{ ...first, label: "a_b" }, ...others] });
  expect(latex).toContain("a\\_b & 1 / 2 & 50.0 \\% (n = 1)");
  expect(latex.match(/toprule/g)).toHaveLength(3);
  const [arm, ...arms] = twoArms.arms;
  if (!arm) throw new Error("There is no arm.");
  const renamed = { ...run, experiment: { ...twoArms, arms: [{ ...arm, name: "<b>" }, ...arms] } };
  expect(reportHtml({ ...facts, run: renamed, curves: undefined })).not.toContain("<b>");
});

test("notes stand in the summary as Markdown and in the report as the text that they are", () => {
  const noted = { ...facts, notes: "**look** <script>" };
  expect(summaryMarkdown(noted)).toContain("## Notes\n\n**look** <script>");
  const html = reportHtml({ ...noted, curves: undefined });
  expect(html).toContain("<pre>**look** &");
  expect(html).not.toContain("<script>");
});

test("the report stands alone: settings, curves, table, sentences, and no address but the experiment's", () => {
  const html = reportHtml({ ...facts, curves: "<svg></svg>" });
  expect(html).toContain("<svg></svg>");
  expect(html).toContain("scheme.method");
  expect(html).toContain("50.0 %");
  expect([...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address)).toEqual([facts.link]);
});
