import { expect, test } from "vitest";
import { defaultExperiment } from "../../protocol/experiment";
import { decodeRecording, encodeRecording } from "../../protocol/links/recording";
import { batchOfRows } from "../../protocol/metrics/metric-batch";
import { type RunState, reduceRun, startedRun, startingRun } from "../run-state";
import {
  changedSettings,
  compareMetrics,
  compareWithRecording,
  recordForFile,
  recordRun,
  verdictOf,
} from "./reproduction";

const planned = {
  runId: "0-1",
  arm: 0,
  seed: 1,
  stages: [{ stage: "student", steps: 1_000, stepsPerEpoch: 10, macsPerStep: 1 }],
  paperMacs: 1,
  parameters: { student: 1 },
} as const;

function trained(accuracy: (step: number) => number, steps = 200): RunState {
  const rows = Array.from({ length: steps }, (_, at) => ({
    stage: "student" as const,
    step: at + 1,
    epoch: 0,
    wallMs: at,
    macs: at,
    values: { knnTop1: accuracy(at + 1), studentLoss: 1 / (at + 1) },
  }));
  const started = startedRun(startingRun(defaultExperiment(), [0, 1, 2, 3]), [planned]);
  return reduceRun(started, { type: "metrics", batch: batchOfRows("0-1", rows) });
}

const learning = (step: number) => 0.2 + step / 1_000 + 0.01 * Math.sin(step);

/** The recording after encoding into a link and decoding. */
function recordingOf(run: RunState) {
  const recording = recordRun(run, "d", () => true);
  if (!recording) throw new Error("There was nothing to record.");
  const decoded = decodeRecording(encodeRecording(recording));
  if (decoded.kind !== "recording") throw new Error(decoded.kind);
  return decoded.recording;
}

test("the same training reproduces its recording, also while it is running", () => {
  const recording = recordingOf(trained(learning));
  const whole = compareWithRecording(recording, trained(learning));
  expect(whole.compared).toBe(whole.recorded);
  expect(verdictOf(whole)).toBe("same");
  const half = compareWithRecording(recording, trained(learning, 100));
  expect(half.compared).toBeLessThan(half.recorded);
  expect(verdictOf(half)).toBe("same");
});

test("a deviation above the recording's rounding is not the same", () => {
  const recording = recordingOf(trained(learning));
  const verdict = (off: number) =>
    verdictOf(
      compareWithRecording(
        recording,
        trained((step) => learning(step) + off),
      ),
    );
  expect(verdict(0.0002)).toBe("close");
  expect(verdict(0.2)).toBe("differs");
  expect(verdictOf(compareWithRecording(recording, trained(learning, 0)))).toBe("nothing");
});

test("a recording contains the positions of its steps over time and compute", () => {
  const [pace] = recordingOf(trained(learning)).paces ?? [];
  expect(pace?.steps).toHaveLength(8);
  expect([pace?.steps.at(0), pace?.steps.at(-1)]).toEqual([1, 200]);
  expect([pace?.wallMs.at(0), pace?.wallMs.at(-1)]).toEqual([0, 199]);
});

test("a recording keeps the first and the last point, and shrinks until it fits", () => {
  const run = trained(learning);
  const all = recordRun(run, "d", () => true);
  expect(all?.curves.map(({ metric, steps }) => [metric, steps.length, steps[0], steps.at(-1)])).toEqual([
    ["knnTop1", 100, 1, 200],
    ["studentLoss", 100, 1, 200],
  ]);
  const short = recordRun(run, "d", (recording) => encodeRecording(recording).length < 300);
  expect(short?.curves.length).toBeLessThanOrEqual(2);
  expect(encodeRecording(short ?? { device: "d", curves: [] }).length).toBeLessThan(300);
  expect(recordRun(trained(learning, 0), "d", () => true)).toBeUndefined();
});

test("changed settings are named with both values", () => {
  const before = defaultExperiment();
  expect(changedSettings(before, before)).toEqual([]);
  expect(changedSettings(before, { ...before, notes: "Look!" })).toEqual([]);
  expect(changedSettings(before, { ...before, seeds: [1, 2] })).toEqual([
    { setting: "seeds", recorded: "1", here: "1, 2" },
  ]);
});

test("names do not count as changes; an additional arm is one change", () => {
  const before = defaultExperiment();
  const [first, ...others] = before.arms;
  if (!first) throw new Error("The default has arms.");
  expect(changedSettings(before, { ...before, arms: [{ ...first, name: "Another" }, ...others] })).toEqual(
    [],
  );
  expect(changedSettings(before, { ...before, arms: [...before.arms, first] })).toEqual([
    { setting: "arms.4", recorded: "–", here: "byol" },
  ]);
  expect(
    changedSettings(before, { ...before, arms: others.slice(0, 2) }).map(({ setting }) => setting),
  ).toContain("arms.3");
});

test("each metric has its own distances, which together are those of all", () => {
  const recording = recordingOf(trained(learning));
  const other = trained((step) => learning(step) + 0.1);
  const [knn, loss] = compareMetrics(recording, other);
  expect([knn?.metric, loss?.metric]).toEqual(["knnTop1", "studentLoss"]);
  expect(knn?.mean).toBeCloseTo(0.1, 3);
  expect(loss?.mean).toBeLessThan(0.0001);
  const whole = compareWithRecording(recording, other);
  expect((knn?.compared ?? 0) + (loss?.compared ?? 0)).toBe(whole.compared);
});

test("a file keeps every point that a link leaves out", () => {
  const run = trained(learning, 900);
  expect(recordForFile(run, "d")?.curves.map(({ steps }) => steps.length)).toEqual([900, 900]);
  expect(recordForFile(trained(learning, 0), "d")).toBeUndefined();
});
