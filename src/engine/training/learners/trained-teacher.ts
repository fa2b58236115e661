import type { Backbone } from "../../networks/backbone";
import type { TeacherAnswers } from "../teachers/asked-views";
import type { LabeledNetwork } from "./labeled-network";
import type { Learner } from "./learner";
import type { MomentumPair } from "./momentum";

/** The networks of a teacher's stage, by the method that trains them. `backbone` is the one that is evaluated. */
export type NetworkTeacher = { readonly backbone: Backbone } & (
  | { readonly kind: "byol"; readonly network: Learner }
  | { readonly kind: "moco"; readonly network: MomentumPair }
  | { readonly kind: "supervised"; readonly network: Ensemble }
);

/** A model from elsewhere, which is no network of this engine. */
export interface ModelTeacher {
  readonly kind: "model";
  /** What students learn from: its own answers or, for methods that need logits, those of a head on them. */
  readonly answers: TeacherAnswers;
  /** Its own answers. */
  readonly features: TeacherAnswers;
  readonly backbone?: undefined;
}

export type TrainedTeacher = NetworkTeacher | ModelTeacher;

/** One or several teachers of a student. */
export class Ensemble {
  constructor(readonly members: readonly LabeledNetwork[]) {}

  dispose(): void {
    for (const member of this.members) member.dispose();
  }
}

/** @throws Error if the teacher was not trained with labels */
export function labeledTeachers(teacher: TrainedTeacher | undefined): readonly LabeledNetwork[] {
  if (teacher?.kind !== "supervised") throw new Error("The scheme needs a teacher trained with labels.");
  return teacher.network.members;
}

/** @throws Error if the teacher was not trained by BYOL */
export function byolTeacher(teacher: TrainedTeacher | undefined): Learner {
  if (teacher?.kind !== "byol") throw new Error("The scheme needs a teacher trained by BYOL.");
  return teacher.network;
}
