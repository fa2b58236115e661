import type { Arm } from "../../protocol/experiment";
import type { PlannedRun, PlannedStage } from "../../protocol/messages";
import type { Evaluator } from "../evaluation/evaluator";
import { planArm, type TeacherKind, teacherKindOf, teacherShape } from "./plan";
import { type RunContext, runnerFor } from "./run-context";
import type { StageCheckpoint, StageRunner } from "./stage-runner";
import { StateMismatch } from "./state-tensors";
import { createTaught, type Taught } from "./taught";

/** A teacher that is trained in a stage of its own and then frozen, for one or several runs of a seed. */
export interface FrozenTeacher {
  readonly taught: Taught;
  readonly runner: StageRunner;
  /** Every run that uses it; the leader takes its turns. */
  readonly runIds: readonly string[];
  readonly leader: string;
  readonly isTrained: boolean;
  /** Judged once, however many runs ask. */
  final(evaluator: Evaluator): ReturnType<Evaluator["final"]>;
}

export interface TeacherCheckpoint {
  readonly key: string;
  readonly stage: StageCheckpoint;
}

/** Trains an offline teacher once per seed, for all arms that ask for the same one. Owns the teachers. */
export class TeacherPool {
  private readonly teachers = new Map<string, PooledTeacher>();

  constructor(private readonly context: RunContext) {}

  /** The run's teacher, made when first asked for; undefined for a scheme without a teacher's stage. */
  join(run: PlannedRun, arm: Arm): FrozenTeacher | undefined {
    const kind = teacherKindOf(arm.scheme);
    if (!kind) return undefined;
    const key = keyOf(kind, arm, run.seed);
    let teacher = this.teachers.get(key);
    if (!teacher) {
      teacher = new PooledTeacher(this.context, kind, arm, run);
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

  /** Every teacher as it is now, by what it was trained with. */
  snapshot(): Promise<readonly TeacherCheckpoint[]> {
    const taken = [...this.teachers].map(async ([key, { runner }]) => ({
      key,
      stage: await runner.snapshot(),
    }));
    return Promise.all(taken);
  }

  /** @throws StateMismatch when a teacher is missing, or another */
  restore(checkpoints: readonly TeacherCheckpoint[]): void {
    for (const [key, { runner }] of this.teachers) {
      const own = checkpoints.find((checkpoint) => checkpoint.key === key);
      if (!own) throw new StateMismatch("it holds no such teacher");
      runner.restore(own.stage);
    }
  }

  dispose(): void {
    for (const teacher of this.teachers.values()) teacher.dispose();
  }
}

/** All that a teacher's numbers depend on; whatever concerns the student alone is left out. */
function keyOf(kind: TeacherKind, arm: Arm, seed: number): string {
  const { learningRate: _, teacherLearningRate, ...rule } = arm.optimiser;
  const projector = kind === "supervised" ? undefined : planArm(arm).teacherProjector;
  const tau0 = kind === "byol" ? arm.tau0 : undefined;
  const queue = kind === "moco" && "queue" in arm.scheme ? arm.scheme.queue : undefined;
  const settings = [arm.teacherSteps, teacherLearningRate, rule, arm.schedule, arm.warmup, tau0, queue];
  return JSON.stringify([kind, arm.teacher, teacherShape(arm, 1_000), projector, settings, seed]);
}

class PooledTeacher implements FrozenTeacher {
  readonly taught: Taught;
  readonly runner: StageRunner;
  readonly runIds: string[] = [];
  private judged: ReturnType<Evaluator["final"]> | undefined;

  constructor(context: RunContext, kind: TeacherKind, arm: Arm, { seed, stages }: PlannedRun) {
    const { taught, task } = createTaught(context, kind, arm, seed);
    this.taught = taught;
    this.runner = runnerFor(context, arm, seed, stages[0] as PlannedStage, task);
  }

  get leader(): string {
    return this.runIds[0] ?? "";
  }

  get isTrained(): boolean {
    return this.runner.isDone;
  }

  final(evaluator: Evaluator): ReturnType<Evaluator["final"]> {
    this.judged ??= evaluator.final(this.taught.backbone);
    return this.judged;
  }

  dispose(): void {
    this.runner.dispose();
    this.taught.network.dispose();
  }
}
