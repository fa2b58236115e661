import type * as tf from "@tensorflow/tfjs-core";
import type { MetricName } from "../../../../protocol/metrics/metrics";
import type { Random } from "../../../math/random";
import { supervisedLoss } from "../../../methods/supervised";
import type { UpdateRule } from "../../../optimizers/optimizer";
import { renderWhole } from "../../../views/render-views";
import type { LabeledNetwork } from "../../learners/labeled-network";
import { releaseOutcome, Trainee } from "../../learners/trainee";
import { type EvaluatedNetwork, labelsOf, type Task, type TaskContext, withProbe } from "./task";

/**
 * The Fix strategy (docs/methods.md §9.3; Touvron et al. 2019, §3): only the classifier is trained, on unaugmented
 * images of another size, with features of a frozen encoder, including its running statistics.
 */
export class FixTask implements Task {
  readonly terms: readonly MetricName[] = ["studentLoss"];
  readonly student: EvaluatedNetwork;
  private readonly trainee: Trainee;

  constructor(
    private readonly context: TaskContext,
    private readonly network: LabeledNetwork,
    /** Pixels per side of the images. */
    private readonly side: number,
    rule: UpdateRule,
    probeRandom: Random,
  ) {
    this.trainee = new Trainee([network.classifier], rule, context.inputs, "studentRate");
    this.student = withProbe(network.backbone, context, probeRandom, network);
  }

  step(report: (terms: readonly tf.Scalar[]) => void): void {
    const { context, network, trainee, side } = this;
    const { images, inputs } = context;
    const features = network.backbone.features(renderWhole(images, inputs.batch, inputs.clock, side), {
      kind: "evaluate",
    });
    const labels = labelsOf(context, 1);
    const done = trainee.differentiate(() => ({
      total: supervisedLoss(network.logits(features), labels),
      terms: [],
      kept: {},
    }));
    trainee.apply(done);
    this.student.probe?.learn(features, labels);
    report([done.total]);
    releaseOutcome(done);
  }

  dispose(): void {
    this.student.probe?.dispose();
    this.trainee.dispose();
  }
}
