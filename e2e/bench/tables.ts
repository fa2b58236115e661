import { type ContenderId, contenders } from "./contenders.ts";
import type { Report, Result } from "./results.ts";
import { type WorkloadId, workloadIds, workloads } from "./workloads.ts";

type Row = readonly string[];

const ms = (value: number) => (value >= 100 ? value.toFixed(0) : value.toFixed(1));
const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
const uploaded = (bytes: number) => (bytes >= 1e5 ? `${megabytes(bytes)} MB` : `${bytes.toFixed(0)} B`);

const workloadHead: Row = [
  "workload",
  "contender",
  "step ms, median",
  "min",
  "× ours",
  "GFLOP/s",
  "JS ms",
  "dispatches",
  "uploaded",
  "GPU MB",
  "first step s",
];

function oursOf(results: readonly Result[], workload: WorkloadId): Result | undefined {
  return results.find((result) => result.contender === "ours" && result.workload === workload);
}

function workloadRow(result: Result, results: readonly Result[]): Row {
  const { workload, contender, step, failure } = result;
  if (!step) return [workload, contender, `failed: ${failure}`, "", "", "", "", "", "", "", ""];
  const ours = oursOf(results, workload)?.step?.medianMs;
  return [
    workload,
    contender,
    ms(step.medianMs),
    ms(step.minMs),
    ours === undefined ? "" : (step.medianMs / ours).toFixed(1),
    step.gflops.toFixed(step.gflops < 1 ? 2 : 1),
    step.jsMs.toFixed(2),
    step.dispatches.toFixed(0),
    uploaded(step.uploadedBytes),
    megabytes(step.gpuBytes),
    (step.firstStepMs / 1000).toFixed(1),
  ];
}

function kernelRows({ kernels, matmul }: Report): Row[] {
  const best = Math.max(...matmul.map(({ gflops }) => gflops));
  return kernels.map(({ shape, pass, kernel, medianMs, gflops }) => [
    shape,
    pass,
    medianMs.toFixed(2),
    gflops.toFixed(1),
    `${Math.round((100 * gflops) / best)} %`,
    kernel,
  ]);
}
const kernelHead: Row = ["convolution", "pass", "ms", "GFLOP/s", "of the best matmul", "kernel chosen"];

function padded(head: Row, rows: readonly Row[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  return [head, ...rows]
    .map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  "))
    .join("\n");
}

const markdownTable = (head: Row, rows: readonly Row[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

const growthHead: Row = ["what grows", "to", "step ms", "GFLOP/s"];
const growthRows = ({ growth }: Report): Row[] =>
  growth.map(({ what, value, medianMs, gflops }) => [what, `${value}`, ms(medianMs), gflops.toFixed(1)]);

const matmulHead: Row = ["matrix product written by hand", "size", "GFLOP/s"];
const matmulRows = ({ matmul }: Report): Row[] =>
  matmul.map(({ style, size, gflops }) => [style, `${size}³`, gflops.toFixed(1)]);

export function asTable(report: Report): string {
  const parts = [
    `${report.device}, ${report.cores} cores, ${report.browser}`,
    padded(
      workloadHead,
      report.results.map((result) => workloadRow(result, report.results)),
    ),
  ];
  if (report.matmul.length > 0) parts.push(padded(matmulHead, matmulRows(report)));
  if (report.kernels.length > 0) parts.push(padded(kernelHead, kernelRows(report)));
  if (report.growth.length > 0) parts.push(padded(growthHead, growthRows(report)));
  return parts.join("\n\n");
}

/** docs/performance.md: all of it is made here from the figures. */
export function asMarkdown(report: Report): string {
  const lacking = (Object.keys(contenders) as ContenderId[])
    .filter((id) => id !== "ours")
    .map((id) => `| ${id} | ${contenders[id].title} | ${contenders[id].lacks} |`);
  const described = workloadIds
    .filter((id) => report.results.some(({ workload }) => workload === id))
    .map((id) => `- **${id}**: ${workloads[id].title}`);
  const [w4, w5] = (["W4", "W5"] as const).map((id) => oursOf(report.results, id)?.step?.medianMs);
  const views =
    w4 !== undefined && w5 !== undefined
      ? `\nSeven target views (W5) cost ${(w5 / w4).toFixed(3)} × what three cost (W4).\n`
      : "";
  return `# How fast training is

Made by \`${report.command}\` on ${report.date}; no figure is typed by hand. Device: ${report.device} on ${report.cores} cores,
${report.browser}. A software adapter shares these cores with everything else that runs: compare the rows of one
table, not tables of two runs. Contenders take turns (A B A B …) in one browser.

## Whole steps

Forward, backward and update on the same batch; FLOPs are 2 × multiply-accumulates of convolutions and linear layers.
W4, W5 and "page" are whole steps of the page's engine, augmentation, momentum networks and online probes included; no
peer has them. All contenders start from the same numbers; JS is the time of JavaScript's own thread per step; dispatches,
bytes and buffers are counted at the browser's interfaces for all alike (WebGL: draw calls; memory as TensorFlow.js counts it).

${markdownTable(
  workloadHead,
  report.results.map((result) => workloadRow(result, report.results)),
)}
${views}
${described.join("\n")}

| peer | what it is | what it lacks beside this engine |
| --- | --- | --- |
${lacking.join("\n")}

Its batch norm is composed of its own operations; optimisers are momentum SGD everywhere.

## Kernels

${markdownTable(matmulHead, matmulRows(report))}

${markdownTable(kernelHead, kernelRows(report))}

## How cost grows

W1 with one thing changed.

${markdownTable(growthHead, growthRows(report))}
`;
}
