import * as tf from "@tensorflow/tfjs-core";
import type { Scheme } from "../../../protocol/experiment";
import { type MetricName, peerNumbers } from "../../../protocol/metrics/metrics";
import { type CheckedMember, crashOf, type MemberCheck } from "../../evaluation/crash";
import type { Evaluator } from "../../evaluation/evaluator";
import type { Random } from "../../math/random";
import { sumOf } from "../../math/sum";
import { target } from "../../math/target";
import { mutualLoss, mutualTerms } from "../../methods/dml";
import type { UpdateRule } from "../../optimizers/optimizer";
import { createLabeledNetwork } from "../create-networks";
import type { LabeledNetwork } from "../learners/labeled-network";
import { releaseOutcome, Trainee } from "../learners/trainee";
import { type MethodTraining, usual } from "./parts/method-training";
import {
  type EvaluatedNetwork,
  firstView,
  labelsOf,
  type Task,
  type TaskContext,
  type TaskMemory,
  withProbe,
} from "./parts/task";

type MutualScheme = Extract<Scheme, { readonly method: "dml" }>;

const training = { kind: "train", groups: 1 } as const;
/** The mode of peers: batch statistics without updating the running ones. */
const peerMode = { kind: "frozen", groups: 1 } as const;

/** The three parts of the student's loss that are reported. */
const studentTerms = ["labelLoss", "mutualEnsemble", "mutualPeerEntropy"] as const satisfies MetricName[];

/** A cohort that learns from the labels and from each other (docs/methods.md §1.9). The first member is the student. */
export class MutualTask implements Task {
  readonly terms: readonly MetricName[];
  readonly student: EvaluatedNetwork;
  /** One for all members (simultaneous), or one for each (sequential). */
  private readonly trainees: readonly Trainee[];
  private readonly checks: MemberCheck[][];
  private readonly steps: number[] = [];
  private readonly excluded = new Set<number>();

  constructor(
    private readonly context: TaskContext,
    private readonly scheme: MutualScheme,
    private readonly members: readonly [LabeledNetwork, ...LabeledNetwork[]],
    rule: UpdateRule,
    probeRandom: Random,
  ) {
    const [student] = members;
    const together = scheme.order === "simultaneous" ? [members] : members.map((member) => [member]);
    this.trainees = together.map((some) => {
      const stores = some.flatMap((member) => member.stores);
      return new Trainee(stores, rule, context.inputs, "studentRate");
    });
    this.student = withProbe(student.backbone, context, probeRandom, student);
    this.checks = members.map(() => []);
    const peers = peerNumbers.slice(0, members.length - 1);
    this.terms = [
      "studentLoss",
      ...studentTerms,
      ...peers.map((number): MetricName => `member${number}Loss`),
    ];
  }

  /** The excluded members; another set needs another recording. */
  get variant(): string {
    return [...this.excluded].sort().join();
  }

  step(report: (terms: readonly tf.Scalar[]) => void): void {
    const images = firstView(this.context);
    const labels = labelsOf(this.context, 1);
    const done =
      this.scheme.order === "simultaneous"
        ? this.stepSimultaneously(images, labels)
        : this.stepSequentially(images, labels);
    this.student.probe?.learn(done.features, labels);
    const [own, ...others] = done.losses;
    report([own as tf.Scalar, ...done.terms, ...others]);
  }

  /** Measures the accuracies of all members on validation images, and finds crashed ones. */
  async evaluate(evaluator: Evaluator, step: number): Promise<Partial<Record<MetricName, number>>> {
    this.steps.push(step);
    const found: Partial<Record<MetricName, number>> = {};
    const checked: CheckedMember[] = [];
    for (const member of this.members) checked.push(await evaluator.check(member.backbone, member));
    found.cohortTop1 = checked.reduce((sum, { accuracy }) => sum + accuracy / checked.length, 0);
    found.ensembleTop1 = evaluator.together(checked);
    for (const [index, { shares: _, ...check }] of checked.entries()) {
      const history = this.checks[index] as MemberCheck[];
      history.push(check);
      if (index > 0) found[`member${peerNumbers[index - 1] as 2}Top1`] = check.accuracy;
      const crash = crashOf(history, this.context);
      if (crash === undefined) continue;
      found[`member${(index + 1) as 1}CrashStep`] = this.steps[crash] as number;
      if (this.scheme.excludeCrashed) this.excluded.add(index);
    }
    return found;
  }

  remember(): TaskMemory {
    const unknown = Number.NaN;
    const checks = this.checks.map((history, index): [string, readonly number[]][] => [
      [`accuracy${index}`, history.map(({ accuracy }) => accuracy)],
      [`largestShare${index}`, history.map(({ largestShare = unknown }) => largestShare)],
    ]);
    const { steps, excluded } = this;
    return { steps: [...steps], excluded: [...excluded], ...Object.fromEntries(checks.flat()) };
  }

