import type { ContenderId } from "./contenders.ts";
import type { KernelResult, MatmulResult } from "./page/kernels.ts";
import type { Opened, Timed } from "./page/main.ts";
import type { Peak } from "./page/peak.ts";
import type { KernelTraffic } from "./page/traffic.ts";
import type { WorkloadId } from "./workloads.ts";

/** The results of one contender for one workload. */
export interface Result {
  readonly workload: WorkloadId;
  readonly contender: ContenderId;
  /** Absent if it failed. */
  readonly step?: {
    readonly medianMs: number;
    readonly minMs: number;
    readonly firstStepMs: number;
    readonly jsMs: number;
    readonly gflops: number;
    readonly dispatches: number;
    readonly uploadedBytes: number;
    readonly gpuBytes: number;
    readonly loss: number;
    readonly turns: number;
    /** Bytes read and written by a step's dispatches, counted from their bindings, in all and by kernel. */
    readonly readBytes?: number;
    readonly writtenBytes?: number;
    readonly traffic?: readonly KernelTraffic[];
    /** Where steps are compiled to WebAssembly. */
    readonly compiled?: NonNullable<Opened["compiled"]>;
  };
  readonly failure?: string;
  /** Other workloads measured in turns with this one. */
  readonly together?: readonly WorkloadId[];
}

/** Retort's results as one parameter grows. */
export interface Growth {
  readonly what: string;
  readonly value: number;
  readonly medianMs: number;
  readonly gflops: number;
  readonly dispatches?: number;
  readonly jsMs?: number;
}

export interface Report {
  readonly command: string;
  readonly date: string;
  readonly device: string;
  readonly cores: number;
  readonly browser: string;
  /** The commit of the other checkout that took part. */
  readonly before?: string;
  /** What the machine multiplies and adds in WebAssembly at most, where such contenders took part. */
  readonly peak?: Peak;
  readonly results: readonly Result[];
  readonly kernels: readonly KernelResult[];
  readonly matmul: readonly MatmulResult[];
  readonly growth: readonly Growth[];
}

/** The command line, without the paths of results and of another checkout. */
export function commandOf(script: string, args: readonly string[]): string {
  const isJson = (arg: string | undefined) => arg?.startsWith("--json");
  const kept = args
    .filter((arg, i) => !isJson(arg) && args[i - 1] !== "--json")
    .map((arg, i, all) => (all[i - 1] === "--before" ? "DIR" : arg.replace(/^--before=.*/, "--before=DIR")));
  return [`npm run ${script}`, ...(kept.length > 0 ? ["--", ...kept] : [])].join(" ");
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

const bytesOf = (traffic: readonly KernelTraffic[]) => ({
  readBytes: traffic.reduce((sum, { readBytes }) => sum + readBytes, 0),
  writtenBytes: traffic.reduce((sum, { writtenBytes }) => sum + writtenBytes, 0),
});

export function summarize(
  workload: WorkloadId,
  contender: ContenderId,
  opened: Opened,
  turns: readonly Timed[],
  macs: number,
  traffic: readonly KernelTraffic[] = [],
): Result {
  const of = (pick: (turn: Timed) => number) => turns.map(pick);
  const medianMs = median(of(({ msPerStep }) => msPerStep));
  return {
    workload,
    contender,
    step: {
      medianMs,
      minMs: Math.min(...of(({ msPerStep }) => msPerStep)),
      firstStepMs: opened.firstStepMs,
      jsMs: median(of(({ jsMsPerStep }) => jsMsPerStep)),
      gflops: (2 * macs) / medianMs / 1e6,
      dispatches: median(of(({ counts }) => counts.dispatches)),
      uploadedBytes: median(of(({ counts }) => counts.uploadedBytes)),
      gpuBytes: Math.max(...of(({ counts }) => counts.peakGpuBytes)),
      loss: turns.at(-1)?.loss ?? Number.NaN,
      turns: turns.length,
      ...(traffic.length > 0 ? { ...bytesOf(traffic), traffic } : {}),
      ...(opened.compiled && { compiled: opened.compiled }),
    },
  };
}
