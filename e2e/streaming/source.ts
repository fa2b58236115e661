/**
 * Replaces the engine's worker in the built page: sends what the engine would send of a training whose steps take no
 * time.
 */
import { MetricOutbox } from "../../src/engine/metric-outbox";
import type { DatasetSummary } from "../../src/protocol/dataset";
import type { Experiment } from "../../src/protocol/experiment";
import type { Answer, Command, EngineEvent, PlannedRun, Request } from "../../src/protocol/messages";
import { batchOfRows } from "../../src/protocol/metrics/metric-batch";
import type { MetricRow } from "../../src/protocol/metrics/metrics";
import { pointsPerRun, rampSeconds, rowsPerSecond } from "./load";

const send = (event: EngineEvent) => postMessage(event);
const outbox = new MetricOutbox((batch) => send({ type: "metrics", batch }));

const nothing = { train: [0], validation: [0], test: [0] };
const summary: DatasetSummary = {
  name: "Shapes",
  hash: "0".repeat(64),
  size: 16,
  channels: 3,
  classNames: ["circle"],
  counts: nothing,
  origins: { train: "drawn", validation: "drawn", test: "drawn" },
  rejected: [],
  ignored: 0,
  notices: [],
};

function plan({ arms, seeds }: Experiment): PlannedRun[] {
  return arms.flatMap((_, arm) =>
    seeds.map((seed) => ({
      runId: `${arm} ${seed}`,
      arm,
      seed,
      stages: [{ stage: "student", steps: 2 * pointsPerRun, stepsPerEpoch: 100, macsPerStep: 1e9 }],
      paperMacs: 1e8,
      parameters: { student: 10_000 },
    })),
  );
}

/** Every row has all four metrics of the overview, so that every chart has all points. */
function rowAt({ arm, seed }: PlannedRun, step: number): MetricRow {
  const learned = 1 - Math.exp(-step / (4_000 + 500 * arm));
  const noise = 0.05 * Math.sin(step * (1.3 + 0.1 * seed) + arm) + 0.03 * Math.sin(step * 0.37 * seed);
  const values = {
    studentLoss: 2 - 1.6 * learned + noise,
    knnTop1: 0.1 + 0.6 * learned + 0.3 * noise,
    probeTop1: 0.1 + 0.7 * learned + 0.3 * noise,
    spread: 0.3 + 0.6 * learned + 0.5 * noise,
  };
  return { stage: "student", step, epoch: step / 100, wallMs: 10 * step, macs: 1e9 * step, values };
}

let timer: ReturnType<typeof setInterval> | undefined;

/** At each tick sends as many rows as needed to fill the runs in time, then one. */
function stream(runs: readonly PlannedRun[]): void {
  let step = 0;
  const atOnce = Math.ceil(pointsPerRun / (rampSeconds * rowsPerSecond));
  timer = setInterval(() => {
    const count = step < pointsPerRun ? atOnce : 1;
    for (const run of runs) {
      const rows = Array.from({ length: count }, (_, at) => rowAt(run, step + at + 1));
      outbox.add(batchOfRows(run.runId, rows));
    }
    step += count;
  }, 1_000 / rowsPerSecond);
}

function answer(request: Request): Answer {
  switch (request.type) {
    case "start-backend":
      return { type: "backend", device: { backend: "webgpu", name: "no device", software: true } };
    case "load-drawn":
      return { type: "dataset", summary };
    case "sample-gallery":
      return { type: "gallery", samples: [] };
    case "plan":
      return { type: "plan", runs: plan(request.experiment) };
    case "start": {
      const runs = plan(request.experiment);
      stream(runs);
      return { type: "started", runs };
    }
    case "find-interrupted":
      return { type: "interrupted" };
    case "stop":
      clearInterval(timer);
      return { type: "done" };
    default:
      return { type: "done" };
  }
}

addEventListener("message", ({ data }: MessageEvent<Command>) => {
  if (data.type === "credit") outbox.grant(data.batches);
  else if (data.type !== "cancel") {
    send({ type: "answer", requestId: data.requestId, answer: answer(data) });
    if (data.type === "start") {
      send({ type: "activity", activity: { kind: "training", runId: "0 1", stage: "student" } });
    }
  }
});
