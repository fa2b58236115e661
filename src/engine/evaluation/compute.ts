/**
 * What a scheme costs, counted two ways (METHODS §6). All figures are multiply-accumulates (MACs) of one image, in any
 * one unit; a forward pass through an encoder is F, through a projector P, through a predictor Q.
 */
export interface SchemeCost {
  readonly teacher: number;
  readonly student: number;
  readonly teacherProjector: number;
  readonly studentProjector: number;
  readonly teacherPredictor: number;
  readonly studentPredictor: number;
}

/** SimDis's own accounting: one forward pass of each network per image and epoch, nothing else. Paper, Table 1. */
export const paperCount = {
  /** The teacher is run for its own training and again for the student's. */
  offline: (cost: SchemeCost) => 2 * cost.teacher + cost.student,
  /** `addedHeads`: predictors beyond the one that every online scheme has. */
  online: (cost: SchemeCost, addedHeads: number) =>
    cost.teacher + cost.student + addedHeads * cost.studentPredictor,
};

/** A backward pass costs about two forward passes. */
const forwardAndBackward = 3;
const momentumForward = 1;
const views = 2;

/** BYOL on one network: online forward and backward, momentum forward, for both views. */
export function byolTrainingCount(encoder: number, projector: number, predictor: number): number {
  return (
    views * ((forwardAndBackward + momentumForward) * (encoder + projector) + forwardAndBackward * predictor)
  );
}

/** One view, forward and backward; the classifier on the features is left out, as papers leave it. */
export function supervisedTrainingCount(encoder: number): number {
  return forwardAndBackward * encoder;
}

/** A student's step towards the logits of frozen teachers, which run forward once each. */
export function imitationTrainingCount(student: number, teachers: number): number {
  return forwardAndBackward * student + teachers;
}

/** MoCo: the query's network forward and backward, the key's forward; both ways round twice as much. */
export function mocoTrainingCount(network: number, symmetric: boolean): number {
  return (symmetric ? views : 1) * (forwardAndBackward + momentumForward) * network;
}

/** DINO's two whole views: the student forward and backward, the teacher forward. Patches come on top. */
export function dinoTrainingCount(network: number): number {
  return mocoTrainingCount(network, true);
}

/** Everything that one training step does per image: what a step's time follows. */
export const trainingCount = {
  online: (cost: SchemeCost, targetViews: number): number =>
    teacherAlone(cost) + studentAlone(cost, targetViews),
  /** Both stages. `frozenForwards`: how many of T and T̂ the student's targets need (0–2). */
  offline: (cost: SchemeCost, targetViews: number, frozenForwards: number): number =>
    teacherAlone(cost) + trainingCount.offlineStudent(cost, targetViews, frozenForwards),
  offlineStudent: (cost: SchemeCost, targetViews: number, frozenForwards: number): number =>
    views * frozenForwards * (cost.teacher + cost.teacherProjector) + studentAlone(cost, targetViews),
};

const teacherAlone = (cost: SchemeCost) =>
  byolTrainingCount(cost.teacher, cost.teacherProjector, cost.teacherPredictor);

const studentAlone = (cost: SchemeCost, targetViews: number) =>
  byolTrainingCount(cost.student, cost.studentProjector, targetViews * cost.studentPredictor);
