import type * as tf from "@tensorflow/tfjs-core";
import type { SchemeOf } from "../../../protocol/schemes";
import type { Random } from "../../math/random";
import { target } from "../../math/target";
import { shakeTerms, weighShakeTerms } from "../../methods/shake";
import { mapSide } from "../../networks/encoders";
import type { NormMode } from "../../networks/normalization";
import { ShadowHead, shadowHeadCost } from "../../networks/shadow-head";
import { globalAveragePool } from "../../operations/average-pool/average-pool";
import type { UpdateRule } from "../../optimizers/optimizer";
import { memberRandom } from "../create-networks";
import type { LabeledNetwork } from "../learners/labeled-network";
import { labeledTeachers } from "../learners/trained-teacher";
import { releaseOutcome, Trainee } from "../learners/trainee";
import { imitationCost } from "./parts/imitation";
import { type MethodTraining, usual } from "./parts/method-training";
import {
  type EvaluatedNetwork,
  firstView,
  labelsOf,
  type Task,
  type TaskContext,
  withProbe,
} from "./parts/task";

type ShakeScheme = SchemeOf<"shake">;

/** SHAKE (docs/methods.md §1.16): student and shadow head learn in the same steps, from a frozen teacher and each other. */
class ShakeTask implements Task {
  readonly terms = ["studentLoss", "labelLoss", "distillationLoss", "shadowLoss"] as const;
  readonly student: EvaluatedNetwork;
  private readonly trainee: Trainee;

  constructor(
    private readonly context: TaskContext,
    private readonly scheme: ShakeScheme,
    private readonly network: LabeledNetwork,
    private readonly head: ShadowHead,
    private readonly taught: LabeledNetwork,
    rule: UpdateRule,
    probeRandom: Random,
  ) {
    const stores = [...network.stores, head.parameters];
    this.trainee = new Trainee(stores, rule, context.inputs, "studentRate");
    this.student = withProbe(network.backbone, context, probeRandom, network);
  }

  step(report: (terms: readonly tf.Scalar[]) => void): void {
    const { context, scheme, network, head, taught, trainee } = this;
    const images = firstView(context);
    const labels = labelsOf(context, 1);
    const mode: NormMode =
      scheme.teacherBatchNorm === "eval" ? { kind: "evaluate" } : { kind: "frozen", groups: 1 };
    const map = target(taught.backbone.map(images, mode));
    const goal = target(taught.logits(globalAveragePool(map)));
    const done = trainee.differentiate(() => {
      const { features, logits } = network.outputs(images, { kind: "train", groups: 1 });
      // The teacher's own classifier reads the shadow's features and stays frozen.
      const shadow = taught.logits(head.features(map));
      const terms = shakeTerms(logits, shadow, goal, labels, scheme);
      return {
        total: weighShakeTerms(terms, scheme),
        terms: [terms.labels, terms.ofShadow, terms.shadow],
        kept: { features },
      };
    });
    trainee.apply(done);
    this.student.probe?.learn(done.kept.features, labels);
    report([done.total, ...done.terms]);
    releaseOutcome(done);
  }

  dispose(): void {
    this.student.probe?.dispose();
    this.trainee.dispose();
  }
}

export const shake: MethodTraining<"shake"> = {
  ...usual,
  create: ({ shared, scheme, seed, teacher, own, rule, randoms, labeledStudent }) => {
    const [taught] = labeledTeachers(teacher) as readonly [LabeledNetwork];
    const head = own(new ShadowHead(taught.backbone.encoder.features, memberRandom(seed, 1)));
    return new ShakeTask(shared, scheme, labeledStudent(), head, taught, rule, randoms.probe);
  },
  cost: (given) => {
    const { count, plan, size } = given;
    const head = shadowHeadCost(plan.teacher.features, mapSide(plan.teacher, size));
    const cost = imitationCost(given, { added: count.supervised(head.macs) });
    const { student = 0 } = cost.parameters;
    return { ...cost, parameters: { ...cost.parameters, student: student + head.parameters } };
  },
};
