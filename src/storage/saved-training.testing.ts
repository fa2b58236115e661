import { defaultExperiment } from "../protocol/experiment";
import { batchOfRows, type MetricBatch } from "../protocol/metrics/metric-batch";
import type { SavedTraining } from "../protocol/saved-training";

/** Example saved trainings for tests: one arm, one seed. */

const experiment = { ...defaultExperiment(), arms: defaultExperiment().arms.slice(0, 1) };

export const RUN = "0-1";

export function savedTraining(changes: Partial<SavedTraining> = {}): SavedTraining {
  return {
    id: crypto.randomUUID(),
    name: "",
    tags: [],
    note: "",
    startedAt: 1_000,
    updatedAt: 2_000,
    status: "training",
    device: "a device (webgpu)",
    experiment,
    runs: [
      {
        planned: {
          runId: RUN,
          arm: 0,
          seed: 1,
          stages: [{ stage: "joint", steps: 10_000, stepsPerEpoch: 10, macsPerStep: 100 }],
          paperMacs: 10,
          parameters: { student: 5, teacher: 6 },
        },
      },
    ],
    ...changes,
  };
}

/** Rows of the steps from `from` on; every third one also has an accuracy. */
export function rowsFrom(from: number, count: number): MetricBatch {
  const rows = Array.from({ length: count }, (_, at) => {
    const step = from + at;
    const values = { studentLoss: 1 / (step + 1), ...(step % 3 === 0 && { knnTop1: step / 1e5 }) };
    return { stage: "joint", step, epoch: step / 10, wallMs: 1.5 * step, macs: 100 * step, values } as const;
  });
  return batchOfRows(RUN, rows);
}
