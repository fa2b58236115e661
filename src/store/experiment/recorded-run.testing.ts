import { defaultExperiment } from "../../protocol/experiment";
import { decodeRecording, encodeRecording } from "../../protocol/links/recording";
import { batchOfRows } from "../../protocol/metrics/metric-batch";
import { type RunState, reduceRun, startedRun, startingRun } from "../run-state";
import { recordRun } from "./recorded-run";

const planned = {
  runId: "0-1",
  arm: 0,
  seed: 1,
  stages: [{ stage: "student", steps: 1_000, stepsPerEpoch: 10, macsPerStep: 1 }],
  paperMacs: 1,
  parameters: { student: 1 },
} as const;

/** One run with a measurement at every step. */
export function trained(accuracy: (step: number) => number, steps = 200): RunState {
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

export const learning = (step: number) => 0.2 + step / 1_000 + 0.01 * Math.sin(step);

/** The recording after encoding into a link and decoding. */
export function recordingOf(run: RunState) {
  const recording = recordRun(run, "d", () => true);
  if (!recording) throw new Error("There was nothing to record.");
  const decoded = decodeRecording(encodeRecording(recording));
  if (decoded.kind !== "recording") throw new Error(decoded.kind);
  return decoded.recording;
}
