import type { Arm } from "../../../protocol/experiment";
import type { PlannedRun, PlannedStage } from "../../../protocol/messages";
import type { Stage } from "../../../protocol/metrics/metrics";
import { methodOf, teacherOf } from "../../../protocol/schemes";
import { createTask } from "../create-task";
import type { RunContext } from "../run-context";
import { trainingImagesFor, withOwnInputs, withTrainingImages } from "../run-context";
import { runnerFor } from "../stages/runner-for";
import type { StageCheckpoint } from "../stages/stage-runner";
import { StateMismatch } from "../stages/state-tensors";
import { pretrainingOf, withTeacherStart } from "../start";
import { teacherShape } from "../tasks/trainings";
import { createTeacher } from "./create-teacher";
import { pretrainingKey, teacherKey } from "./shared-keys";
import { FrozenTeacher, type Prerequisites, type Pretraining, SharedStage } from "./shared-stages";

export interface TeacherCheckpoint {
  readonly key: string;
  readonly stage: StageCheckpoint;
}

/** Trains teachers and pretrains students once per seed, for all arms that need the same ones. It owns them. */
export class TeacherPool {
  private readonly stages = new Map<string, SharedStage>();
  private readonly teachers = new Map<string, FrozenTeacher>();
  private readonly pretrainings = new Map<string, Pretraining>();

  constructor(private readonly context: RunContext) {}

  /** Returns the stages that a run needs first, creating those that do not exist yet. */
  join(run: PlannedRun, arm: Arm): Prerequisites {
    const first = pretrainingOf(arm);
    const { images } = arm.start;
    const source = first && this.teacherOf(run, first, "sourceTeacher", images);
    const pretraining = first && this.pretrainingOf(run, first, images, source);
    const model = this.context.models?.of(arm);
    const teacher = model ? undefined : this.teacherOf(run, arm, "teacher", "own");
    const stages = [source?.stage, pretraining?.stage, teacher?.stage].filter((stage) => stage !== undefined);
    const taughtBy = model ?? teacher?.teacher;
    for (const { runIds } of stages) runIds.push(run.runId);
    return {
      stages,
      ...(teacher ? { teacher } : {}),
      ...(taughtBy ? { taughtBy } : {}),
      ...(pretraining ? { pretraining } : {}),
    };
  }

  /** Removes a failed run; its shared stages are trained by the next run that needs them. */
  leave(runId: string): void {
    for (const { runIds } of this.stages.values()) {
      const place = runIds.indexOf(runId);
      if (place >= 0) runIds.splice(place, 1);
    }
  }

  /** Takes checkpoints of all shared stages. */
  snapshot(): Promise<readonly TeacherCheckpoint[]> {
    const taken = [...this.stages].map(async ([key, { runner, outside }]) => ({
      key,
      stage: await runner.snapshot(outside),
    }));
    return Promise.all(taken);
  }

  /** Restores the checkpoints. @throws StateMismatch if a teacher is missing or another one */
  restore(checkpoints: readonly TeacherCheckpoint[]): void {
    for (const [key, { runner, outside }] of this.stages) {
      const own = checkpoints.find((checkpoint) => checkpoint.key === key);
      if (!own) throw new StateMismatch("it does not contain the teacher");
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
    const key = teacherKey(kind, arm, run.seed, images);
    const known = this.teachers.get(key);
    if (known) return known;
    const context = withOwnInputs(withTeacherStart(contextOn(this.context, images), arm));
    const trainingImages = trainingImagesFor(kind === "supervised", context);
    const { resolution } = context.experiment.dataset;
    const shape = teacherShape(arm, resolution);
    const onImages = withTrainingImages(trainingImages, context);
    const { teacher: trained, task } = createTeacher(onImages, kind, arm, run.seed, shape);
    const runner = runnerFor(context, arm, run.seed, stageOf(run, name), task, {
      images: trainingImages,
      ...(shape.side !== resolution && { side: shape.side }),
    });
    const stage = new SharedStage(runner, [], () => {
      trained.network.dispose();
      context.inputs.dispose();
    });
    const teacher = new FrozenTeacher(trained, stage);
    this.teachers.set(key, teacher);
    this.stages.set(key, teacher.stage);
    return teacher;
  }

  /** @param arm the pretraining as an arm of its own */
  private pretrainingOf(
    run: PlannedRun,
    arm: Arm,
    images: string,
    teacher: FrozenTeacher | undefined,
  ): Pretraining {
    const key = pretrainingKey(arm, run.seed, images);
    const known = this.pretrainings.get(key);
    if (known) return known;
    const context = withOwnInputs(contextOn(this.context, images));
    const owned: { dispose(): void }[] = [];
    const own = <T extends { dispose(): void }>(made: T): T => {
      owned.push(made);
      return made;
    };
    const trainingImages = trainingImagesFor(methodOf(arm.scheme).needsLabels, context);
    const task = createTask(
      withTrainingImages(trainingImages, context),
      arm,
      run.seed,
      teacher?.teacher,
      own,
    );
    if (!task.student) throw new Error("A pretraining has a student.");
    const runner = runnerFor(context, arm, run.seed, stageOf(run, "pretraining"), task, {
      images: trainingImages,
    });
    const release = () => {
      for (const one of owned) one.dispose();
      context.inputs.dispose();
    };
    const stage = new SharedStage(runner, [teacher?.teacher], release);
    const pretraining = { backbone: task.student.backbone, stage };
    this.pretrainings.set(key, pretraining);
    this.stages.set(key, stage);
    return pretraining;
  }
}

/** The context with pretraining images in place of the experiment's own. */
function contextOn(context: RunContext, images: string): RunContext {
  if (images === "own") return context;
  const parts = context.pretraining?.get(images);
  if (!parts) throw new Error(`There are no pretraining images “${images}”.`);
  const { withUnlabeled: _, ...others } = context;
  return { ...others, parts };
}

function stageOf({ stages }: PlannedRun, name: Stage): PlannedStage {
  const found = stages.find(({ stage }) => stage === name);
  if (!found) throw new Error(`The run has no stage ${name}.`);
  return found;
}
