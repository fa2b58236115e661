import {
  type FunctionWriter,
  I32,
  type Local,
  V128,
} from "../../../src/engine/compiled/assembler/function-writer.ts";
import { ModuleWriter } from "../../../src/engine/compiled/assembler/module-writer.ts";
import { features } from "../../../src/engine/compiled/features.ts";

/** What the machine can multiply and add in WebAssembly at most. */
export interface Peak {
  readonly threads: number;
  /** Whether multiply and add are one instruction. */
  readonly relaxed: boolean;
  readonly gflops: number;
}

/** Sums that do not wait for each other: more than a multiplier's latency, fewer than the registers. */
const chains = 12;
const perCall = 200_000;
/** Of which each thread finds its own speed in the second half, when all have begun. */
const turnMs = 400;

function writeChains(f: FunctionWriter, rounds: Local): void {
  const sums = f.manyLocals(V128, chains);
  const [factor, addend] = f.manyLocals(V128, 2) as [Local, Local];
  f.constantV(0.999).set(factor).constantV(0.001).set(addend);
  f.loop(() => {
    for (const sum of sums) f.get(sum).get(factor).get(addend).multiplyAdd().set(sum);
    f.get(rounds).i32(1).sub().tee(rounds).branchIf(0);
  });
  // What nobody reads would not be computed.
  sums.forEach(
    (sum, i) =>
      void f
        .i32(16 * i)
        .get(sum)
        .storeV(),
  );
}

function moduleOf(relaxed: boolean): Uint8Array<ArrayBuffer> {
  const module = new ModuleWriter({ relaxed, shared: false });
  module.export(
    "spin",
    module.define([I32], (f, [rounds = 0]) => writeChains(f, rounds)),
  );
  return module.finish();
}

/** Calls for `turnMs`, and says how many milliseconds one took in the second half, on average. */
const workerCode = `onmessage = ({ data: { bytes, rounds, turnMs } }) => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { spin } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } }).exports;
  const start = performance.now();
  let [calls, from] = [0, 0];
  for (let now = start; now - start < turnMs; now = performance.now()) {
    spin(rounds);
    if (from > 0) calls++;
    else if (now - start > turnMs / 2) from = performance.now();
  }
  postMessage((performance.now() - from) / calls);
};`;

/** The multiply-adds of a loop of nothing else, on all threads at once. */
export async function measurePeak(): Promise<Peak> {
  const { relaxed, threads: areShared } = features();
  const threads = areShared ? navigator.hardwareConcurrency : 1;
  const order = { bytes: moduleOf(relaxed), rounds: perCall, turnMs };
  const address = URL.createObjectURL(new Blob([workerCode], { type: "text/javascript" }));
  const workers = Array.from({ length: threads }, () => new Worker(address));
  const times = await Promise.all(
    workers.map(
      (worker) =>
        new Promise<number>((resolve, reject) => {
          worker.onmessage = ({ data }: MessageEvent<number>) => resolve(data);
          worker.onerror = ({ message }) => reject(new Error(message));
          worker.postMessage(order);
        }),
    ),
  );
  for (const worker of workers) worker.terminate();
  URL.revokeObjectURL(address);
  const flops = 2 * 4 * chains * perCall;
  return { threads, relaxed, gflops: times.reduce((sum, ms) => sum + flops / ms / 1e6, 0) };
}
