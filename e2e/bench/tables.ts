import { asBefore, type ContenderId, contenders, isCompiled, isOurs, needsNoGpu } from "./contenders.ts";
import type { Peak } from "./page/peak.ts";
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
  "of peak",
  "JS ms",
  "dispatches",
  "uploaded",
  "MB moved",
  "GPU MB",
  "first step s",
];

/** Retort on a graphics card, or without one if that is how the other contender computes; else whichever took part. */
function oursOf(
  results: readonly Result[],
  workload: WorkloadId,
  other: ContenderId = "ours",
): Result | undefined {
  const of = (id: ContenderId) =>
    results.find((result) => result.contender === id && result.workload === workload);
  return needsNoGpu(other) ? (of("ours-wasm") ?? of("ours")) : (of("ours") ?? of("ours-wasm"));
}

/** What another checkout does not have yet is no result. */
const shownOf = ({ results }: Report) =>
  results.filter(({ contender, failure }) => failure === undefined || asBefore(contender) === undefined);

/** The peak of the threads that a contender takes. */
const peakFor = ({ contender }: Result, peak: Peak): number =>
  peak.gflops / (contender === "ours-wasm-1" ? peak.threads : 1);

function workloadRow(result: Result, { results, peak }: Report): Row {
  const { workload, contender, step, failure } = result;
  const empty = workloadHead.slice(3).map(() => "");
  if (!step) return [workload, contender, `failed: ${failure}`, ...empty];
  const ours = oursOf(results, workload, contender)?.step?.medianMs;
  return [
    workload,
    contender,
    ms(step.medianMs),
    ms(step.minMs),
    ours === undefined ? "" : (step.medianMs / ours).toFixed(1),
    step.gflops.toFixed(step.gflops < 1 ? 2 : 1),
    peak && isCompiled(contender) ? `${Math.round((100 * step.gflops) / peakFor(result, peak))} %` : "",
    step.jsMs.toFixed(2),
    step.dispatches.toFixed(0),
    uploaded(step.uploadedBytes),
    step.readBytes === undefined ? "" : megabytes(step.readBytes + (step.writtenBytes ?? 0)),
    megabytes(step.gpuBytes),
    (step.firstStepMs / 1000).toFixed(1),
  ];
}

const peakLine = ({ threads, relaxed, gflops }: Peak): string =>
  `Peak: ${gflops.toFixed(1)} GFLOP/s of ${threads === 1 ? "one thread" : `${threads} threads`}, by a WebAssembly loop of independent ${relaxed ? "relaxed multiply-adds" : "multiplications and additions"} measured in this run.`;

const compiledHead: Row = [
  "workload",
  "contender",
  "traced, generated, compiled s",
  "run once s",
  "together s",
  "memory MB",
  "least possible MB",
  "× least",
];

function compiledRows({ results }: Report): Row[] {
  return results.flatMap(({ workload, contender, step }) => {
    const compiled = step?.compiled;
    if (!compiled) return [];
    const { readyMs, firstRunMs, arenaBytes, leastBytes } = compiled;
    const seconds = [readyMs, firstRunMs, readyMs + firstRunMs].map((one) => (one / 1_000).toFixed(2));
    const memory = [megabytes(arenaBytes), megabytes(leastBytes), (arenaBytes / leastBytes).toFixed(2)];
    return [[workload, contender, ...seconds, ...memory]];
  });
}

const threadHead: Row = ["workload", "one thread ms", "all threads ms", "×", "× by minima"];

function threadRows({ results }: Report): Row[] {
  return results.flatMap(({ workload, contender, step: one }) => {
    const all = results.find((other) => other.workload === workload && other.contender === "ours-wasm")?.step;
    if (contender !== "ours-wasm-1" || !one || !all) return [];
    const times = [(one.medianMs / all.medianMs).toFixed(2), (one.minMs / all.minMs).toFixed(2)];
    return [[workload, ms(one.medianMs), ms(all.medianMs), ...times]];
  });
}

const trafficHead: Row = ["workload", "kernel", "dispatches", "MB read", "MB written"];

