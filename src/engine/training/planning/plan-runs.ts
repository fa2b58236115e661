import type { Arm, Experiment } from "../../../protocol/experiment";
import type { PlannedRun } from "../../../protocol/messages";
import type { Stage } from "../../../protocol/metrics/metrics";
import { methodOf, teacherOf } from "../../../protocol/schemes";
import type { Counted } from "../../evaluation/compute";
import { allPasses, shares } from "../../evaluation/compute";
import { sourceImages } from "../images/pretraining-images";
import { pretrainingOf } from "../start";
import { trainingOf } from "../tasks/trainings";
import type { ArmCost, StageCost } from "./costing";
import { costIn, costingOf, probedViewsOfTeacher } from "./costing";
import { fixSideOf, planArm } from "./plan";

const runIdOf = (arm: number, seed: number): string => `${arm}-${seed}`;

/** Plans a run for every arm and seed, with its stages and their costs. */
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
    const stages = stagesBy(allPasses);
    const [forward, backward, momentum] = [
      stagesBy(shares.forward),
      stagesBy(shares.backward),
      stagesBy(shares.momentum),
    ];
    const ofStep = (share: readonly StageCost[], at: number) =>
      (share[at]?.macsPerImage ?? 0) * experiment.batchSize;
    const pretrainingSteps = Math.floor(
      sourceImages(trainingImages, experiment.batchSize) / experiment.batchSize,
    );
    const stepsWithoutLabels = Math.max(
      1,
      Math.floor(imagesWithoutLabels(experiment, trainingImages) / experiment.batchSize),
    );
    const hasProbes = experiment.evaluation.probe === "sgd";
    const perEpoch = (stage: Stage) => {
      if (isPretraining(stage) && arm.start.images !== "own") return pretrainingSteps;
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
          probePerClass: hasProbes ? probePerClass(arm, stage.stage) * experiment.batchSize : 0,
        },
      })),
      paperMacs,
      parameters,
    }));
  });
}

/**
 * The approximate number of images for self-supervised schemes. Duplicates of held-out images are found only when
 * training starts.
 */
const imagesWithoutLabels = ({ dataset }: Experiment, labeled: number): number =>
  dataset.unlabelledFor === "pools" ? labeled : Math.round(labeled / (1 - dataset.unlabelled));

function needsLabels({ scheme, start }: Arm, stage: Stage): boolean {
  if (stage === "teacher") {
    const teacher = teacherOf(scheme);
    return teacher.when !== "none" && teacher.by === "supervised";
  }
  if (isPretraining(stage)) return start.from !== "byol";
  return methodOf(scheme).needsLabels;
}

const isPretraining = (stage: Stage) => stage === "sourceTeacher" || stage === "pretraining";

/** The stages before the arm's own: its pretraining, which costs as much as on its own. */
function stagesBefore(arm: Arm, size: number, counted: Counted): StageCost[] {
  const first = pretrainingOf(arm);
  const stages = first ? costOfArm(first, size, 0, counted).stages : [];
  return stages.map((cost) => ({
    ...cost,
    stage: cost.stage === "teacher" ? "sourceTeacher" : "pretraining",
  }));
}

/** Splits fine-tuning off into a stage of its own. */
const fineTunedApart =
  ({ scheme }: Arm) =>
  (cost: StageCost): StageCost[] => {
    const share = cost.stage === "student" ? trainingOf(scheme).fineTune(scheme) : 0;
    const tail = cost.steps - Math.max(1, Math.round((1 - share) * cost.steps));
    if (share === 0 || tail === 0) return [cost];
    return [
      { ...cost, steps: cost.steps - tail },
      { ...cost, stage: "fineTune", steps: tail },
    ];
  };

/** The Fix stage, in which images go forward once; the classifier is left out, as everywhere. */
function stagesAfter(arm: Arm, size: number, { forward }: Counted): StageCost[] {
  if (arm.fixSteps === 0) return [];
  const { macs } = costIn(planArm(arm).student, fixSideOf(arm, size));
  return [{ stage: "fix", steps: arm.fixSteps, macsPerImage: forward * macs }];
}

/** The cost of the probes per image and class: forward and backward through a linear layer on each encoder. */
function probePerClass(arm: Arm, stage: Stage): number {
  const { student, teacher } = planArm(arm);
  const { scheme } = arm;
  const own = 3 * trainingOf(scheme).probedViews(scheme) * student.features;
  const source = teacherOf(scheme);
  const ofTeacher = source.when === "none" ? 0 : 3 * probedViewsOfTeacher(source.by) * teacher.features;
  if (stage === "teacher" || stage === "sourceTeacher") return ofTeacher;
  return stage === "joint" ? own + ofTeacher : own;
}

/** A model that teaches was trained elsewhere: there is no stage of its own. */
function costOfArm(arm: Arm, size: number, imagesPerSeen: number, counted = allPasses): ArmCost {
  const cost = trainingOf(arm.scheme).cost(costingOf(arm, size, imagesPerSeen, counted));
  return arm.model ? { ...cost, stages: cost.stages.filter(({ stage }) => stage !== "teacher") } : cost;
}
