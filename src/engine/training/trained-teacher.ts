import type { Backbone } from "../networks/backbone";
import type { LabeledNetwork } from "./labeled-network";
import type { Learner } from "./learner";
import type { MomentumPair } from "./momentum";

/** The networks of a teacher's stage, by how they are trained. `backbone` is the one that is evaluated. */
export type TrainedTeacher = { readonly backbone: Backbone } & (
  | { readonly kind: "byol"; readonly network: Learner }
  | { readonly kind: "moco"; readonly network: MomentumPair }
  | { readonly kind: "supervised"; readonly network: Ensemble }
);

/** Teachers that a student learns from together; mostly one. */
export class Ensemble {
  constructor(readonly members: readonly LabeledNetwork[]) {}

  dispose(): void {
    for (const member of this.members) member.dispose();
  }
}

/** @throws Error where the scheme's teacher did not learn from labels */
export function labeledTeachers(teacher: TrainedTeacher | undefined): readonly LabeledNetwork[] {
  if (teacher?.kind !== "supervised") throw new Error("The scheme needs a teacher that learned from labels.");
  return teacher.network.members;
}

/** @throws Error where the scheme's teacher was not trained by BYOL */
export function byolTeacher(teacher: TrainedTeacher | undefined): Learner {
  if (teacher?.kind !== "byol") throw new Error("The scheme needs a teacher that BYOL trained.");
  return teacher.network;
}

/** @throws Error where the scheme has no teacher of an earlier stage */
export function backboneOf(teacher: TrainedTeacher | undefined): Backbone {
  if (!teacher) throw new Error("The scheme needs a teacher of an earlier stage.");
  return teacher.backbone;
}
