import { expect, test } from "vitest";
import { latexText } from "../../charts/tables/latex";
import { resultRows } from "../../series/tables/result-rows";
import { noHistory } from "../../store/history/history-state";
import {
  finishedRun,
  measured,
  runIdOf,
  startedTraining,
  twoArms,
  withFloors,
} from "../../store/run-state.testing";
import { initialView, type ViewSettings } from "../../store/view-settings";
import { metricsCsv, metricsJson } from "./metrics-files";
import { type ReportFacts, reportHtml } from "./report";
import { reportCharts } from "./report-charts";
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

test("every measured row is a line, and unmeasured values are empty", () => {
  const lines = metricsCsv(run).trim().split("\r\n");
  expect(lines).toEqual([
    "arm,seed,stage,step,epoch,wall_ms,macs,studentLoss,knnTop1",
    "BYOL,1,student,1,0.1,100,1000,2,",
    "BYOL,1,student,2,0.2,200,2000,1.5,0.25",
  ]);
});

test("the JSON file holds the experiment, every run and all of its measurements", () => {
  const saved = JSON.parse(metricsJson(run, "a device", resultRows(run, 0), "arm-0"));
  expect(saved).toMatchObject({ device: "a device", experiment: run.experiment, status: "training" });
  expect(saved.results[0]).toMatchObject({
    arm: "BYOL",
    finalKnn_mean: 0.5,
    finalKnn_sd: null,
    seeds_planned: 2,
  });
  expect(saved.runs).toHaveLength(4);
  expect(saved.runs[0]).toMatchObject({ arm: "BYOL", seed: 1, final: { knnTop1: 0.5 } });
  expect(saved.runs[0].rows[1]).toMatchObject({ step: 2, values: { studentLoss: 1.5, knnTop1: 0.25 } });
  expect(saved.runs[1].rows).toEqual([]);
});

test("the summary has a row per arm and says where there are too few seeds for a conclusion", () => {
  const text = summaryMarkdown({
    run,
    rows: resultRows(run, 0),
    baselineId: "arm-0",
    device: undefined,
    link: "https://example.org/#e=1.x",
  });
  expect(text).toContain("| BYOL | 1 / 2 | 50.0 % |");
  expect(text).toContain("SimDis-Off − BYOL: no seed has finished in both arms yet.");
});

const facts = {
  run,
  rows: resultRows(run, 0),
  baselineId: "arm-0",
  device: "a device",
  link: "https://example.org/#e=1.x",
};

const shownOf = (shown: typeof run, view: Partial<ViewSettings> = {}) => ({
  run: shown,
  view: { ...initialView, ...view },
  history: { ...noHistory },
});

const reported: ReportFacts = {
  ...facts,
  rows: resultRows(finishedRun(run, runIdOf(1, 1), 0.6), 0),
  dataset: {
    name: "Shapes",
    hash: "abc123",
    size: 16,
    channels: 3,
    classNames: ["a", "b"],
    counts: { train: [1, 2], validation: [0, 0], test: [1, 1] },
    origins: { train: "drawn", validation: "drawn", test: "drawn" },
    rejected: [],
    ignored: 0,
    notices: [],
  },
  charts: reportCharts(shownOf(run)),
  drawn: "Means.",
  notesHtml: "",
  version: "1.2.3",
  written: new Date(0),
};

test("names with characters special to LaTeX or HTML are written literally", () => {
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
  expect(reportHtml({ ...reported, run: renamed })).not.toContain("<b>");
});

test("notes appear in the summary as Markdown and in the report as HTML", () => {
  expect(summaryMarkdown({ ...facts, notes: "**look** <script>" })).toContain(
    "## Notes\n\n**look** <script>",
  );
  expect(reportHtml({ ...reported, notesHtml: "<strong>look</strong>" })).toContain("<strong>look</strong>");
});

test("the report is self-contained: settings, images, curves, tables, costs, and no address but the experiment's", () => {
  const html = reportHtml(reported);
  for (const part of ["Scheme", "50.0 %", "abc123", "a device", "Retort 1.2.3", "not enough seeds to tell"]) {
    expect(html, part).toContain(part);
  }
  expect(html.match(/<figure>/g)).toHaveLength(reported.charts.length);
  expect([...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address)).toEqual([facts.link]);
  expect(html).not.toContain("<script");
});

test("every chart with points is in the report, with its floors, its figures and one column per curve", () => {
  const charts = reportCharts(shownOf(withFloors(run, runIdOf(0, 1))));
  expect(charts.map(({ title }) => title)).toEqual(["kNN top-1", "Student loss"]);
  for (const { svg, head, rows } of charts) {
    expect(svg).toMatch(/<path [^>]*d="M|<circle/);
    expect(svg).not.toContain("NaN");
    for (const row of rows) expect(row).toHaveLength(head.length);
  }
  expect(charts[0]?.rows.map(([name]) => name)).toContain("raw pixels");
  const hidden = shownOf(run, { hiddenSlots: [0] });
  expect(reportCharts(hidden)).toEqual([]);
});
