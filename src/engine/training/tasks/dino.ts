import * as tf from "@tensorflow/tfjs-core";
import type { Scheme } from "../../../protocol/experiment";
import type { MetricName } from "../../../protocol/metrics";
import { compiledSteps } from "../../compiled/compiled-steps";
import { trainingBackend } from "../../kernels/backend";
import type { Random } from "../../math/random";
import { type Target, target } from "../../math/target";
import { dinoLoss, teacherEntropy, updateCentre } from "../../methods/dino";
import type { DinoHead } from "../../networks/dino-head";
import type { NormMode } from "../../networks/normalisation";
import { renderViews } from "../../views/render-views";
import { followOnline, type MomentumPair } from "../momentum";
import type { UpdateRule } from "../optimiser";
import { patchSide } from "../plan";
import { type Outcome, releaseOutcome, Trainee } from "../trainee";
import { patchRecipe } from "./patches";
import { labelsOf, type ProbedSubject, stackedViews, subjectOf, type Task, type TaskContext } from "./task";

type DinoScheme = Extract<Scheme, { readonly method: "dino" }>;

const globals = 2;

/** The student's head and the teacher's, which follows it. */
export interface DinoHeads {
  readonly online: DinoHead;
  readonly momentum: DinoHead;
}

/** DINO (METHODS §1.7). The teacher is the student's average; it is the one that is judged. */
export class DinoTask implements Task {
  readonly terms: readonly MetricName[] = ["studentLoss", "teacherEntropy"];
  readonly student: ProbedSubject;
  private readonly trainee: Trainee;
  private centre: Target<tf.Tensor1D>;

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
    // What the arm asks for comes first.
    const clipped =
      rule.clip === "none" && scheme.clip > 0
        ? { ...rule, clip: "each" as const, clipNorm: scheme.clip }
        : rule;
    this.trainee = new Trainee(stores, clipped, context.inputs, "studentRate");
    this.student = subjectOf(networks.momentum, context, probeRandom);
    this.centre = tf.keep(tf.tidy(() => target(tf.zeros([scheme.prototypes]) as tf.Tensor1D)));
    trainingBackend()?.uploadToGPU(this.centre.dataId);
  }

  /** Teacher's outputs, the student's loss, the update, then the centre and the teacher follow. */
  step(report: (terms: readonly tf.Scalar[]) => void): void {
    const { context, heads, networks, scheme, trainee } = this;
    const images = stackedViews(context);
    const whole: NormMode = { kind: "train", groups: globals };
    const seen = networks.momentum.features(images, whole);
    const goals = splitRows(heads.momentum.logits(seen, whole), globals).map((one) => target(one));
    const temperatures = {
      student: scheme.temperature,
      teacher: context.inputs.scalar("teacherTemperature"),
    };
    const patches = this.renderPatches();
    const done = trainee.differentiate(() => {
      const logits = this.logitsOf(images, globals);
      const ofPatches = patches ? this.logitsOf(patches, scheme.patches) : [];
      const total = dinoLoss([...logits, ...ofPatches], goals, this.centre, temperatures);
      return { total, terms: [], kept: {} };
    });
    const entropy = teacherEntropy(goals, this.centre, temperatures.teacher);
    trainee.apply(this.gated(done));
    this.moveCentre(goals);
    networks.follow();
    followOnline(heads.momentum.parameters, heads.online.parameters, context.inputs);
    followOnline(heads.momentum.prototypes, heads.online.prototypes, context.inputs);
    this.student.probe.learn(seen, labelsOf(context, globals));
    report([done.total, entropy]);
    releaseOutcome(done);
  }

  dispose(): void {
    this.student.probe.dispose();
    this.trainee.dispose();
    this.centre.dispose();
  }

  /** The student's logits of views that are stacked, one tensor a view. */
  private logitsOf(images: tf.Tensor4D, views: number): tf.Tensor2D[] {
    const mode: NormMode = { kind: "train", groups: views };
    const features = this.networks.online.features(images, mode);
    return splitRows(this.heads.online.logits(features, mode), views);
  }

  private renderPatches(): tf.Tensor4D | undefined {
    const { images, views, inputs } = this.context;
    const { patches } = this.scheme;
    if (patches === 0) return undefined;
    // The numbers of two views are the global ones'.
    const recipes = Array.from({ length: globals + patches }, () => patchRecipe(views.first));
    const side = patchSide(images.set.size);
    const all = renderViews(images, recipes, inputs.batch, inputs.clock, side);
    const [rows, ...shape] = all.shape;
    const first = (globals * rows) / recipes.length;
    return tf.slice(all, [first, 0, 0, 0], [rows - first, ...shape]);
  }

  /** In the first epochs the prototypes stand still: their gradient is zero. */
  private gated(done: Outcome<never>): Pick<Outcome<never>, "gradients"> {
    const gate = this.context.inputs.scalar("prototypeGate");
    const { name } = this.heads.online.prototypes.get("prototypes");
    const gradient = done.gradients[name];
    if (!gradient) throw new Error("The loss depends on the prototypes.");
    return { gradients: { ...done.gradients, [name]: tf.mul(gradient, gate) } };
  }

  private moveCentre(goals: readonly Target[]): void {
    const next = updateCentre(this.centre, goals);
    const backend = trainingBackend() ?? compiledSteps();
    if (backend) {
      backend.copyInPlace(next, this.centre);
      return;
    }
    this.centre.dispose();
    this.centre = tf.keep(next);
  }
}

/** Equal parts of a stack of views. */
function splitRows(stacked: tf.Tensor2D, parts: number): tf.Tensor2D[] {
  const [rows, columns] = stacked.shape;
  const size = rows / parts;
  return Array.from({ length: parts }, (_, part) => tf.slice(stacked, [part * size, 0], [size, columns]));
}
