import type { Arm, Experiment } from "../../protocol/experiment";
import type { PlannedRun, PlannedStage } from "../../protocol/messages";
import {
  byolTrainingCount,
  paperCount,
  type SchemeCost,
  supervisedTrainingCount,
  trainingCount,
} from "../evaluation/compute";
import { networksNeeded } from "../methods/simdis";
import {
  costOf,
  costOfHead,
  type HeadPlan,
  headWidth,
  planResNet,
  type ResNetPlan,
} from "../networks/architecture";

/** Both networks must share the size of their projections, for one predicts the other's (METHODS §2). */
export const projectionSize = 128;

/** The networks of one arm, as data. */
export interface ArmPlan {
  readonly student: ResNetPlan;
  readonly teacher: ResNetPlan;
  readonly studentProjector: HeadPlan;
  readonly teacherProjector: HeadPlan;
  readonly predictor: HeadPlan;
}

export function planArm(arm: Arm, channels: 1 | 3 = 3): ArmPlan {
  const student = planResNet(arm.student.network, arm.student.width, channels);
  const teacher = planResNet(arm.teacher.network, arm.teacher.width, channels);
  const hidden = headWidth(student.features);
  const projector = (plan: ResNetPlan) => ({ from: plan.features, hidden, to: projectionSize });
  return {
    student,
    teacher,
    studentProjector: projector(student),
    teacherProjector: projector(teacher),
    predictor: { from: projectionSize, hidden, to: projectionSize },
  };
}

/** Which predictor serves a target view: one each, or one for the student's own targets and one for the teacher's. */
export function predictorOf(scheme: Arm["scheme"], view: number): string {
  if ("heads" in scheme && scheme.heads === "two") return view <= 3 ? "studentTargets" : "teacherTargets";
  return `target${view}`;
}

/** The target views that a student predicts; BYOL is SimDis with the third alone. */
export function targetsOf(scheme: Arm["scheme"]) {
  switch (scheme.method) {
    case "supervised":
      return [];
    case "byol":
      return [3] as const;
    case "simdis-off":
    case "simdis-on":
      return [...scheme.targets].sort();
    default:
      return scheme satisfies never;
  }
}

const predictorsOf = (scheme: Arm["scheme"]) =>
  new Set(targetsOf(scheme).map((view) => predictorOf(scheme, view)));

export const runIdOf = (arm: number, seed: number): string => `${arm}-${seed}`;

/** Every arm with every seed: what it trains, in which stages, and what that costs. */
export function planRuns(experiment: Experiment, trainingImages: number): PlannedRun[] {
  const stepsPerEpoch = Math.max(1, Math.floor(trainingImages / experiment.batchSize));
  return experiment.arms.flatMap((arm, index) => {
    const { stages, paperMacs, parameters } = costOfArm(arm, experiment, stepsPerEpoch);
    return experiment.seeds.map((seed) => ({
      runId: runIdOf(index, seed),
      arm: index,
      seed,
      stages,
      paperMacs,
      parameters,
    }));
  });
}

function costOfArm(arm: Arm, { batchSize, dataset }: Experiment, stepsPerEpoch: number) {
  const plan = planArm(arm);
  const [student, teacher] = [
    costOf(plan.student, dataset.resolution),
    costOf(plan.teacher, dataset.resolution),
  ];
  const [studentHead, teacherHead] = [costOfHead(plan.studentProjector), costOfHead(plan.teacherProjector)];
  const predictor = costOfHead(plan.predictor);
  const cost: SchemeCost = {
    student: student.macs,
    teacher: teacher.macs,
    studentProjector: studentHead.macs,
    teacherProjector: teacherHead.macs,
    studentPredictor: predictor.macs,
    teacherPredictor: predictor.macs,
  };
  const { scheme } = arm;
  const heads = predictorsOf(scheme).size;
  const teacherAlone = byolTrainingCount(teacher.macs, teacherHead.macs, predictor.macs);
  const studentAlone = byolTrainingCount(student.macs, studentHead.macs, heads * predictor.macs);
  const stage = (name: PlannedStage["stage"], steps: number, macsPerImage: number): PlannedStage => ({
    stage: name,
    steps,
    stepsPerEpoch,
    macsPerStep: macsPerImage * batchSize,
  });
  const ofStudent = student.parameters + studentHead.parameters + heads * predictor.parameters;
  const ofTeacher = teacher.parameters + teacherHead.parameters + predictor.parameters;
  switch (scheme.method) {
    case "supervised":
      return {
        stages: [stage("student", arm.steps, supervisedTrainingCount(student.macs))],
        paperMacs: student.macs,
        parameters: { student: student.parameters },
      };
    case "byol":
      return {
        stages: [stage("student", arm.steps, studentAlone)],
        paperMacs: student.macs,
        parameters: { student: ofStudent },
      };
    case "simdis-off": {
      const needed = networksNeeded(targetsOf(scheme));
      const frozen = ["teacher" as const, "momentumTeacher" as const].filter((name) =>
        needed.has(name),
      ).length;
      return {
        stages: [
          stage("teacher", arm.teacherSteps, teacherAlone),
          stage("student", arm.steps, trainingCount.offlineStudent(cost, heads, frozen)),
        ],
        paperMacs: paperCount.offline(cost),
        parameters: { student: ofStudent, teacher: ofTeacher },
      };
    }
    case "simdis-on":
      return {
        stages: [stage("joint", arm.steps, trainingCount.online(cost, heads))],
        // The paper's table charges predictors only to the seven-view scheme, beyond the first.
        paperMacs: paperCount.online(cost, heads > 2 ? heads - 1 : 0),
        parameters: { student: ofStudent, teacher: ofTeacher },
      };
    default:
      return scheme satisfies never;
  }
}
