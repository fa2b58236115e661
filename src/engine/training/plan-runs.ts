import { type Arm, defaultScheme, type Experiment } from "../../protocol/experiment";
import type { PlannedRun, PlannedStage } from "../../protocol/messages";
import { methods } from "../../protocol/methods";
import type { Stage } from "../../protocol/metrics";
import { canvasScale } from "../dataset/pixels/canvases";
import {
  type Counted,
  countsOf,
  everything,
  paperCount,
  type SchemeCost,
  shares,
} from "../evaluation/compute";
import { networksNeeded } from "../methods/simdis";
import { costOfHead, type NetworkCost } from "../networks/architecture";
import { detectionHeadCost } from "../networks/detection-head";
import { costOfDinoHead } from "../networks/dino-head";
import { type EncoderPlan, encoderCost } from "../networks/encoders";
import { sourceImages } from "./further-images";
import {
  dinoHeadOf,
  distils,
  fixSideOf,
  patchSide,
  planArm,
  predictorsOf,
  targetsOf,
  teacherKindOf,
  teacherShape,
} from "./plan";
import { pretrainingOf } from "./start";
import { looksOfTeacher } from "./teacher-windows";

const runIdOf = (arm: number, seed: number): string => `${arm}-${seed}`;

/** Every arm with every seed: what it trains, in which stages, and what that costs. */
export function planRuns(experiment: Experiment, trainingImages: number): PlannedRun[] {
  const stepsPerEpoch = Math.max(1, Math.floor(trainingImages / experiment.batchSize));
  return experiment.arms.flatMap((arm, index) => {
    const size = experiment.dataset.resolution;
    const imagesPerSeen = trainingImages / (arm.steps * experiment.batchSize);
    const { paperMacs, parameters } = costOfArm(arm, size, imagesPerSeen);
    const stagesBy = (counted: Counted): readonly StageCost[] => [
      ...stagesBefore(arm, size, counted),
      ...costOfArm(arm, size, imagesPerSeen, counted).stages.flatMap(fineTunedApart(arm)),
      ...stagesAfter(arm, size, counted),
    ];
    const stages = stagesBy(everything);
    const [forward, backward, momentum] = [
      stagesBy(shares.forward),
      stagesBy(shares.backward),
      stagesBy(shares.momentum),
    ];
    const ofStep = (share: readonly StageCost[], at: number) =>
      (share[at]?.macsPerImage ?? 0) * experiment.batchSize;
    const furtherSteps = Math.floor(
      sourceImages(trainingImages, experiment.batchSize) / experiment.batchSize,
    );
    const stepsWithoutLabels = Math.max(
      1,
      Math.floor(imagesWithoutLabels(experiment, trainingImages) / experiment.batchSize),
    );
    const perEpoch = (stage: Stage) => {
      if (isPretraining(stage) && arm.start.images !== "own") return furtherSteps;
      return needsLabels(arm, stage) ? stepsPerEpoch : stepsWithoutLabels;
    };
    return experiment.seeds.map((seed) => ({
      runId: runIdOf(index, seed),
      arm: index,
      seed,
      stages: stages.map(({ macsPerImage, ...stage }, at) => ({
        ...stage,
        stepsPerEpoch: perEpoch(stage.stage),
        macsPerStep: macsPerImage * experiment.batchSize,
        work: {
          forward: ofStep(forward, at),
          backward: ofStep(backward, at),
          momentum: ofStep(momentum, at),
          probePerClass: probePerClass(arm, stage.stage) * experiment.batchSize,
        },
      })),
      paperMacs,
      parameters,
    }));
  });
}

/** What schemes without labels learn from, about: pictures that are held out as well are found when training begins. */
const imagesWithoutLabels = ({ dataset }: Experiment, labelled: number): number =>
  dataset.unlabelledFor === "pools" ? labelled : Math.round(labelled / (1 - dataset.unlabelled));

function needsLabels({ scheme, start }: Arm, stage: Stage): boolean {
  if (stage === "teacher") return teacherKindOf(scheme) === "supervised";
  if (isPretraining(stage)) return start.from !== "byol";
  return methods[scheme.method].needsLabels;
}

/** Of a detector's map, about, and classes that its cost is told for before images are there. */
const mapStride = 8;
const shapeClasses = 10;

const isPretraining = (stage: Stage) => stage === "sourceTeacher" || stage === "pretraining";

type StageCost = ArmCost["stages"][number];

/** Pretraining costs what it would cost by itself. */
function stagesBefore(arm: Arm, size: number, counted: Counted): StageCost[] {
  const first = pretrainingOf(arm);
  const stages = first ? costOfArm(first, size, 0, counted).stages : [];
  return stages.map((cost) => ({
    ...cost,
    stage: cost.stage === "teacher" ? "sourceTeacher" : "pretraining",
  }));
}

