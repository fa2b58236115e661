import { type ContenderId, isOnWasm, isOurs } from "../contenders.ts";
import { grown, type Workload, type WorkloadId, workloads } from "../workloads.ts";
import type { CompiledFacts, Contender } from "./contender.ts";
import { type Counts, startCounting, takeCounts } from "./counters.ts";
import type { KernelResult, MatmulResult } from "./kernels.ts";
import type { Peak } from "./peak.ts";
import { type KernelTraffic, startWatchingBindings, trafficOf } from "./traffic.ts";

export interface Opened {
  /** From the start of the contender to the end of its first step. */
  readonly firstStepMs: number;
  readonly macs?: number;
  readonly compiled?: CompiledFacts & {
    /** Of the first step alone, with what the engine does when code is new. */
    readonly firstRunMs: number;
  };
}

export interface Timed {
  readonly msPerStep: number;
  /** Milliseconds of the JavaScript thread. */
  readonly jsMsPerStep: number;
  readonly loss: number;
  /** Counts per step, except for bytes held. */
  readonly counts: Counts;
}

export type Profile = Awaited<ReturnType<NonNullable<Contender["profile"]>>>;

export interface BenchPage {
  /** Opens a workload by its name, or by its index among the scaled ones. */
  open(contender: ContenderId, workload: WorkloadId | number): Promise<Opened>;
  run(steps: number): Promise<Timed>;
  profile(): Promise<Profile>;
  /** Takes one step and counts what its dispatches read and write. */
  traffic(): Promise<KernelTraffic[]>;
  device(): Promise<string>;
  peak(): Promise<Peak>;
  kernels(): Promise<{ kernels: KernelResult[]; matmul: MatmulResult[] }>;
}

declare global {
  var bench: BenchPage;
}

async function load(contender: ContenderId, workload: Workload): Promise<Contender> {
  if (isOurs(contender)) {
    const { ours } = await import("./contenders/ours.ts");
    return ours(workload, {
      on: isOnWasm(contender) ? "wasm" : "webgpu",
      compiled: contender !== "ours-eager",
      ...(contender === "ours-wasm-1" && { threads: 1 }),
      tuned: contender === "ours-tuned",
    });
  }
  if (workload.kind !== "supervised") throw new Error("Only Retort can run whole distillation steps.");
  switch (contender) {
    case "tfjs-webgpu":
    case "tfjs-webgl": {
      const { stockTfjs } = await import("./contenders/stock-tfjs.ts");
      return stockTfjs(workload, contender === "tfjs-webgpu" ? "webgpu" : "webgl");
    }
    case "jax-webgpu":
    case "jax-wasm": {
      const { jax } = await import("./contenders/jax.ts");
      return jax(workload, contender === "jax-webgpu" ? "webgpu" : "wasm");
    }
    case "ort-wasm":
      return (await import("./contenders/ort.ts")).ort(workload);
    default:
      throw new Error(`${contender} does not run in this page.`);
  }
}

async function deviceName(): Promise<string> {
  const info = (await navigator.gpu?.requestAdapter())?.info;
  return info ? [info.vendor, info.architecture, info.description].filter(Boolean).join(" ") : "no WebGPU";
}

let current: Contender | undefined;
startCounting();
startWatchingBindings();

globalThis.bench = {
  open: async (contender, workload) => {
    const start = performance.now();
    current = await load(contender, typeof workload === "number" ? grown(workload) : workloads[workload]);
    const ready = performance.now();
    current.step();
    await current.settle();
    const end = performance.now();
    takeCounts();
    const { macs, compiled } = current;
    return {
      firstStepMs: end - start,
      ...(macs === undefined ? {} : { macs }),
      ...(compiled && { compiled: { ...compiled, firstRunMs: end - ready } }),
    };
  },
  run: async (steps) => {
    if (!current) throw new Error("No contender was opened.");
    takeCounts();
    const start = performance.now();
    for (let i = 0; i < steps; i++) current.step();
    const encoded = performance.now();
    const loss = await current.settle();
    const end = performance.now();
    const { dispatches, uploadedBytes, gpuBytes, peakGpuBytes } = takeCounts();
    const held = gpuBytes || (current.gpuBytes?.() ?? 0);
    return {
      msPerStep: (end - start) / steps,
      jsMsPerStep: (encoded - start) / steps,
      loss,
      counts: {
        dispatches: dispatches / steps,
        uploadedBytes: uploadedBytes / steps,
        gpuBytes: held,
        peakGpuBytes: peakGpuBytes || held,
      },
    };
  },
  device: deviceName,
  peak: async () => (await import("./peak.ts")).measurePeak(),
  profile: async () => (await current?.profile?.()) ?? [],
  traffic: async () => {
    const traffic = trafficOf(() => current?.step());
    await current?.settle();
    return traffic;
  },
  kernels: async () => (await import("./kernels.ts")).timeKernels(),
};
