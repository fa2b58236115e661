import type { Experiment } from "../../../protocol/experiment";
import type { PlannedStage } from "../../../protocol/messages";
import { Sampler } from "../../dataset/sampler";
import { Evaluator } from "../../evaluation/evaluator";
import type { ResidentImages } from "../../views/resident-images";
import type { RunContext } from "../run-context";
import type { Task } from "../tasks/parts/task";
import { Stage } from "./stage";
import { StageRunner } from "./stage-runner";

/** An evaluator of a run. @param side pixels per side for evaluations, by default the images' own */
export function evaluatorFor({ parts, experiment }: RunContext, seed: number, side?: number): Evaluator {
  const twoViews = 2 * experiment.batchSize;
  return new Evaluator(parts, experiment.evaluation, seed, twoViews, side);
}

/** A runner that trains a stage. */
export function runnerFor(
  context: RunContext,
  arm: Experiment["arms"][number],
  seed: number,
  plan: PlannedStage,
  task: Task,
  {
    side,
    images = context.parts.train,
  }: {
    /** Pixels per side for evaluations. */
    readonly side?: number;
    /** The images to train on, by default the training part. */
    readonly images?: ResidentImages;
  } = {},
): StageRunner {
  const { experiment, inputs, library, models } = context;
  const sampler = new Sampler(seed, images.set.count, experiment.batchSize);
  const evaluator = evaluatorFor(context, seed, side);
  return new StageRunner({
    plan,
    task,
    stage: new Stage({ plan, arm, seed, sampler, images, inputs, task, library }),
    batchSize: experiment.batchSize,
    evaluator,
    ...(arm.model && models && { ofModel: () => models.measure(arm, evaluator) }),
    evaluation: experiment.evaluation,
  });
}