/** SSLD's last steps are a stage of their own. */
const fineTunedApart =
  ({ scheme }: Arm) =>
  (cost: StageCost): StageCost[] => {
    const share = scheme.method === "ssld" && cost.stage === "student" ? scheme.fineTune : 0;
    const tail = cost.steps - Math.max(1, Math.round((1 - share) * cost.steps));
    if (share === 0 || tail === 0) return [cost];
    return [
      { ...cost, steps: cost.steps - tail },
      { ...cost, stage: "fineTune", steps: tail },
    ];
  };

/** In the Fix stage images go forward once; the classifier's share is left out, as everywhere. */
function stagesAfter(arm: Arm, size: number, { forward }: Counted): StageCost[] {
  if (arm.fixSteps === 0) return [];
  const { macs } = costIn(planArm(arm).student, fixSideOf(arm, size));
  return [{ stage: "fix", steps: arm.fixSteps, macsPerImage: forward * macs }];
}

/** The probe beside each encoder: forward and backward through one linear layer, for each class that there is. */
function probePerClass(arm: Arm, stage: Stage): number {
  const { student, teacher } = planArm(arm);
  const rows = (kind: string | undefined, symmetric: boolean) =>
    kind === "moco" ? (symmetric ? 2 : 1) : kind === "byol" || kind === "dino" ? 2 : 1;
  const { scheme } = arm;
  const learner = /^simdis/.test(scheme.method) ? "byol" : scheme.method;
  const own = rows(learner, "symmetric" in scheme && scheme.symmetric) * student.features;
  const taught = rows(teacherKindOf(scheme), defaultScheme("moco").symmetric) * teacher.features;
  switch (stage) {
    case "teacher":
    case "sourceTeacher":
      return 3 * taught;
    case "joint":
      return (
        3 *
        (own + rows(learner === "byol" ? "byol" : "moco", defaultScheme("moco").symmetric) * teacher.features)
      );
    default:
      return 3 * own;
  }
}

/** What an encoder's forward pass costs here, where signs are multiplied like any other numbers. */
function costIn(plan: EncoderPlan, size: number): NetworkCost {
  const { macs, binaryMacs = 0, parameters } = encoderCost(plan, size);
  return { macs: macs + binaryMacs, parameters };
}

interface ArmCost extends Pick<PlannedRun, "paperMacs" | "parameters"> {
  readonly stages: readonly (Pick<PlannedStage, "stage" | "steps"> & { readonly macsPerImage: number })[];
}

/**
 * @param imagesPerSeen training images for each image that the student sees: what a look at all of them costs a step
 * @param counted all work, or a share of it
 */
