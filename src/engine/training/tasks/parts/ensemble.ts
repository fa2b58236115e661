import * as tf from "@tensorflow/tfjs-core";
import type { MetricName } from "../../../../protocol/metrics/metrics";
import { sumOf } from "../../../math/sum";
import type { EvaluatedNetwork, Task } from "./task";

/** Several teachers that are trained independently on the same batches. The first one is evaluated. */
export class EnsembleTask implements Task {
  readonly terms: readonly MetricName[] = ["teacherLoss"];
  readonly teacher?: EvaluatedNetwork;

  constructor(private readonly members: readonly Task[]) {
    const [first] = members;
    if (first?.teacher) this.teacher = first.teacher;
  }

  /** Reports the mean of the members' losses. */
  step(report: (terms: readonly tf.Scalar[]) => void): void {
    const losses: tf.Scalar[] = [];
    for (const member of this.members) member.step(([loss]) => loss && losses.push(tf.clone(loss)));
    report([tf.div(sumOf(losses), losses.length)]);
  }

  dispose(): void {
    for (const member of this.members) member.dispose();
  }
}
