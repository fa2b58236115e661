import type { Arm } from "../../protocol/experiment";
import type { PlannedRun, PlannedStage } from "../../protocol/messages";
import type { TeacherKind } from "../../protocol/methods/method";
import type { Stage } from "../../protocol/metrics";
import { methodOf, teacherOf } from "../../protocol/schemes";
import { createTask } from "./create-task";
import { createTeacher } from "./create-teacher";
import { ruleFor } from "./optimiser-rules";
import { planArm } from "./plan";
import { imagesLearnedFrom, learningFrom, type RunContext } from "./run-context";
import { runnerFor } from "./runner-for";
import { FrozenTeacher, type Preparation, type Pretraining, SharedStage } from "./shared-stages";
import type { StageCheckpoint } from "./stage-runner";
import { pretrainingOf, withTeacherStart } from "./start";
import { StateMismatch } from "./state-tensors";
import { teacherShape } from "./tasks/trainings";

export interface TeacherCheckpoint {
  readonly key: string;
  readonly stage: StageCheckpoint;
}

/** Trains teachers and pretrains students once per seed, for all arms that ask for the same ones. Owns them. */
export class TeacherPool {
  private readonly stages = new Map<string, SharedStage>();
  private readonly teachers = new Map<string, FrozenTeacher>();
  private readonly pretrainings = new Map<string, Pretraining>();

  constructor(private readonly context: RunContext) {}

  /** What the run waits for, made when first asked for. */
  join(run: PlannedRun, arm: Arm): Preparation {
    const first = pretrainingOf(arm);
    const { images } = arm.start;
    const source = first && this.teacherOf(run, first, "sourceTeacher", images);
    const pretraining = first && this.pretrainingOf(run, first, images, source);
    const teacher = this.teacherOf(run, arm, "teacher", "own");
    const stages = [source?.stage, pretraining?.stage, teacher?.stage].filter((stage) => stage !== undefined);
    for (const { runIds } of stages) runIds.push(run.runId);
    return { stages, ...(teacher ? { teacher } : {}), ...(pretraining ? { pretraining } : {}) };
  }

  /** A failed run hands what it trains to the next one that uses it. */
  leave(runId: string): void {
    for (const { runIds } of this.stages.values()) {
      const place = runIds.indexOf(runId);
      if (place >= 0) runIds.splice(place, 1);
    }
  }

  /** Every shared stage as it is now, by what it was trained with. */
  snapshot(): Promise<readonly TeacherCheckpoint[]> {
    const taken = [...this.stages].map(async ([key, { runner, outside }]) => ({
      key,
      stage: await runner.snapshot(outside),
    }));
    return Promise.all(taken);
  }

  /** @throws StateMismatch when a teacher is missing, or another */
  restore(checkpoints: readonly TeacherCheckpoint[]): void {
    for (const [key, { runner, outside }] of this.stages) {
      const own = checkpoints.find((checkpoint) => checkpoint.key === key);
      if (!own) throw new StateMismatch("it holds no such teacher");
      runner.restore(own.stage, outside);
    }
  }

  dispose(): void {
    for (const stage of this.stages.values()) stage.dispose();
  }

  private teacherOf(run: PlannedRun, arm: Arm, name: Stage, images: string): FrozenTeacher | undefined {
    const source = teacherOf(arm.scheme);
    if (source.when !== "before") return undefined;
    const kind = source.by;
    const key = keyOf(kind, arm, run.seed, images);
    const known = this.teachers.get(key);
    if (known) return known;
    const context = withTeacherStart(contextOn(this.context, images), arm);
    const learnedFrom = imagesLearnedFrom(kind === "supervised", context);
    const { teacher: trained, task } = createTeacher(
      learningFrom(learnedFrom, context),
      kind,
      arm,
      run.seed,
      teacherShape(arm, context.experiment.dataset.resolution),
    );
    const runner = runnerFor(context, arm, run.seed, stageOf(run, name), task, { images: learnedFrom });
    const stage = new SharedStage(runner, [], () => trained.network.dispose());
    const teacher = new FrozenTeacher(trained, stage);
    this.teachers.set(key, teacher);
    this.stages.set(key, teacher.stage);
    return teacher;
  }

  /** @param arm that the pretraining is by itself */
  private pretrainingOf(
    run: PlannedRun,
    arm: Arm,
    images: string,
    teacher: FrozenTeacher | undefined,
  ): Pretraining {
    const ofTeacher = teacher && keyOf("supervised", arm, run.seed, images);
    const { student, scheme, steps, optimiser, schedule, warmup, tau0 } = arm;
    const settings = [student, scheme, steps, optimiser, schedule, warmup, tau0];
    const ownViews = arm.views ? [arm.views] : [];
    const key = JSON.stringify(["pretraining", ...settings, run.seed, images, ofTeacher, ...ownViews]);
    const known = this.pretrainings.get(key);
    if (known) return known;
    const context = contextOn(this.context, images);
    const owned: { dispose(): void }[] = [];
    const own = <T extends { dispose(): void }>(made: T): T => {
      owned.push(made);
      return made;
    };
    const learnedFrom = imagesLearnedFrom(methodOf(arm.scheme).needsLabels, context);
    const task = createTask(learningFrom(learnedFrom, context), arm, run.seed, teacher?.teacher, own);
    if (!task.student) throw new Error("A pretraining has a student.");
    const runner = runnerFor(context, arm, run.seed, stageOf(run, "pretraining"), task, {
      images: learnedFrom,
    });
    const release = () => {
      for (const one of owned) one.dispose();
    };
    const stage = new SharedStage(runner, [teacher?.teacher], release);
    const pretraining = { backbone: task.student.backbone, stage };
    this.pretrainings.set(key, pretraining);
    this.stages.set(key, stage);
    return pretraining;
  }
}

/** The same training on other images. */
function contextOn(context: RunContext, images: string): RunContext {
  if (images === "own") return context;
  const parts = context.further?.get(images);
  if (!parts) throw new Error(`No images “${images}” were drawn.`);
  const { everything: _, ...others } = context;
  return { ...others, parts };
}

function stageOf({ stages }: PlannedRun, name: Stage): PlannedStage {
  const found = stages.find(({ stage }) => stage === name);
  if (!found) throw new Error(`The run has no stage ${name}.`);
  return found;
}

/** All that a teacher's numbers depend on; whatever concerns the student alone is left out. */
function keyOf(kind: TeacherKind, arm: Arm, seed: number, images: string): string {
  const { teacherLearningRate } = arm.optimiser;
  const plan = planArm(arm);
  const rule = ruleFor(arm, "teacher", plan.teacher);
  const projector = kind === "supervised" ? undefined : plan.teacherProjector;
  const tau0 = kind === "byol" ? arm.tau0 : undefined;
  // A batch of one: of a queue only its length counts here.
  const [queued] = kind === "moco" ? methodOf(arm.scheme).queues(arm.scheme, 1) : [];
  const queue = queued?.entries;
  const settings = [arm.teacherSteps, teacherLearningRate, rule, arm.schedule, arm.warmup, tau0, queue];
  const shape = teacherShape(arm, 1_000);
  const { teacherFile } = arm.start;
  const own = arm.views ? [arm.views] : [];
  return JSON.stringify([kind, arm.teacher, shape, projector, settings, seed, images, teacherFile, ...own]);
}
