/**
 * The costs of a scheme's networks (docs/methods.md §6): multiply-accumulates (MACs) of one forward pass of one
 * image, all in the same unit.
 */
export interface SchemeCost {
  readonly teacher: number;
  readonly student: number;
  readonly teacherProjector: number;
  readonly studentProjector: number;
  readonly teacherPredictor: number;
  readonly studentPredictor: number;
}

/** The count of SimDis's Table 1: one forward pass of each network per image and epoch, nothing else. */
export const paperCount = {
  /** The teacher runs for its own training and again for the student's. */
  offline: (cost: SchemeCost) => 2 * cost.teacher + cost.student,
  /** `addedHeads`: predictors beyond the one that every online scheme has. */
  online: (cost: SchemeCost, addedHeads: number) =>
    cost.teacher + cost.student + addedHeads * cost.studentPredictor,
};

/** The weight of each kind of pass in a count, in forward passes. */
export interface Counted {
  /** Forward passes of networks that learn, and of frozen teachers. */
  readonly forward: number;
  /** Backward passes; each costs about two forward passes. */
  readonly backward: number;
  /** Forward passes of momentum copies. */
  readonly momentum: number;
}

/** All the work of a training step. */
export const allPasses: Counted = { forward: 1, backward: 2, momentum: 1 };

/** The same work, separated by kind of pass. */
export const shares = {
  forward: { forward: 1, backward: 0, momentum: 0 },
  backward: { forward: 0, backward: 2, momentum: 0 },
  momentum: { forward: 0, backward: 0, momentum: 1 },
} as const satisfies Record<keyof Counted, Counted>;

const views = 2;

/**
 * The MACs of one training step per image, or a share of them. A step's time is roughly proportional to them.
 * @param asked the share of steps in which frozen teachers run; in the others their answers are known
 */
export function countsOf(counted: Counted, asked = 1) {
  const { forward, momentum } = counted;
  const learned = counted.forward + counted.backward;
  /** A frozen teacher, which runs forward once. */
  const frozen = (teacher: number): number => asked * forward * teacher;

  /** BYOL on one network: online forward and backward, momentum forward, for both views. */
  const byol = (encoder: number, projector: number, predictor: number): number =>
    views * ((learned + momentum) * (encoder + projector) + learned * predictor);
  /** MoCo: the query network forward and backward, the key network forward; twice as much in both directions. */
  const moco = (network: number, symmetric: boolean): number =>
    (symmetric ? views : 1) * (learned + momentum) * network;
  const teacherAlone = (cost: SchemeCost) => byol(cost.teacher, cost.teacherProjector, cost.teacherPredictor);
  const studentAlone = (cost: SchemeCost, targetViews: number) =>
    byol(cost.student, cost.studentProjector, targetViews * cost.studentPredictor);
  const offlineStudent = (cost: SchemeCost, targetViews: number, frozenForwards: number): number =>
    views * frozenForwards * frozen(cost.teacher + cost.teacherProjector) + studentAlone(cost, targetViews);

  return {
    byol,
    moco,
    /** One view, forward and backward; the classifier is left out, as in papers. */
    supervised: (encoder: number): number => learned * encoder,
    /** A student that imitates frozen teachers, which run forward once each. */
    imitation: (student: number, teachers: number): number => learned * student + frozen(teachers),
    frozen,
    /** DINO's two global views: the student forward and backward, the teacher forward. Patches are extra. */
    dino: (network: number): number => moco(network, true),
    online: (cost: SchemeCost, targetViews: number): number =>
      teacherAlone(cost) + studentAlone(cost, targetViews),
    /** Both stages. `frozenForwards` is how many of T and T̂ the student's targets need (0–2). */
    offline: (cost: SchemeCost, targetViews: number, frozenForwards: number): number =>
      teacherAlone(cost) + offlineStudent(cost, targetViews, frozenForwards),
    offlineStudent,
  };
}

/** The counts of all work. */
export const trainingCount = countsOf(allPasses);
