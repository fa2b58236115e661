import type { Arm } from "../../protocol/experiment";
import type { PlannedRun, PlannedStage } from "../../protocol/messages";
import type { Evaluator } from "../evaluation/evaluator";
import type { Learner } from "./learner";
import { planArm } from "./plan";
import { createLearner, probeRandom, type RunContext, runnerFor, taskContextOf } from "./run-context";
import type { StageRunner } from "./stage-runner";
import { ByolTask } from "./tasks";

/** A teacher that is trained in a stage of its own and then frozen, for one or several runs of a seed. */
export interface FrozenTeacher {
  readonly learner: Learner;
  readonly runner: StageRunner;
  /** Every run that uses it; the leader takes its turns. */
  readonly runIds: readonly string[];
  readonly leader: string;
  readonly isTrained: boolean;
  /** Judged once, however many runs ask. */
  final(evaluator: Evaluator): ReturnType<Evaluator["final"]>;
}

/** Trains an offline teacher once per seed, for all arms that ask for the same one. Owns the teachers. */
export class TeacherPool {
  private readonly teachers = new Map<string, PooledTeacher>();

  constructor(private readonly context: RunContext) {}

  /** The run's teacher, made when first asked for. */
  join(run: PlannedRun, arm: Arm): FrozenTeacher {
    const key = keyOf(arm, run.seed);
    let teacher = this.teachers.get(key);
    if (!teacher) {
      teacher = new PooledTeacher(this.context, arm, run);
      this.teachers.set(key, teacher);
    }
    teacher.runIds.push(run.runId);
    return teacher;
  }

  /** A failed run hands its teacher to the next one that uses it. */
  leave(runId: string): void {
    for (const { runIds } of this.teachers.values()) {
      const place = runIds.indexOf(runId);
      if (place >= 0) runIds.splice(place, 1);
    }
  }

  dispose(): void {
    for (const teacher of this.teachers.values()) teacher.dispose();
  }
}

/** All that a teacher's numbers depend on; whatever concerns the student alone is left out. */
function keyOf(arm: Arm, seed: number): string {
  const { kind, teacherLearningRate, momentum, weightDecay, larsRule } = arm.optimiser;
  const { teacherProjector } = planArm(arm);
  const rule = [kind, teacherLearningRate, momentum, weightDecay, larsRule];
  return JSON.stringify([arm.teacher, teacherProjector, arm.teacherSteps, rule, arm.warmup, arm.tau0, seed]);
}

class PooledTeacher implements FrozenTeacher {
  readonly learner: Learner;
  readonly runner: StageRunner;
  readonly runIds: string[] = [];
  private judged: ReturnType<Evaluator["final"]> | undefined;

  constructor(context: RunContext, arm: Arm, { seed, stages }: PlannedRun) {
    this.learner = createLearner(context, arm, seed, "teacher");
    const task = new ByolTask(taskContextOf(context), this.learner, "teacher", probeRandom(seed, "teacher"));
    this.runner = runnerFor(context, arm, seed, stages[0] as PlannedStage, task);
  }

  get leader(): string {
    return this.runIds[0] ?? "";
  }

  get isTrained(): boolean {
    return this.runner.isDone;
  }

  final(evaluator: Evaluator): ReturnType<Evaluator["final"]> {
    this.judged ??= evaluator.final(this.learner.online);
    return this.judged;
  }

  dispose(): void {
    this.runner.dispose();
    this.learner.dispose();
  }
}