function costOfArm(arm: Arm, size: number, imagesPerSeen: number, counted = everything): ArmCost {
  const count = countsOf(counted);
  const plan = planArm(arm);
  const [student, teacher] = [costIn(plan.student, size), costIn(plan.teacher, size)];
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
  const simdisParameters = {
    student: student.parameters + studentHead.parameters + heads * predictor.parameters,
    teacher: teacher.parameters + teacherHead.parameters + predictor.parameters,
  };
  const [studentEmbedder, teacherEmbedder] = [
    costOfHead(plan.studentEmbedder),
    costOfHead(plan.teacherEmbedder),
  ];
  const teacherHeadOf = (kind: "byol" | "moco") => (kind === "moco" ? teacherEmbedder : teacherHead);
  /** One step of a teacher that learns without labels. */
  const selfTaught = (kind: "byol" | "moco") =>
    kind === "moco"
      ? count.moco(teacher.macs + teacherEmbedder.macs, defaultScheme("moco").symmetric)
      : count.byol(teacher.macs, teacherHead.macs, predictor.macs);
  const teacherStage = (macsPerImage: number) =>
    ({ stage: "teacher", steps: arm.teacherSteps, macsPerImage }) as const;
  const studentStage = (macsPerImage: number) =>
    ({ stage: "student", steps: arm.steps, macsPerImage }) as const;
  switch (scheme.method) {
    case "supervised":
      return {
        stages: [studentStage(count.supervised(student.macs))],
        paperMacs: student.macs,
        parameters: { student: student.parameters },
      };
    case "kd":
    case "funmatch":
    case "ssld": {
      const { count: teachers, side } = teacherShape(arm, size);
      const forward = teachers * costIn(plan.teacher, side).macs;
      const live = scheme.method === "funmatch" ? looksOfTeacher(scheme.input, side) : 1;
      const isAskedOnce = scheme.method === "funmatch" && scheme.cachedTeacher;
      // A student that learns on other images looks at the labelled ones as well, for its probe.
      const probed = "images" in scheme && scheme.images !== "own" ? counted.forward * student.macs : 0;
      const looks = isAskedOnce ? live * imagesPerSeen : live;
      return {
        stages: [
          teacherStage(count.supervised(forward)),
          studentStage(count.imitation(student.macs, looks * forward) + probed),
        ],
        paperMacs: student.macs + looks * forward,
        parameters: { student: student.parameters, teacher: teachers * teacher.parameters },
      };
    }
    case "detection": {
      const side = canvasScale * size;
      const head = detectionHeadCost(
        { from: plan.student.features, classes: shapeClasses },
        side / mapStride,
      );
      return {
        stages: [studentStage(count.supervised(costIn(plan.student, side).macs + head.macs))],
        paperMacs: student.macs,
        parameters: { student: student.parameters + head.parameters },
      };
    }
    case "dml": {
      const peer = scheme.peers === "student" ? student : teacher;
      const peers = scheme.members - 1;
      const forward = student.macs + peers * peer.macs;
      // A member that is updated after the others runs all of them once more: each is run by all but itself.
      const again = scheme.order === "sequential" ? counted.forward * peers * forward : 0;
      return {
        stages: [studentStage(count.supervised(forward) + again)],
        paperMacs: forward,
        parameters: { student: student.parameters, teacher: peers * peer.parameters },
      };
    }
    case "moco":
      return {
        stages: [studentStage(count.moco(student.macs + studentEmbedder.macs, scheme.symmetric))],
        paperMacs: student.macs,
        parameters: { student: student.parameters + studentEmbedder.parameters },
      };
    case "dino": {
      const head = costOfDinoHead(dinoHeadOf(plan, scheme.prototypes));
      const whole = count.dino(student.macs + head.macs);
      const patch = count.supervised(costIn(plan.student, patchSide(size)).macs + head.macs);
      return {
        stages: [studentStage(whole + scheme.patches * patch)],
        paperMacs: student.macs,
        parameters: { student: student.parameters + head.parameters },
      };
    }
    case "s2bnn": {
      const own = student.macs + studentEmbedder.macs;
      const contrast = scheme.strategy === "distillation" ? 0 : count.moco(own, false);
      const online = scheme.teacherTiming === "online";
      const head = teacherHeadOf(online ? "moco" : scheme.teacherMethod);
      const taught = distils(scheme) ? counted.forward * (teacher.macs + head.macs) : 0;
      const step = (scheme.strategy === "distillation" ? count.supervised(own) : contrast) + taught;
      const parameters = { student: student.parameters + studentEmbedder.parameters };
      if (!distils(scheme)) return { stages: [studentStage(step)], paperMacs: student.macs, parameters };
      return {
        stages: online
          ? [{ stage: "joint", steps: arm.steps, macsPerImage: step + selfTaught("moco") }]
          : [teacherStage(selfTaught(scheme.teacherMethod)), studentStage(step)],
        paperMacs: student.macs + teacher.macs,
        parameters: { ...parameters, teacher: teacher.parameters + head.parameters },
      };
    }
    case "seed": {
      const whole = count.imitation(
        student.macs + studentEmbedder.macs,
        teacher.macs + teacherHeadOf(scheme.teacherMethod).macs,
      );
      const side = patchSide(size);
      const [small, smallTeacher] = [costIn(plan.student, side).macs, costIn(plan.teacher, side).macs];
      const patches = scheme.patches * count.imitation(small, smallTeacher);
      return {
        stages: [teacherStage(selfTaught(scheme.teacherMethod)), studentStage(whole + patches)],
        paperMacs: student.macs + teacher.macs,
        parameters: {
          student: student.parameters + studentEmbedder.parameters,
          teacher: teacher.parameters + teacherHeadOf(scheme.teacherMethod).parameters,
        },
      };
    }
    case "compress": {
      const mapped = scheme.queues === "one" ? plan.student.features * plan.teacher.features : 0;
      const copy =
        scheme.queues === "two" && scheme.studentQueue === "momentum" ? counted.momentum * student.macs : 0;
      return {
        stages: [
          teacherStage(selfTaught(scheme.teacherMethod)),
          studentStage(count.imitation(student.macs + mapped, teacher.macs) + copy),
        ],
        paperMacs: student.macs + teacher.macs,
        parameters: {
          student: student.parameters + mapped,
          teacher: teacher.parameters + teacherHeadOf(scheme.teacherMethod).parameters,
        },
      };
    }
    case "byol":
      return {
        stages: [studentStage(count.byol(student.macs, studentHead.macs, heads * predictor.macs))],
        paperMacs: student.macs,
        parameters: { student: simdisParameters.student },
      };
    case "simdis-off": {
      const needed = networksNeeded(targetsOf(scheme));
      const frozen = (["teacher", "momentumTeacher"] as const).filter((name) => needed.has(name)).length;
      return {
        stages: [teacherStage(selfTaught("byol")), studentStage(count.offlineStudent(cost, heads, frozen))],
        paperMacs: paperCount.offline(cost),
        parameters: simdisParameters,
      };
    }
    case "simdis-on":
      return {
        stages: [{ stage: "joint", steps: arm.steps, macsPerImage: count.online(cost, heads) }],
        // The paper's table charges predictors only to the seven-view scheme, beyond the first.
        paperMacs: paperCount.online(cost, heads > 2 ? heads - 1 : 0),
        parameters: simdisParameters,
      };
    default:
      return scheme satisfies never;
  }
}