/** The kernels of Retort's steps, those that move the most bytes first. */
function trafficRows({ results }: Report): Row[] {
  return results
    .filter(({ contender }) => contender === "ours")
    .flatMap(({ workload, step }) =>
      (step?.traffic ?? []).map(({ kernel, dispatches, readBytes, writtenBytes }) => [
        workload,
        kernel,
        `${dispatches}`,
        megabytes(readBytes),
        megabytes(writtenBytes),
      ]),
    );
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
const kernelHead: Row = ["convolution", "pass", "ms", "GFLOP/s", "of the best matmul", "chosen kernel"];

function padded(head: Row, rows: readonly Row[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  return [head, ...rows]
    .map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  "))
    .join("\n");
}

const markdownTable = (head: Row, rows: readonly Row[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

const growthHead: Row = ["parameter", "value", "step ms", "GFLOP/s", "dispatches", "JS ms"];
const growthRows = ({ growth }: Report): Row[] =>
  growth.map(({ what, value, medianMs, gflops, dispatches, jsMs }) => [
    what,
    `${value}`,
    ms(medianMs),
    gflops.toFixed(1),
    dispatches === undefined ? "" : `${dispatches}`,
    jsMs?.toFixed(2) ?? "",
  ]);

const matmulHead: Row = ["handwritten matrix product", "size", "GFLOP/s"];
const matmulRows = ({ matmul }: Report): Row[] =>
  matmul.map(({ style, size, gflops }) => [style, `${size}³`, gflops.toFixed(1)]);

export function asTable(report: Report): string {
  const parts = [
    `${report.device}, ${report.cores} cores, ${report.browser}`,
    padded(
      workloadHead,
      shownOf(report).map((result) => workloadRow(result, report)),
    ),
  ];
  const [compiled, threads] = [compiledRows(report), threadRows(report)];
  if (report.peak) parts.push(peakLine(report.peak));
  if (compiled.length > 0) parts.push(padded(compiledHead, compiled));
  if (threads.length > 0) parts.push(padded(threadHead, threads));
  const traffic = trafficRows(report);
  if (traffic.length > 0) parts.push(padded(trafficHead, traffic));
  if (report.matmul.length > 0) parts.push(padded(matmulHead, matmulRows(report)));
  if (report.kernels.length > 0) parts.push(padded(kernelHead, kernelRows(report)));
  if (report.growth.length > 0) parts.push(padded(growthHead, growthRows(report)));
  return parts.join("\n\n");
}

/** One run of the benchmark. */
function section(report: Report, place: number): string {
  const described = workloadIds
    .filter((id) => report.results.some(({ workload }) => workload === id))
    .map((id) => `- **${id}**: ${workloads[id].title}`);
  const [w4, w5] = (["W4", "W5"] as const).map((id) => oursOf(report.results, id));
  const views =
    w4?.step && w5?.step && w4.together
      ? `Measured in turns, seven target views (W5) cost ${(w5.step.minMs / w4.step.minMs).toFixed(2)} × as much as three (W4) by the
fastest turns, ${(w5.step.medianMs / w4.step.medianMs).toFixed(2)} × by the medians.`
      : "";
  const tables: (readonly [string, Row, readonly Row[]])[] = [
    ["Whole steps", workloadHead, shownOf(report).map((result) => workloadRow(result, report))],
    ["Compiled steps: the first one, and memory", compiledHead, compiledRows(report)],
    ["Compiled steps: one thread and all, in turns", threadHead, threadRows(report)],
    [
      "What the dispatches of a step read and write, counted from their bindings",
      trafficHead,
      trafficRows(report),
    ],
    ["Handwritten matrix products, as a reference for the kernels", matmulHead, matmulRows(report)],
    ["Convolution kernels", kernelHead, kernelRows(report)],
    ["Scaling: W1, or a whole step of the page, with one parameter changed", growthHead, growthRows(report)],
  ];
  const parts = tables
    .filter(([, , rows]) => rows.length > 0)
    .map(([title, head, rows]) => `### ${title}\n\n${markdownTable(head, rows)}`);
  return [
    `## Run ${place + 1}: ${report.date}, ${report.device}`,
    `\`${report.command}\` on ${report.cores} cores, ${report.browser}.`,
    described.join("\n"),
    report.before === undefined
      ? ""
      : `DIR is this project at commit ${report.before}, whose contenders are called “-before”.`,
    report.peak ? peakLine(report.peak) : "",
    ...parts,
    views,
  ]
    .filter(Boolean)
    .join("\n\n");
}

/** Generates docs/performance.md from the results. */
export function asMarkdown(reports: readonly Report[]): string {
  const lacking = (Object.keys(contenders) as ContenderId[])
    .filter((id) => !isOurs(id))
    .map((id) => [id, contenders[id].title, contenders[id].lacks]);
  return `# Training speed

Written by \`npm run bench:page\` from the figures in \`docs/performance/\`, which \`npm run bench -- --json FILE\` writes; no
figure is typed by hand. On a machine with a GPU and no browser, \`npm run bench:node\` runs the same engine on Dawn.

A software adapter shares its cores with everything else that runs. Compare the rows of one workload, which were measured in
turns (A B A B …) in one browser, but not different workloads, and not tables of different runs. The best matrix product of a
run indicates how much of the machine was available to it. FLOPs are 2 × multiply-accumulates of convolutions and linear
layers, forward and backward. All contenders start from the same weights and train on the same batch with momentum SGD. W4, W5
and "page" are whole steps of the page's engine, including augmentation, momentum networks and online probes, which no peer
has. "× ours" is the time beside Retort's on the same kind of device: WebGPU's beside "ours", WebAssembly's and the CPU's beside
"ours-wasm", where both took part. "JS ms" is JavaScript main-thread time per step. Dispatches, uploads and buffers are counted at the browser's interfaces
for all contenders alike (WebGL: draw calls; its memory as TensorFlow.js counts it). The first step includes loading,
compiling and recording. "MB moved" is what the dispatches of a step read and write, counted from their bindings: each range of
a buffer once a dispatch, whether or not a cache would serve it.

"ours-wasm" is the page on a machine without a GPU: the whole step as one generated WebAssembly function on all cores
(\`src/engine/compiled\`), "ours-wasm-1" the same on one thread; "of peak" is their share of what the machine multiplies and
adds in WebAssembly at most. It can pass 100 %: Winograd's tiles take fewer products than FLOPs count. "ours-eager" is what a step without a compiled form falls back to: TensorFlow.js's WASM backend on
all cores, with both gradients of a convolution as forward convolutions, batch norm as a loop over its heap, and the missing
kernels in plain JavaScript (\`src/engine/backend/wasm\` and \`wasm.ts\` in \`src/engine/operations\`). Neither has
dispatches; their memory is as TensorFlow.js counts it, plus what the compiled step takes. "ours-tuned" chose its convolution kernels by timing them, as the page does once per experiment on a
machine with a GPU. "Seeds (page), as one step" are runs whose recorded steps are joined
([decision 12](decisions/0012-joined-runs.md)); all figures of such a row are of the runs together.

${markdownTable(["peer", "description", "missing compared with this engine"], lacking)}

${reports.map(section).join("\n\n")}
`;
}
