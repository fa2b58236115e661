import { cyclesAnswers } from "../../../protocol/answers";
import { type Arm, defaultScheme } from "../../../protocol/experiment";
import type { PlannedRun, PlannedStage } from "../../../protocol/messages";
import type { TeacherKind } from "../../../protocol/methods/method";
import type { Scheme } from "../../../protocol/schemes";
import { type Counted, countsOf } from "../../evaluation/compute";
import { costOfHead, type HeadPlan, type NetworkCost } from "../../networks/architecture";
import { type EncoderPlan, encoderCost } from "../../networks/encoders";
import { type ArmPlan, planArm } from "./plan";

/** The cost of a stage's step for one image, in multiply-accumulates (MACs). */
export type StageCost = Pick<PlannedStage, "stage" | "steps"> & { readonly macsPerImage: number };

/** The cost of an arm: its own stages, the paper's count, and the parameters of its networks. */
export interface ArmCost extends Pick<PlannedRun, "paperMacs" | "parameters"> {
  readonly stages: readonly StageCost[];
}

/** What a method's cost is computed from. Costs of networks are of one forward pass of one image. */
export interface Costing<Own extends Scheme = Scheme> {
  readonly arm: Arm;
  readonly scheme: Own;
  readonly plan: ArmPlan;
  /** Pixels per side. */
  readonly size: number;
  /**
   * The number of training images divided by the number of images that the student sees in all its steps: the cost of
   * one pass over the training set, spread over the steps.
   */
  readonly imagesPerSeen: number;
  /** The kinds of pass that are counted. */
  readonly counted: Counted;
  readonly count: ReturnType<typeof countsOf>;
  readonly student: NetworkCost;
  readonly teacher: NetworkCost;
  readonly studentProjector: NetworkCost;
  readonly teacherProjector: NetworkCost;
  readonly predictor: NetworkCost;
  /** MACs of an encoder's forward pass of an image of another side; a model resizes all images to its own. */
  studentAt(side: number): number;
  teacherAt(side: number): number;
  readonly studentEmbedder: NetworkCost;
  readonly teacherEmbedder: NetworkCost;
  studentStage(macsPerImage: number): StageCost;
  teacherStage(macsPerImage: number): StageCost;
  jointStage(macsPerImage: number): StageCost;
  /** The MACs per image of one step of a self-supervised teacher. */
  selfSupervisedTeacher(kind: "byol" | "moco"): number;
  /** The cost of such a teacher's head. */
  teacherHead(kind: "byol" | "moco"): NetworkCost;
}

/** Of a head that a model does not have. */
const nothing: NetworkCost = { macs: 0, parameters: 0 };

export function costingOf(arm: Arm, size: number, imagesPerSeen: number, counted: Counted): Costing {
  const asked = cyclesAnswers(arm) ? Math.min(1, arm.answerEpochs * imagesPerSeen) : 1;
  const count = countsOf(counted, asked);
  const plan = planArm(arm);
  const { model } = arm;
  const student = costIn(plan.student, size);
  const teacherAt = (side: number): NetworkCost => model ?? costIn(plan.teacher, side);
  const teacher = teacherAt(size);
  const ofTeacher = (head: HeadPlan): NetworkCost => (model ? nothing : costOfHead(head));
  const [studentProjector, studentEmbedder] = [
    costOfHead(plan.studentProjector),
    costOfHead(plan.studentEmbedder),
  ];
  const [teacherProjector, teacherEmbedder] = [
    ofTeacher(plan.teacherProjector),
    ofTeacher(plan.teacherEmbedder),
  ];
  const predictor = costOfHead(plan.predictor);
  return {
    arm,
    scheme: arm.scheme,
    plan,
    size,
    imagesPerSeen,
    counted,
    count,
    student,
    teacher,
    studentProjector,
    teacherProjector,
    predictor,
    studentAt: (side) => costIn(plan.student, side).macs,
    teacherAt: (side) => teacherAt(side).macs,
    studentEmbedder,
    teacherEmbedder,
    studentStage: (macsPerImage) => ({ stage: "student", steps: arm.steps, macsPerImage }),
    teacherStage: (macsPerImage) => ({ stage: "teacher", steps: arm.teacherSteps, macsPerImage }),
    jointStage: (macsPerImage) => ({ stage: "joint", steps: arm.steps, macsPerImage }),
    selfSupervisedTeacher: (kind) =>
      kind === "moco"
        ? count.moco(teacher.macs + teacherEmbedder.macs, defaultScheme("moco").symmetric)
        : count.byol(teacher.macs, teacherProjector.macs, predictor.macs),
    teacherHead: (kind) => (kind === "moco" ? teacherEmbedder : teacherProjector),
  };
}

/** The number of views whose features a teacher's probe learns from in one step. */
export function probedViewsOfTeacher(kind: TeacherKind): number {
  if (kind === "moco") return defaultScheme("moco").symmetric ? 2 : 1;
  return kind === "byol" ? 2 : 1;
}

/** The cost of an encoder's forward pass as computed here, where binary MACs cost as much as real ones. */
export function costIn(plan: EncoderPlan, size: number): NetworkCost {
  const { macs, binaryMacs = 0, parameters } = encoderCost(plan, size);
  return { macs: macs + binaryMacs, parameters };
}
