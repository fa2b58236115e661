import { expect, test } from "vitest";
import { performancePage, readReports } from "./performance-page";
import { commandOf, median, type Report, summarize } from "./results";
import { asMarkdown, asTable } from "./tables";
import { layersOf, macsOf, workloads } from "./workloads";

test("the median of some figures", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([])).toBeNaN();
});

test("the command line is shown without paths", () => {
  expect(commandOf("bench", ["--rounds", "2", "--json", "somewhere.json"])).toBe(
    "npm run bench -- --rounds 2",
  );
  expect(commandOf("bench", ["--json=somewhere.json"])).toBe("npm run bench");
  for (const path of [["--before", "../old"], ["--before=../old"]])
    expect(commandOf("bench", path)).toMatch(/^npm run bench -- --before[ =]DIR$/);
});

test("W1 has its known cost, forward and backward", () => {
  expect((2 * macsOf(workloads.W1)) / 1e9).toBeCloseTo(0.91, 1);
  expect((2 * macsOf(workloads.W2)) / 1e9).toBeCloseTo(7.18, 0);
  expect((2 * macsOf(workloads.W3)) / 1e9).toBeCloseTo(24.5, 0);
  expect(layersOf(workloads.W1).at(-1)).toMatchObject({ name: "block2/shortcut", side: 7 });
});

const counts = { dispatches: 10, uploadedBytes: 100, gpuBytes: 1e6, peakGpuBytes: 2e6 };
const turn = (msPerStep: number) => ({ msPerStep, jsMsPerStep: 0.5, loss: 1, counts });
const opened = { firstStepMs: 2_000 };
const report: Report = {
  command: "npm run bench",
  date: "2026-01-01",
  device: "test",
  cores: 4,
  browser: "Chromium",
  results: [
    summarize("W1", "ours", opened, [turn(10), turn(30), turn(20)], 1e7),
    summarize("W1", "jax-webgpu", opened, [turn(100)], 1e7),
    { workload: "W1", contender: "tfjs-webgl", failure: "no WebGL" },
  ],
  kernels: [],
  matmul: [],
  growth: [],
};

test("tables show the median and minimum over turns, and the ratio to Retort", () => {
  const [ours, jax] = report.results;
  expect(ours?.step).toMatchObject({ medianMs: 20, minMs: 10, gflops: 1, gpuBytes: 2e6 });
  expect(jax?.step?.medianMs).toBe(100);
  expect(asTable(report)).toMatch(/jax-webgpu +100 +100 +5\.0/);
});

test("contenders without a graphics card are compared with ours-wasm, and a row that another checkout lacks is left out", () => {
  const results = [
    ...report.results,
    summarize("W1", "ours-wasm", opened, [turn(5)], 1e7),
    summarize("W1", "ours-wasm-before", opened, [turn(50)], 1e7),
    summarize("W1", "ours-before", opened, [turn(40)], 1e7),
    { workload: "R18", contender: "ours-before", failure: "no R18" } as const,
  ];
  const table = asTable({ ...report, results });
  expect(table).toMatch(/ours-wasm-before +50\.0 +50\.0 +10\.0/);
  expect(table).toMatch(/ours-before +40\.0 +40\.0 +2\.0/);
  expect(table).not.toContain("no R18");
});

test("compiled steps are shown beside the machine's peak, on one thread and on all, with their memory", () => {
  const compiled = { readyMs: 400, firstRunMs: 150, arenaBytes: 11e6, leastBytes: 10e6 };
  const results = [
    summarize("W1", "ours-wasm", { ...opened, compiled }, [turn(10)], 2.5e8),
    summarize("W1", "ours-wasm-1", { ...opened, compiled }, [turn(19)], 2.5e8),
    summarize("W1", "ort-wasm", opened, [turn(60)], 2.5e8),
  ];
  const table = asTable({ ...report, results, peak: { threads: 2, relaxed: true, gflops: 100 } });
  expect(table).toMatch(/W1 +ours-wasm +10\.0 +10\.0 +1\.0 +50\.0 +50 % /);
  expect(table).toMatch(/W1 +ours-wasm-1 +19\.0 +19\.0 +1\.9 +26\.3 +53 % /);
  expect(table).toMatch(/W1 +ort-wasm +60\.0 +60\.0 +6\.0 +8\.3 +0\.50 /);
  expect(table).toContain("Peak: 100.0 GFLOP/s of 2 threads");
  expect(table).toMatch(/W1 +ours-wasm +0\.40 +0\.15 +0\.55 +11\.0 +10\.0 +1\.10/);
  expect(table).toMatch(/W1 +19\.0 +10\.0 +1\.90 +1\.90/);
});

test("a failed peer is shown with the reason", () => {
  expect(asMarkdown([report])).toContain("failed: no WebGL");
});

test("docs/performance.md is generated from the recorded results", () => {
  expect(performancePage.read()).toBe(asMarkdown(readReports()));
});
