import * as tf from "@tensorflow/tfjs-core";
import type { MetricName } from "../../../protocol/metrics/metrics";
import type { SchemeOf } from "../../../protocol/schemes";
import { ResidentTensor } from "../../backend/resident-tensor";
import type { Random } from "../../math/random";
import { type Target, target } from "../../math/target";
import { type DinoTemperatures, teacherEntropy, updateCenter } from "../../methods/dino";
import { type MokdOutputs, type MokdTargets, mokdTerms, weighMokdTerms } from "../../methods/mokd";
import type { Backbone } from "../../networks/backbone";
import { costOfDinoHead, DinoHead } from "../../networks/dino-head";
import { mapSide } from "../../networks/encoders";
import type { NormMode } from "../../networks/normalization";
import {
  searchMacs,
  type Tokens,
  TransformerHead,
  transformerHeadCost,
} from "../../networks/transformer-head";
import { globalAveragePool } from "../../operations/average-pool/average-pool";
import { follow } from "../../optimizers/average/average";
import type { UpdateRule } from "../../optimizers/optimizer";
import type { StepInputs } from "../../optimizers/step-inputs";
import { createMember, memberRandom } from "../create-networks";
import { partsOf } from "../learners/stack";
import { type Outcome, releaseOutcome, Trainee } from "../learners/trainee";
import { costIn } from "../planning/costing";
import { dinoHeadOf, patchSide, planArm } from "../planning/plan";
import { clippedBy, dinoScalars } from "./dino";
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

type MokdScheme = SchemeOf<"mokd">;

const globals = 2;

/** An encoder with both heads. It owns them and must be disposed. */
class HeadedNetwork {
  constructor(
    readonly backbone: Backbone,
    readonly pooledHead: DinoHead,
    readonly placesHead: TransformerHead,
  ) {}

  copy(): HeadedNetwork {
    const { backbone, pooledHead, placesHead } = this;
    return new HeadedNetwork(backbone.copy(), pooledHead.copy(), placesHead.copy());
  }

  get stores() {
    const { backbone, pooledHead, placesHead } = this;
    return [
      backbone.parameters,
      pooledHead.parameters,
      placesHead.parameters,
      pooledHead.prototypes,
      placesHead.prototypes,
    ];
  }

  /** The outputs of stacked views, one tensor for each, their features and their tokens. */
  outputs(images: tf.Tensor4D, views: number): MokdOutputs & { features: tf.Tensor2D; tokens: Tokens } {
    const mode: NormMode = { kind: "train", groups: views };
    const map = this.backbone.map(images, mode);
    const features = globalAveragePool(map);
    const tokens = this.placesHead.tokens(map);
    return {
      pooled: partsOf(this.pooledHead.logits(features, mode), views),
      places: partsOf(this.placesHead.logits(tokens.places), views),
      features,
      tokens,
    };
  }

  dispose(): void {
    this.backbone.dispose();
    this.pooledHead.dispose();
    this.placesHead.dispose();
  }
}

/** What a momentum copy shows of a batch: the targets of both heads, and the tokens of the first whole view. */
type Shown = Pick<MokdTargets, "pooled" | "places"> & { features: tf.Tensor2D; places0: tf.Tensor3D };

/** A network that learns, its momentum copy, and the running centers of the copy's outputs. Dispose it. */
class Member {
  readonly momentum: HeadedNetwork;
  private readonly trainee: Trainee;
  private readonly centers: Record<"pooled" | "places", ResidentTensor<Target<tf.Tensor1D>>>;

  constructor(
    readonly online: HeadedNetwork,
    private readonly inputs: StepInputs,
    rule: UpdateRule,
    prototypes: number,
  ) {
    this.momentum = online.copy();
    this.trainee = new Trainee(online.stores, rule, inputs, "studentRate");
    const center = () => ResidentTensor.of(tf.tidy(() => target(tf.zeros([prototypes]) as tf.Tensor1D)));
    this.centers = { pooled: center(), places: center() };
  }

  show(images: tf.Tensor4D): Shown {
    const { pooled, places, features, tokens } = this.momentum.outputs(images, globals);
    const stop = (views: readonly tf.Tensor2D[]) => views.map((view) => target(view));
    const [places0] = partsOf(tokens.places, globals) as [tf.Tensor3D];
    return { pooled: stop(pooled), places: stop(places), features, places0 };
  }

  targetsOf({ pooled, places }: Shown): MokdTargets {
    const { centers } = this;
    return { pooled, places, pooledCenter: centers.pooled.tensor, placesCenter: centers.places.tensor };
  }

  differentiate(...forward: Parameters<Trainee["differentiate"]>): Outcome<string> {
    return this.trainee.differentiate(...forward);
  }

  /** Updates the network, with the gradient of its prototypes gated, then the centers and the momentum copy. */
  learn(done: Outcome<string>, { pooled, places }: Shown): void {
    const { inputs, online, momentum, centers } = this;
    const gate = inputs.scalar("prototypeGate");
    const gradients = { ...done.gradients };
    for (const head of [
      online.pooledHead.prototypes.get("prototypes"),
      online.placesHead.prototypes.get("tokenPrototypes"),
    ]) {
      const gradient = gradients[head.name];
      if (!gradient) throw new Error("The loss depends on the prototypes.");
      gradients[head.name] = tf.mul(gradient, gate);
    }
    this.trainee.apply({ gradients });
    centers.pooled.copyFrom(updateCenter(centers.pooled.tensor, pooled));
    centers.places.copyFrom(updateCenter(centers.places.tensor, places));
    for (const [at, store] of momentum.stores.entries())
      follow(store, online.stores[at] as typeof store, inputs);
  }

