import type { Experiment } from "../../../protocol/experiment";
import type { PlannedRun } from "../../../protocol/messages";
import { planRuns } from "../planning/plan-runs";
import { type ImageCounts, pixelsOf } from "./duration";
import { readingsKey, stageKey } from "./keys";
import type { Measured, MeasuredStage } from "./measured";

/** A machine on which every multiply-accumulate takes the same time, so that estimates can be checked by hand. */

export const counts: ImageCounts = { train: 4_000, validation: 500, test: 1_000, channels: 3, classes: 10 };

/** Multiply-accumulates per millisecond. */
const macsPerMs = 2e6;

/** What would be measured of an experiment. `stage`: other figures of each stage than its MACs give. */
export function measuredOf(
  experiment: Experiment,
  images: ImageCounts = counts,
  stage: Partial<MeasuredStage> = {},
): Measured {
  const stages: Record<string, MeasuredStage> = {};
  for (const run of planRuns(experiment, images.train) as readonly PlannedRun[]) {
    const arm = experiment.arms[run.arm] as Experiment["arms"][number];
    for (const [at, { macsPerStep }] of run.stages.entries()) {
      const network = {
        role: "student",
        features: 64,
        imageMs: macsPerStep / macsPerMs / 200,
        firstMs: 50,
      } as const;
      stages[stageKey(arm, run.stages, at, experiment, images)] = {
        stepMs: macsPerStep / macsPerMs,
        firstMs: 200,
        networks: [network],
        ownMs: 0,
        ...stage,
      };
    }
  }
  const read = {
    pairMs: 1e-5,
    ridgeRowMs: 0.01,
    ridgeOnceMs: 2,
    inspectedMs: 0.5,
    sweepRowMs: 0.5,
  };
  const { probe } = experiment.evaluation;
  const readings = {
    [readingsKey(64, images.classes, probe)]: read,
    [readingsKey(pixelsOf(experiment, images), images.classes, "pixels")]: read,
  };
  return { stages, readings };
}
