import type { Evaluator } from "../evaluation/evaluator";
import type { Backbone } from "../networks/backbone";
import type { StageRunner } from "./stage-runner";
import type { TrainedTeacher } from "./trained-teacher";

/** A stage that runs of one seed wait for: trained once, in the turns of the first of them. */
export class SharedStage {
  /** Every run that waits for it; the leader takes its turns. */
  readonly runIds: string[] = [];

  constructor(
    readonly runner: StageRunner,
    /** What its task reaches, but another stage's checkpoint holds. */
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

/** A teacher that is trained in a stage of its own and then frozen, for one or several runs of a seed. */
export class FrozenTeacher {
  private judged: ReturnType<Evaluator["final"]> | undefined;

  constructor(
    readonly teacher: TrainedTeacher,
    readonly stage: SharedStage,
  ) {}

  /** Judged once, however many runs ask. */
  final(evaluator: Evaluator): ReturnType<Evaluator["final"]> {
    this.judged ??= evaluator.final(this.teacher.backbone);
    return this.judged;
  }
}

/** A student that was trained before its arm's own stage: what runs copy to start from. */
export interface Pretraining {
  readonly backbone: Backbone;
  readonly stage: SharedStage;
}

/** What has to be trained before a run's own student, in this order. */
export interface Preparation {
  readonly stages: readonly SharedStage[];
  readonly teacher?: FrozenTeacher;
  readonly pretraining?: Pretraining;
}