  dispose(): void {
    this.trainee.dispose();
    for (const center of Object.values(this.centers)) center.dispose();
  }
}

/** MOKD (docs/methods.md §1.15): two networks learn from their own momentum copies and from each other's. */
class MokdTask implements Task {
  readonly terms: readonly MetricName[] = [
    "studentLoss",
    "teacherEntropy",
    "distillationLoss",
    "searchLoss",
    "member2Loss",
  ];
  readonly student: EvaluatedNetwork;

  constructor(
    private readonly context: TaskContext,
    private readonly scheme: MokdScheme,
    private readonly members: readonly [Member, Member],
    probeRandom: Random,
  ) {
    this.student = withProbe(members[0].momentum.backbone, context, probeRandom);
  }

  /** Both copies' outputs, both losses with their gradients, then both updates. */
  step(report: (terms: readonly tf.Scalar[]) => void): void {
    const { context, members, scheme } = this;
    const images = stackedViews(context);
    const patches = patchesBesides(globals, scheme.patches, context);
    const temperatures = {
      student: scheme.temperature,
      teacher: context.inputs.scalar("teacherTemperature"),
    };
    const shown = members.map((member) => member.show(images)) as [Shown, Shown];
    const weights = [scheme.crossWeight, scheme.peerWeight] as const;
    const done = [0, 1].map((own) =>
      this.differentiate(own, images, patches, shown, temperatures, weights[own] as number),
    ) as [Outcome<string>, Outcome<string>];
    const itself = members[0].targetsOf(shown[0]);
    const entropy = teacherEntropy(itself.pooled, itself.pooledCenter, temperatures.teacher);
    for (const [at, member] of members.entries())
      member.learn(done[at] as Outcome<string>, shown[at] as Shown);
    this.student.probe?.learn(shown[0].features, labelsOf(context, globals));
    report([done[0].total, entropy, ...done[0].terms, done[1].total]);
    for (const one of done) releaseOutcome(one);
  }

  dispose(): void {
    this.student.probe?.dispose();
    for (const member of this.members) member.dispose();
  }

  /** The loss of one member, with its gradients. */
  private differentiate(
    own: number,
    images: tf.Tensor4D,
    patches: tf.Tensor4D,
    shown: readonly [Shown, Shown],
    temperatures: DinoTemperatures,
    weight: number,
  ): Outcome<string> {
    const [member, other] = [this.members[own], this.members[1 - own]] as [Member, Member];
    const [itself, others] = [shown[own], shown[1 - own]] as [Shown, Shown];
    return member.differentiate(() => {
      const whole = member.online.outputs(images, globals);
      const small = member.online.outputs(patches, this.scheme.patches);
      const logits = other.momentum.placesHead.search(target(small.tokens.query), others.places0);
      const found = partsOf(logits, this.scheme.patches).map((one) => target(one));
      const outputs = {
        pooled: [...whole.pooled, ...small.pooled],
        places: [...whole.places, ...small.places],
      };
      const terms = mokdTerms(
        outputs,
        member.targetsOf(itself),
        other.targetsOf(others),
        found,
        temperatures,
      );
      return { total: weighMokdTerms(terms, weight), terms: [terms.cross, terms.search], kept: {} };
    });
  }
}

export const mokd: MethodTraining<"mokd"> = {
  ...usual,
  create: ({ context, shared, arm, scheme, seed, own, rule, randoms }) => {
    const plan = planArm(arm, context.parts.train.set.channels);
    const clipped = clippedBy(scheme.clip, rule);
    const members = (["student", scheme.peer] as const).map((network, at) => {
      const heads = memberRandom(seed, at).fork(1);
      const { headBlocks: blocks, prototypes } = scheme;
      const online = new HeadedNetwork(
        createMember(context, arm, seed, at, network),
        DinoHead.create(dinoHeadOf(plan, prototypes, network), heads),
        TransformerHead.create({ from: plan[network].features, blocks, prototypes }, heads),
      );
      const member = new Member(own(online), context.inputs, clipped, prototypes);
      own(member.momentum);
      return member;
    }) as [Member, Member];
    return new MokdTask(shared, scheme, members, randoms.probe);
  },
  cost: ({ counted, plan, scheme, size, student, teacher, studentStage }) => {
    const learned = counted.forward + counted.backward;
    const { headBlocks: blocks, prototypes, patches, peer } = scheme;
    const costs = (["student", peer] as const).map((network) => {
      const encoder = network === "student" ? student : teacher;
      const pooled = costOfDinoHead(dinoHeadOf(plan, prototypes, network));
      const head = { from: plan[network].features, blocks, prototypes };
      const cells = mapSide(plan[network], size);
      const places = transformerHeadCost(head, cells);
      const side = patchSide(size);
      const small = transformerHeadCost(head, mapSide(plan[network], side));
      const whole = encoder.macs + pooled.macs + places.macs;
      const patch = costIn(plan[network], side).macs + pooled.macs + small.macs;
      return {
        macs:
          globals * (learned + counted.momentum) * whole +
          patches * (learned * patch + counted.momentum * searchMacs(head, cells)),
        parameters: encoder.parameters + pooled.parameters + places.parameters,
      };
    }) as [{ macs: number; parameters: number }, { macs: number; parameters: number }];
    const [own, others] = costs;
    return {
      stages: [studentStage(own.macs + others.macs)],
      paperMacs: student.macs + (peer === "student" ? student.macs : teacher.macs),
      parameters: { student: own.parameters, teacher: others.parameters },
    };
  },
  scalars: dinoScalars,
  probedViews: () => globals,
};
