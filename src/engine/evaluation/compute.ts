/**
 * What a scheme costs, counted two ways (docs/methods.md §6). All figures are multiply-accumulates (MACs) of one image,
 * in any one unit; a forward pass through an encoder is F, through a projector P, through a predictor Q.
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

/** How often each kind of pass is counted. */
export interface Counted {
  /** Of networks that learn, and of frozen teachers. */
  readonly forward: number;
  /** About two forward passes each. */
  readonly backward: number;
  /** Forward passes of momentum copies. */
  readonly momentum: number;
}

export const everything: Counted = { forward: 1, backward: 2, momentum: 1 };

/** The same work share by share. */
export const shares = {
  forward: { forward: 1, backward: 0, momentum: 0 },
  backward: { forward: 0, backward: 2, momentum: 0 },
  momentum: { forward: 0, backward: 0, momentum: 1 },
} as const satisfies Record<keyof Counted, Counted>;

const views = 2;

/** Everything that one training step does per image, or a share of it: what a step's time follows. */
export function countsOf(counted: Counted) {
  const { forward, momentum } = counted;
  const learned = counted.forward + counted.backward;

  /** BYOL on one network: online forward and backward, momentum forward, for both views. */
  const byol = (encoder: number, projector: number, predictor: number): number =>
    views * ((learned + momentum) * (encoder + projector) + learned * predictor);
  /** MoCo: the query's network forward and backward, the key's forward; both ways round twice as much. */
  const moco = (network: number, symmetric: boolean): number =>
    (symmetric ? views : 1) * (learned + momentum) * network;
  const teacherAlone = (cost: SchemeCost) => byol(cost.teacher, cost.teacherProjector, cost.teacherPredictor);
  const studentAlone = (cost: SchemeCost, targetViews: number) =>
    byol(cost.student, cost.studentProjector, targetViews * cost.studentPredictor);
  const offlineStudent = (cost: SchemeCost, targetViews: number, frozenForwards: number): number =>
    views * frozenForwards * forward * (cost.teacher + cost.teacherProjector) +
    studentAlone(cost, targetViews);

  return {
    byol,
    moco,
    /** One view, forward and backward; the classifier on the features is left out, as papers leave it. */
    supervised: (encoder: number): number => learned * encoder,
    /** A student's step towards the logits of frozen teachers, which run forward once each. */
    imitation: (student: number, teachers: number): number => learned * student + forward * teachers,
    /** DINO's two whole views: the student forward and backward, the teacher forward. Patches come on top. */
    dino: (network: number): number => moco(network, true),
    online: (cost: SchemeCost, targetViews: number): number =>
      teacherAlone(cost) + studentAlone(cost, targetViews),
    /** Both stages. `frozenForwards`: how many of T and T̂ the student's targets need (0–2). */
    offline: (cost: SchemeCost, targetViews: number, frozenForwards: number): number =>
      teacherAlone(cost) + offlineStudent(cost, targetViews, frozenForwards),
    offlineStudent,
  };
}

/** All of it. */
export const trainingCount = countsOf(everything);
