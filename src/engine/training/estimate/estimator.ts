import type { Estimate } from "../../../protocol/estimate";
import type { Experiment } from "../../../protocol/experiment";
import type { PlannedRun } from "../../../protocol/messages";
import type { Dataset, ImageSet } from "../../dataset/dataset";
import { subset, withholdLabels } from "../../dataset/unlabeled";
import { openStored, type Stored } from "../open-context";
import { planRuns } from "../planning/plan-runs";
import { durationOf, type ImageCounts, pixelsOf } from "./duration";
import { type Reading, readingsKey, stageKey } from "./keys";
import { measureArm } from "./measure-arm";
import { measureReadings } from "./measure-readings";
import { type Measured, nothingMeasured } from "./measured";

/** Measured on this many images: a step takes as long on few as on many. */
const fewImages = 256;

/** Keeps what was measured on this machine. */
export interface MeasuredMemory {
  recall(): Promise<Measured | undefined>;
  remember(measured: Measured): Promise<void>;
}

export interface EstimateOptions {
  readonly signal: AbortSignal;
  /** Whether to measure again what is remembered. */
  readonly anew?: boolean | undefined;
}

/** Estimates how long experiments take, from steps that are taken here; each kind of step is measured once. */
export class Estimator {
  private known: Measured | undefined;

  constructor(
    private readonly memory: MeasuredMemory,
    private readonly stored: Stored = {},
  ) {}

  /**
   * Estimates an experiment on a dataset's images.
   *
   * @param counts by default those of the dataset
   * @throws the signal's reason between two measurements
   */
  async estimate(
    experiment: Experiment,
    dataset: Dataset,
    { signal, anew = false }: EstimateOptions,
    counts = countsOf(experiment, dataset),
  ): Promise<Estimate> {
    this.known ??= (await this.memory.recall()) ?? nothingMeasured;
    if (anew) this.known = nothingMeasured;
    const before = this.known;
    try {
      await this.measureStages(experiment, dataset, counts, signal);
      await this.measureReadings(experiment, counts, signal);
    } finally {
      if (this.known !== before) await this.memory.remember(this.known);
    }
    const found = durationOf(experiment, counts, this.known);
    if (!found) throw new Error("A stage could not be measured.");
    return found;
  }

  private async measureStages(
    experiment: Experiment,
    dataset: Dataset,
    counts: ImageCounts,
    signal: AbortSignal,
  ): Promise<void> {
    const [seed = 1] = experiment.seeds;
    for (const arm of experiment.arms) {
      const alone = { ...experiment, arms: [arm], seeds: [seed] };
      const [run] = planRuns(alone, counts.train) as [PlannedRun];
      const keyOf = (stage: number) => stageKey(arm, run.stages, stage, experiment, counts);
      const isWanted = (stage: number) => this.known?.stages[keyOf(stage)] === undefined;
      if (!run.stages.some((_, stage) => isWanted(stage))) continue;
      signal.throwIfAborted();
      const few = fewOf(dataset, experiment.batchSize);
      const { unlabelled, seed: drawing } = experiment.dataset;
      const parted = withholdLabels(few.train, few.classNames.length, unlabelled, drawing);
      const opened = await openStored(alone, few, parted, this.stored);
      try {
        await measureArm(run, arm, {
          context: opened.context,
          signal,
          isWanted,
          measured: (stage, found) => {
            const { stages, readings } = this.known ?? nothingMeasured;
            this.known = { readings, stages: { ...stages, [keyOf(stage)]: found } };
          },
        });
      } finally {
        opened.dispose();
      }
    }
  }

  private async measureReadings(
    experiment: Experiment,
    counts: ImageCounts,
    signal: AbortSignal,
  ): Promise<void> {
    const { probe } = experiment.evaluation;
    const ofNetworks = Object.values(this.known?.stages ?? {}).flatMap(({ networks }) => networks);
    const wanted: readonly (readonly [features: number, by: Reading])[] = [
      [pixelsOf(experiment, counts), "pixels"],
      ...ofNetworks.map(({ features }) => [features, probe] as const),
    ];
    for (const [features, by] of wanted) {
      const key = readingsKey(features, counts.classes, by);
      const { stages, readings } = this.known ?? nothingMeasured;
      if (readings[key]) continue;
      const found = await measureReadings(features, counts.classes, by, signal);
      this.known = { stages, readings: { ...readings, [key]: found } };
    }
  }
}

/** The numbers of images that an experiment trains and evaluates on. Drawn parts are as large as it says. */
export function countsOf(
  experiment: Experiment,
  { train, validation, test, classNames }: Dataset,
): ImageCounts {
  const { dataset } = experiment;
  const isDrawn = dataset.source !== "files";
  const all = isDrawn ? dataset.train : train.count;
  return {
    train: Math.round(all * (1 - dataset.unlabelled)),
    validation: validation.count,
    test: isDrawn ? dataset.test : test.count,
    channels: train.channels,
    classes: classNames.length,
  };
}

/** A dataset of few images of every class, but of at least two batches if it has so many. */
function fewOf(dataset: Dataset, batchSize: number): Dataset {
  const { train, validation, test } = dataset;
  return {
    ...dataset,
    train: evenly(train, Math.max(fewImages, 2 * batchSize)),
    validation: evenly(validation, fewImages),
    test: evenly(test, fewImages),
  };
}

function evenly(set: ImageSet, most: number): ImageSet {
  if (set.count <= most) return set;
  return subset(
    set,
    Array.from({ length: most }, (_, at) => Math.floor((at * set.count) / most)),
  );
}
