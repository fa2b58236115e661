import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { create, globals } from "webgpu";
import { type ContenderId, isOnWasm, isOurs } from "./contenders.ts";
import { parseOptions } from "./options.ts";
import type { Counts } from "./page/counters.ts";
import type { Timed } from "./page/main.ts";
import { commandOf, type Report, type Result, summarize } from "./results.ts";
import { asTable } from "./tables.ts";
import { macsOf, type WorkloadId, workloads } from "./workloads.ts";

/** The globals of a browser's worker that the engine needs. */
function installGpu(): void {
  const gpu = create(["enable-dawn-features=allow_unsafe_apis"]);
  Object.assign(globalThis, globals, { WorkerGlobalScope: class {} });
  Object.defineProperty(globalThis, "navigator", { value: { gpu, userAgent: "Node" }, configurable: true });
}

async function deviceName(): Promise<string> {
  const info = (await navigator.gpu.requestAdapter({ powerPreference: "high-performance" }))?.info;
  if (!info) throw new Error("Dawn found no GPU: is there a Vulkan driver and libvulkan.so.1?");
  return [info.vendor, info.architecture, info.device, info.description].filter(Boolean).join(" ");
}

async function measure(workload: WorkloadId, contenderId: ContenderId, rounds: number): Promise<Result> {
  const { ours } = await import("./page/contenders/ours.ts");
  const { takeCounts } = await import("./page/counters.ts");
  const { trafficOf } = await import("./page/traffic.ts");
  const start = performance.now();
  const contender = await ours(workloads[workload], { on: "webgpu", tuned: contenderId === "ours-tuned" });
  contender.step();
  await contender.settle();
  const firstStepMs = performance.now() - start;
  const turn = async (steps: number): Promise<Timed> => {
    takeCounts();
    const begin = performance.now();
    for (let i = 0; i < steps; i++) contender.step();
    const encoded = performance.now();
    const loss = await contender.settle();
    const took = performance.now() - begin;
    const counts: Counts = takeCounts();
    const perStep = {
      dispatches: counts.dispatches / steps,
      uploadedBytes: counts.uploadedBytes / steps,
    };
    return {
      msPerStep: took / steps,
      jsMsPerStep: (encoded - begin) / steps,
      loss,
      counts: { ...counts, ...perStep },
    };
  };
  const { msPerStep } = await turn(1);
  const steps = Math.max(1, Math.min(200, Math.round(700 / msPerStep)));
  const turns: Timed[] = [];
  for (let round = 0; round < rounds; round++) turns.push(await turn(steps));
  const traffic = trafficOf(() => contender.step());
  await contender.settle();
  const described = workloads[workload];
  const macs = contender.macs ?? (described.kind === "supervised" ? macsOf(described) : 0);
  return summarize(workload, contenderId, { firstStepMs }, turns, macs, traffic);
}

const args = process.argv.slice(2);
const options = parseOptions(args);
installGpu();
const device = await deviceName();
const { startCounting } = await import("./page/counters.ts");
const { startWatchingBindings } = await import("./page/traffic.ts");
startCounting();
startWatchingBindings();
const results: Result[] = [];
for (const workload of options.workloads) {
  for (const contender of options.peers.filter(isOurs).filter((id) => !isOnWasm(id))) {
    console.error(`${workload}: ${contender} …`);
    results.push(await measure(workload, contender, options.rounds));
  }
}
if (options.kernels) console.error("kernels …");
const { timeKernels } = await import("./page/kernels.ts");
const { kernels, matmul } = options.kernels ? await timeKernels() : { kernels: [], matmul: [] };
const report: Report = {
  command: commandOf("bench:node", args),
  date: new Date().toISOString().slice(0, 10),
  device,
  cores: availableParallelism(),
  browser: `Dawn in Node ${process.version}`,
  results,
  kernels,
  matmul,
  growth: [],
};
console.log(asTable(report));
if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
process.exit(0);
