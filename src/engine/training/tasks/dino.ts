import * as tf from "@tensorflow/tfjs-core";
import type { Scheme } from "../../../protocol/experiment";
import type { PlannedStage } from "../../../protocol/messages";
import type { MetricName } from "../../../protocol/metrics/metrics";
import { ResidentTensor } from "../../backend/resident-tensor";
import type { Random } from "../../math/random";
import { type Target, target } from "../../math/target";
import { dinoLoss, teacherEntropy, updateCenter } from "../../methods/dino";
import type { DinoHead } from "../../networks/dino-head";
import { costOfDinoHead } from "../../networks/dino-head";
import type { NormMode } from "../../networks/normalization";
import { follow } from "../../optimizers/average/average";
import type { UpdateRule } from "../../optimizers/optimizer";
import type { Scalars } from "../../optimizers/step-inputs";
import { createDinoHead, createMomentumPair } from "../create-networks";
import type { MomentumPair } from "../learners/momentum";
import { partsOf } from "../learners/stack";
import { type Outcome, releaseOutcome, Trainee } from "../learners/trainee";
import { costIn } from "../planning/costing";
import { dinoHeadOf, patchSide } from "../planning/plan";
import { type MethodTraining, usual } from "./parts/method-training";
import { patchesBesides } from "./parts/patches";
import {
  type EvaluatedNetwork,
  labelsOf,
  stackedViews,
  type Task,
  type TaskContext,
  withProbe,
} from "./parts/task";

type DinoScheme = Extract<Scheme, { readonly method: "dino" }>;

const globals = 2;

/** The student's head, and the teacher's, which is its momentum copy. */
export interface DinoHeads {
  readonly online: DinoHead;
  readonly momentum: DinoHead;
}

/** DINO (docs/methods.md §1.7). The teacher is the student's momentum copy, and is the network that is evaluated. */
export class DinoTask implements Task {
  readonly terms: readonly MetricName[] = ["studentLoss", "teacherEntropy"];
  readonly student: EvaluatedNetwork;
  private readonly trainee: Trainee;
  private readonly center: ResidentTensor<Target<tf.Tensor1D>>;

  constructor(
    private readonly context: TaskContext,
    private readonly scheme: DinoScheme,
    private readonly networks: MomentumPair,
    private readonly heads: DinoHeads,
    rule: UpdateRule,
    probeRandom: Random,
  ) {
    const { online } = heads;
    const stores = [networks.online.parameters, online.parameters, online.prototypes];
    this.trainee = new Trainee(stores, clippedBy(scheme.clip, rule), context.inputs, "studentRate");
    this.student = withProbe(networks.momentum, context, probeRandom);
    this.center = ResidentTensor.of(tf.tidy(() => target(tf.zeros([scheme.prototypes]) as tf.Tensor1D)));
  }

  /** Computes the teacher's outputs and the student's loss, updates the student, then the center and the teacher. */
  step(report: (terms: readonly tf.Scalar[]) => void): void {
    const { context, heads, networks, scheme, trainee } = this;
    const images = stackedViews(context);
    const whole: NormMode = { kind: "train", groups: globals };
    const seen = networks.momentum.features(images, whole);
    const teacherLogits = partsOf(heads.momentum.logits(seen, whole), globals).map((one) => target(one));
    const temperatures = {
      student: scheme.temperature,
      teacher: context.inputs.scalar("teacherTemperature"),
    };
    const patches = this.renderPatches();
    const done = trainee.differentiate(() => {
      const logits = this.logitsOf(images, globals);
      const ofPatches = patches ? this.logitsOf(patches, scheme.patches) : [];
      const total = dinoLoss([...logits, ...ofPatches], teacherLogits, this.center.tensor, temperatures);
      return { total, terms: [], kept: {} };
    });
    const entropy = teacherEntropy(teacherLogits, this.center.tensor, temperatures.teacher);
    trainee.apply(this.gated(done));
    this.center.copyFrom(updateCenter(this.center.tensor, teacherLogits));
    networks.follow();
    follow(heads.momentum.parameters, heads.online.parameters, context.inputs);
    follow(heads.momentum.prototypes, heads.online.prototypes, context.inputs);
    this.student.probe?.learn(seen, labelsOf(context, globals));
    report([done.total, entropy]);
    releaseOutcome(done);
  }

  dispose(): void {
    this.student.probe?.dispose();
    this.trainee.dispose();
    this.center.dispose();
  }

  /** The student's logits of stacked views, one tensor [batch, P] per view. */
  private logitsOf(images: tf.Tensor4D, views: number): tf.Tensor2D[] {
    const mode: NormMode = { kind: "train", groups: views };
    const features = this.networks.online.features(images, mode);
    return partsOf(this.heads.online.logits(features, mode), views);
  }

  private renderPatches(): tf.Tensor4D | undefined {
    const { patches } = this.scheme;
    return patches === 0 ? undefined : patchesBesides(globals, patches, this.context);
  }

  /** Sets the gradient of the prototypes to zero in the first epochs, in which they are frozen. */
  private gated(done: Outcome<never>): Pick<Outcome<never>, "gradients"> {
    const gate = this.context.inputs.scalar("prototypeGate");
    const { name } = this.heads.online.prototypes.get("prototypes");
    const gradient = done.gradients[name];
    if (!gradient) throw new Error("The loss depends on the prototypes.");
    return { gradients: { ...done.gradients, [name]: tf.mul(gradient, gate) } };
  }
}

/** The rule with each gradient clipped to a norm; 0 is no clipping, and the arm's own has precedence. */
export const clippedBy = (clipNorm: number, rule: UpdateRule): UpdateRule =>
  rule.clip === "none" && clipNorm > 0 ? { ...rule, clip: "each", clipNorm } : rule;

/** The fraction of the steps in which the teacher's temperature warms up (30 of 100 epochs). */
const temperatureWarmup = 0.3;

/** The teacher's temperature at a step, and whether the prototypes learn in it. Steps count from 0. */
export function dinoScalars(
  step: number,
  scheme: Pick<DinoScheme, "teacherTemperature" | "lastTeacherTemperature" | "frozenEpochs">,
  { steps, stepsPerEpoch }: Pick<PlannedStage, "steps" | "stepsPerEpoch">,
): Partial<Scalars> {
  const { teacherTemperature: first, lastTeacherTemperature: last, frozenEpochs } = scheme;
  const done = Math.min(1, step / (temperatureWarmup * steps));
  return {
    teacherTemperature: first + (last - first) * done,
    prototypeGate: step < frozenEpochs * stepsPerEpoch ? 0 : 1,
  };
}

export const dino: MethodTraining<"dino"> = {
  ...usual,
  create: ({ context, shared, arm, scheme, seed, own, rule, randoms }) => {
    const pair = own(createMomentumPair(context, arm, seed, "student", false));
    const online = own(createDinoHead(context, arm, seed, scheme.prototypes));
    const heads = { online, momentum: own(online.copy()) };
    return new DinoTask(shared, scheme, pair, heads, rule, randoms.probe);
  },
  cost: ({ count, plan, scheme, size, student, studentStage }) => {
    const head = costOfDinoHead(dinoHeadOf(plan, scheme.prototypes));
    const whole = count.dino(student.macs + head.macs);
    const patch = count.supervised(costIn(plan.student, patchSide(size)).macs + head.macs);
    return {
      stages: [studentStage(whole + scheme.patches * patch)],
      paperMacs: student.macs,
      parameters: { student: student.parameters + head.parameters },
    };
  },
  scalars: dinoScalars,
  probedViews: () => globals,
};
