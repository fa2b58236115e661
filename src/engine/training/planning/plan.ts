import { type Arm, defaultScheme } from "../../../protocol/experiment";
import { publishedGroups } from "../../../protocol/methods/shared/norm-groups";
import { methodOf } from "../../../protocol/schemes";
import { learnsFromModel } from "../../../protocol/teacher-model";
import { fixResolution } from "../../methods/ssld-transfer";
import { type HeadPlan, headWidth } from "../../networks/architecture";
import type { DinoHeadPlan } from "../../networks/dino-head";
import { type EncoderPlan, planEncoder } from "../../networks/encoders";
import { patch as vitPatch } from "../../networks/vit";

/** The length of projections. Both networks need the same, since one predicts the other's (docs/methods.md §2). */
export const projectionSize = 128;

/** The networks of an arm, as data. */
export interface ArmPlan {
  readonly student: EncoderPlan;
  readonly teacher: EncoderPlan;
  /** The length of the features that teach: the teacher's or, in its place, a model's. */
  readonly teacherFeatures: number;
  readonly studentProjector: HeadPlan;
  readonly teacherProjector: HeadPlan;
  readonly predictor: HeadPlan;
  /** The head of MoCo, SEED and S2-BNN: without batch norm, with as many hidden units as features. */
  readonly studentEmbedder: HeadPlan;
  readonly teacherEmbedder: HeadPlan;
}

/** Plans the networks of an arm. */
export function planArm(arm: Arm, channels: 1 | 3 = 3): ArmPlan {
  const student = planEncoder(arm.student.network, arm.student.width, channels);
  const teacher = planEncoder(arm.teacher.network, arm.teacher.width, channels);
  const hidden = headWidth(student.features);
  const projector = (plan: EncoderPlan) => ({ from: plan.features, hidden, to: projectionSize });
  const embedder = ({ features }: EncoderPlan, to = projectionSize) =>
    ({ from: features, hidden: features, to, norm: false }) as const;
  const { model } = arm;
  return {
    student,
    teacher,
    teacherFeatures: model?.dimension ?? teacher.features,
    // Compared with a model's answers, number by number.
    studentEmbedder: embedder(student, model && learnsFromModel(arm.scheme) ? model.dimension : undefined),
    teacherEmbedder: embedder(teacher),
    studentProjector: projector(student),
    teacherProjector: projector(teacher),
    predictor: { from: projectionSize, hidden, to: projectionSize },
  };
}

/** Pixels per side in the Fix stage; for a transformer a multiple of the patch size. */
export function fixSideOf(arm: Arm, resolution: number): number {
  return fixResolution(resolution, arm.student.network === "ViT" ? vitPatch : 1);
}

/** Plans DINO's head, from the features of a network, by default the student's, to prototypes (docs/methods.md §1.7). */
export function dinoHeadOf(
  plan: ArmPlan,
  prototypes: number,
  network: "student" | "teacher" = "student",
): DinoHeadPlan {
  const { features } = plan[network];
  return { from: features, hidden: headWidth(features), bottleneck: 256, prototypes };
}

/** The settings of a MoCo teacher: the defaults of MoCo-v2 with batch norm groups as published, and its student's queue. */
export function mocoTeacherSettings({ scheme }: Arm, batchSize: number) {
  const { method: _, momentum: __, ...settings } = defaultScheme("moco");
  const normGroups = publishedGroups(batchSize);
  const [queue] = methodOf(scheme).queues(scheme, batchSize);
  return { ...settings, normGroups, ...(queue ? { queue: queue.entries } : {}) };
}

/** The side of a patch as a fraction of the image's. */
const patchShare = 0.5625;

/** Pixels per side of a small patch: 18 of 32. */
export const patchSide = (size: number): number => Math.round(patchShare * size);
