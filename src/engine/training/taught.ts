import type { Arm } from "../../protocol/experiment";
import type { Backbone } from "../networks/backbone";
import type { LabelledNetwork } from "./labelled-network";
import type { Learner } from "./learner";
import type { TeacherKind } from "./plan";
import {
  createLabelledNetwork,
  createLearner,
  probeRandom,
  type RunContext,
  taskContextOf,
} from "./run-context";
import { ByolTask } from "./tasks/byol";
import { SupervisedTask } from "./tasks/supervised";
import type { Task } from "./tasks/task";

/** The networks that a teacher's stage trains, by what it trains them with. `backbone` is the one that is judged. */
export type Taught = { readonly backbone: Backbone } & (
  | { readonly kind: "byol"; readonly network: Learner }
  | { readonly kind: "supervised"; readonly network: LabelledNetwork }
);

/** A teacher before its first step, and what trains it. The caller owns both. */
export function createTaught(
  context: RunContext,
  kind: TeacherKind,
  arm: Arm,
  seed: number,
): { taught: Taught; task: Task } {
  const shared = taskContextOf(context);
  const random = probeRandom(seed, "teacher");
  switch (kind) {
    case "byol": {
      const network = createLearner(context, arm, seed, "teacher");
      const task = new ByolTask(shared, network, "teacher", random);
      return { taught: { kind, network, backbone: network.online }, task };
    }
    case "supervised": {
      const network = createLabelledNetwork(context, arm, seed, "teacher");
      const task = new SupervisedTask(shared, network, "teacher", arm.optimiser, random);
      return { taught: { kind, network, backbone: network.backbone }, task };
    }
    default:
      return kind satisfies never;
  }
}
