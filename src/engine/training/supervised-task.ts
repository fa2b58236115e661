import * as tf from "@tensorflow/tfjs-core";
import type { MetricName } from "../../protocol/metrics";
import type { Random } from "../math/random";
import { supervisedLoss } from "../methods/supervised";
import type { ResNetPlan } from "../networks/architecture";
import { Backbone } from "../networks/backbone";
import { linear, linearParameters } from "../networks/heads";
import { ParameterStore } from "../networks/parameters";
import { renderViews } from "../views/render-views";
import { createOptimiser, type Optimiser, type UpdateRule } from "./optimiser";
import { type Subject, subjectOf, type Task, type TaskContext } from "./tasks";

/** Cross-entropy on labels, the first view of every image. Owns its network. */
export class SupervisedTask implements Task {
  readonly terms: readonly MetricName[] = ["studentLoss"];
  readonly student: Subject;
  private readonly backbone: Backbone;
  private readonly classifier: ParameterStore;
  private readonly optimisers: readonly Optimiser[];

  constructor(
    private readonly context: TaskContext,
    encoder: ResNetPlan,
    rule: UpdateRule,
    random: Random,
    probeRandom: Random,
  ) {
    this.backbone = Backbone.create(encoder, undefined, random.fork(0));
    this.classifier = ParameterStore.create(
      linearParameters("classifier", encoder.features, context.classes),
      random.fork(1),
    );
    this.optimisers = this.stores.map((store) => createOptimiser(store, rule, context.inputs, "studentRate"));
    this.student = subjectOf(this.backbone, context, probeRandom);
  }

  step(report: (terms: readonly tf.Scalar[]) => void): void {
    const { images, views, inputs } = this.context;
    const x = renderViews(images, [views.first], inputs.batch, inputs.clock);
    const labels = tf.gather(images.labels, inputs.batch) as tf.Tensor1D;
    let kept: tf.Tensor2D | undefined;
    const variables = this.stores.flatMap((store) => [...store.variables.values()]);
    const { value, grads } = tf.variableGrads(() => {
      const features = this.backbone.features(x, { kind: "train", groups: 1 });
      kept = tf.keep(features);
      return supervisedLoss(linear(this.classifier, "classifier", features), labels);
    }, variables);
    for (const optimiser of this.optimisers) optimiser.update(grads);
    if (kept) this.student.probe.learn(kept, labels);
    report([value]);
    tf.dispose([value, grads, kept]);
  }

  dispose(): void {
    this.student.probe.dispose();
    for (const owned of [this.backbone, this.classifier, ...this.optimisers]) owned.dispose();
  }

  private get stores(): readonly ParameterStore[] {
    return [this.backbone.parameters, this.classifier];
  }
}
