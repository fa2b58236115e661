import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { CompiledSteps } from "../compiled/compiled-steps";
import { ThreadPool } from "../compiled/threads/pool";
import { startBackend } from "../device/start";
import { isLong } from "../test-size.test-support";
import { bestSharing } from "./stages/side-by-side";
import { curveOf, tiny, tinyExperiment, train } from "./training.test-support";

let compiled: CompiledSteps | undefined;
beforeAll(async () => void (await startBackend("wasm")));
afterEach(() => {
  compiled?.dispose();
  vi.restoreAllMocks();
});

/** With a teacher that several seeds train first, and steps of two kinds. */
const arms = [
  { ...tiny, name: "Off", scheme: { method: "simdis-off" } },
  {
    ...tiny,
    name: "Binary",
    student: { network: "ReAct", width: 0.125 },
    scheme: { method: "s2bnn", training: "two", strategy: "contrast", queue: 32 },
  },
] as const;

const curvesOf = ({ rows }: Awaited<ReturnType<typeof train>>) =>
  Object.fromEntries([...rows].map(([runId, some]) => [runId, curveOf(some)]));

test("runs that share the threads have the curves and results that each has alone", async () => {
  const beside = vi.spyOn(ThreadPool.prototype, "begin");
  const trained = async (threads: number, seeds: number[]) => {
    beside.mockClear();
    compiled?.dispose();
    compiled = CompiledSteps.start({ threads });
    const training = await train(tinyExperiment({ seeds, arms: [...arms] }));
    expect(training.failures).toEqual([]);
    return training;
  };
  // With one seed the arms share them, with two also the seeds of an arm.
  for (const seeds of isLong ? [[3], [1, 2]] : [[3]]) {
    const alone = await trained(1, seeds);
    expect(beside).not.toHaveBeenCalled();
    for (const threads of isLong ? [2, 4] : [2]) {
      const together = await trained(threads, seeds);
      expect(curvesOf(together)).toEqual(curvesOf(alone));
      expect(Object.fromEntries(together.finals)).toEqual(Object.fromEntries(alone.finals));
      expect(beside.mock.calls.length).toBeGreaterThan(tiny.steps / 2);
    }
  }
});

test("as many runs share the threads as gives most steps together", () => {
  expect(bestSharing(1, 5)).toBe(1);
  expect(bestSharing(2, 5)).toBe(2);
  expect(bestSharing(8, 8)).toBe(8);
  // Four on two threads each leave none idle.
  expect(bestSharing(8, 5)).toBe(4);
  expect(bestSharing(8, 1)).toBe(1);
});