  recall(memory: TaskMemory): void {
    this.steps.splice(0, this.steps.length, ...(memory["steps"] ?? []));
    this.excluded.clear();
    for (const index of memory["excluded"] ?? []) this.excluded.add(index);
    for (const [index, history] of this.checks.entries()) {
      const shares = memory[`largestShare${index}`] ?? [];
      const checks = (memory[`accuracy${index}`] ?? []).map((accuracy, at): MemberCheck => {
        const largestShare = shares[at] ?? Number.NaN;
        return Number.isNaN(largestShare) ? { accuracy } : { accuracy, largestShare };
      });
      history.splice(0, history.length, ...checks);
    }
  }

  dispose(): void {
    this.student.probe?.dispose();
    for (const trainee of this.trainees) trainee.dispose();
  }

  /** The peers that a member learns from. */
  private peersOf<T>(index: number, all: readonly T[]): T[] {
    return all.filter((_, other) => other !== index && !this.excluded.has(other));
  }

  /**
   * Uses one tape for the sum of all losses. Gradients through peers are stopped, so that the sum's gradient with
   * respect to a member is that of its own loss.
   */
  private stepSimultaneously(images: tf.Tensor4D, labels: tf.Tensor1D) {
    const [trainee] = this.trainees as readonly [Trainee];
    const done = trainee.differentiate(() => {
      const outputs = this.members.map((member) => member.outputs(images, training));
      const losses = outputs.map(({ logits }, index) => {
        const peers = this.peersOf(index, outputs).map((peer) => target(peer.logits));
        return mutualLoss(logits, peers, labels);
      });
      const [own] = outputs as [(typeof outputs)[number]];
      const terms = this.termsOf(own.logits, this.peersOf(0, outputs), labels);
      return { total: sumOf(losses), terms: [...terms, ...losses], kept: { features: own.features } };
    });
    trainee.apply(done);
    const result = {
      features: tf.clone(done.kept.features),
      terms: done.terms.slice(0, studentTerms.length).map((term) => tf.clone(term)),
      losses: done.terms.slice(studentTerms.length).map((loss) => tf.clone(loss)),
    };
    releaseOutcome(done);
    return result;
  }

  /** Algorithm 1 of the paper: each member is updated before the next one learns from it. */
  private stepSequentially(images: tf.Tensor4D, labels: tf.Tensor1D) {
    let features: tf.Tensor2D | undefined;
    let terms: tf.Scalar[] = [];
    const losses = this.members.map((member, index) => {
      const trainee = this.trainees[index] as Trainee;
      const peers = this.peersOf(index, this.members).map((peer) => peer.outputs(images, peerMode));
      const done = trainee.differentiate(() => {
        const own = member.outputs(images, training);
        const loss = mutualLoss(
          own.logits,
          peers.map(({ logits }) => target(logits)),
          labels,
        );
        const parts = index === 0 ? this.termsOf(own.logits, peers, labels) : [];
        return { total: loss, terms: parts, kept: { features: own.features } };
      });
      trainee.apply(done);
      if (index === 0) {
        features = tf.clone(done.kept.features);
        terms = done.terms.map((term) => tf.clone(term));
      }
      const loss = tf.clone(done.total);
      releaseOutcome(done);
      return loss;
    });
    if (!features) throw new Error("The cohort has no member.");
    return { features, terms, losses };
  }

  private termsOf(
    own: tf.Tensor2D,
    peers: readonly { readonly logits: tf.Tensor2D }[],
    labels: tf.Tensor1D,
  ): tf.Scalar[] {
    if (peers.length === 0) return [mutualLoss(own, [], labels), tf.scalar(0), tf.scalar(0)];
    const parts = mutualTerms(
      own,
      peers.map(({ logits }) => target(logits)),
      labels,
    );
    return [parts.labels, parts.ensemble, parts.peerEntropy];
  }
}

export const dml: MethodTraining<"dml"> = {
  ...usual,
  create: ({ context, shared, arm, scheme, seed, own, labeledStudent, rule, randoms }) => {
    const peers = Array.from({ length: scheme.members - 1 }, (_, i) =>
      own(createLabeledNetwork(context, arm, seed, "student", i + 1, scheme.peers)),
    );
    return new MutualTask(shared, scheme, [labeledStudent(), ...peers], rule, randoms.probe);
  },
  cost: ({ count, counted, scheme, student, teacher, studentStage }) => {
    const peer = scheme.peers === "student" ? student : teacher;
    const peers = scheme.members - 1;
    const forward = student.macs + peers * peer.macs;
    // With sequential updates each member's step runs all its peers forward again.
    const again = scheme.order === "sequential" ? counted.forward * peers * forward : 0;
    return {
      stages: [studentStage(count.supervised(forward) + again)],
      paperMacs: forward,
      parameters: { student: student.parameters, teacher: peers * peer.parameters },
    };
  },
};
