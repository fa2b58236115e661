import type { Evaluator } from "../../evaluation/evaluator";
import type { Backbone } from "../../networks/backbone";
import type { NetworkTeacher, TrainedTeacher } from "../learners/trained-teacher";
import type { StageRunner } from "../stages/stage-runner";

/** A stage that several runs with the same seed need: trained once, in the turns of the first run. */
export class SharedStage {
  /** The runs that need it; the first one, the leader, trains it. */
  readonly runIds: string[] = [];

  constructor(
    readonly runner: StageRunner,
    /** Networks that its task refers to but that belong to another stage's checkpoint. */
    readonly outside: readonly unknown[],
    private readonly release: () => void,
  ) {}

  get leader(): string {
    return this.runIds[0] ?? "";
  }

  get isTrained(): boolean {
    return this.runner.isDone;
  }

  dispose(): void {
    this.runner.dispose();
    this.release();
  }
}

/** A teacher that is trained in its own stage and then frozen, for one or several runs with the same seed. */
export class FrozenTeacher {
  private finalEvaluation: ReturnType<Evaluator["final"]> | undefined;

  constructor(
    readonly teacher: NetworkTeacher,
    readonly stage: SharedStage,
  ) {}

  /** The teacher's final evaluation on images of its own size, done once for all runs. */
  final(): ReturnType<Evaluator["final"]> {
    const { backbone } = this.teacher;
    const { evaluator, task } = this.stage.runner.options;
    this.finalEvaluation ??= evaluator.final(backbone, task.teacher?.classifier);
    return this.finalEvaluation;
  }
}

/** A student that is trained before its arm's own stage. Runs start from copies of it. */
export interface Pretraining {
  readonly backbone: Backbone;
  readonly stage: SharedStage;
}

/** The stages that must be trained before a run's own student, in this order. */
export interface Prerequisites {
  readonly stages: readonly SharedStage[];
  readonly teacher?: FrozenTeacher;
  /** What teaches the student: that teacher, or a model in its place. */
  readonly taughtBy?: TrainedTeacher;
  readonly pretraining?: Pretraining;
}
