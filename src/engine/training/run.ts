import type { Arm } from "../../protocol/experiment";
import type {
  FinalEvaluation,
  InspectedMoment,
  Look,
  PlannedRun,
  PlannedStage,
} from "../../protocol/messages";
import type { MetricRow, Stage as StageName } from "../../protocol/metrics/metrics";
import { methodOf } from "../../protocol/schemes";
import type { CompilingProgress } from "../backend/backend";
import type { Recording } from "../backend/recording";
import type { Evaluator } from "../evaluation/evaluator";
import type { ViewedNetwork } from "../evaluation/look";
import { look } from "../evaluation/look";
import type { Backbone } from "../networks/backbone";
import type { NamedNumbers } from "../networks/parameters";
import type { ResidentImages } from "../views/resident-images";
import { createUntrainedStudent } from "./create-networks";
import { createTask } from "./create-task";
import { exportedTensors } from "./exported-networks";
import { finalOf } from "./final-evaluation";
import { followUp } from "./follow-up";
import { imagesWithPool, type PoolChoice } from "./images/unlabeled-pool";
import { LabeledNetwork } from "./learners/labeled-network";
import {
  type RunContext,
  trainingImagesFor,
  viewsOf,
  withOwnInputs,
  withTrainingImages,
} from "./run-context";
import { evaluatorFor, runnerFor } from "./stages/runner-for";
import type { StageCheckpoint, StageRunner } from "./stages/stage-runner";
import { withStudentStart } from "./start";
import type { EvaluatedNetwork, Task } from "./tasks/parts/task";
import type { Prerequisites, SharedStage } from "./teachers/shared-stages";
import type { TeacherPool } from "./teachers/teacher-pool";

export interface RunCheckpoint {
  readonly runId: string;
  /** Milliseconds of training in each finished stage of the student's own. */
  readonly endedMs: readonly number[];
  /** The student's current stage, if it has started. */
  readonly stage?: StageCheckpoint;
}

export interface NetworkWeights {
  readonly role: "student" | "teacher";
  /** The network's settings, as JSON. */
  readonly encoder: string;
  readonly tensors: readonly NamedNumbers[];
  /** Whether a binary network's weights are already binary. */
  readonly binaryWeights: boolean;
}

/** Adds the numbers of chosen unlabeled images to the first row of the student's curve. */
function withChoice(row: MetricRow, choice: PoolChoice | undefined): MetricRow {
  if (!choice || row.stage !== "student" || row.step > 0) return row;
  const { chosen, duplicates } = choice;
  return { ...row, values: { ...row.values, poolImages: chosen.length, poolDuplicates: duplicates } };
}

const shared: ReadonlySet<StageName> = new Set(["sourceTeacher", "pretraining", "teacher"]);

/** A network to show views to, with its own classifier, its probe, or a linear classifier that is fitted now. */
async function viewedNetworksOf(
  role: ViewedNetwork["role"],
  subject: EvaluatedNetwork | undefined,
  evaluator: Evaluator,
): Promise<ViewedNetwork[]> {
  if (!subject) return [];
  const { backbone, momentum } = subject;
  const classifier = subject.classifier ?? subject.probe ?? (await evaluator.fitted(backbone));
  return [{ role, backbone, ...(momentum && { momentum }), classifier }];
}

/** What a run trains next. */
export interface NextTurn {
  readonly runner: StageRunner;
  /** The runs that the rows of the turn belong to: all that use a shared stage. */
  readonly runIds: readonly string[];
  /** Adds what the run alone knows. */
  readonly withOwn: (rows: readonly MetricRow[]) => readonly MetricRow[];
}

/** Leads one arm with one seed through its stages. It owns its networks but not those it shares with other runs. */
export class Run {
  private runner: StageRunner | undefined;
  private readonly owned: { dispose(): void }[] = [];
  private readonly before: Prerequisites;
  /** The student's own stages. */
  private readonly own: readonly PlannedStage[];
  private endedMs: readonly number[] = [];
  private readonly totalSteps: number;
  private choice: PoolChoice | undefined;
  /** The network trained in the student's first stage, for stages that follow. */
  private network: LabeledNetwork | undefined;
  /** Evaluates networks with this run's seed, on the same images with the same random choices. */
  readonly evaluator: Evaluator;
  private readonly context: RunContext;

  constructor(
    given: RunContext,
    readonly planned: PlannedRun,
    teachers: TeacherPool,
  ) {
    this.context = withOwnInputs(given);
    this.totalSteps = planned.stages.reduce((sum, { steps }) => sum + steps, 0);
    this.own = planned.stages.filter(({ stage }) => !shared.has(stage));
    this.before = teachers.join(planned, this.arm);
    this.evaluator = evaluatorFor(given, planned.seed);
  }

  get runId(): string {
    return this.planned.runId;
  }

  /** The current stage. */
  get stage(): StageName {
    return (this.pending?.runner.options.plan ?? this.ownPlan).stage;
  }

  /** The share of all steps done, 0 to 1. */
  get progress(): number {
    const ended = this.own.slice(0, this.endedMs.length).reduce((sum, { steps }) => sum + steps, 0);
    const prepared = this.before.stages.reduce((sum, { runner }) => sum + runner.step, 0);
    return (prepared + ended + (this.runner?.step ?? 0)) / this.totalSteps;
  }

  /** Whether the run is waiting for a stage that another run trains. */
  get isWaiting(): boolean {
    return this.pending !== undefined && this.pending.leader !== this.runId;
  }

  /** Whether its own networks exist; a shared teacher may be trained before. */
  get hasBegun(): boolean {
    return this.runner !== undefined;
  }

  get isDone(): boolean {
    return this.endedMs.length === this.own.length - 1 && (this.runner?.isDone ?? false);
  }

  /** Identifies the untrained student: runs with the same key start from the same weights. */
  get studentKey(): string {
    return JSON.stringify([this.arm.student, this.planned.seed]);
  }

  /** Creates the student's encoder with random weights. The caller owns it. */
  createUntrained(): Backbone {
    return createUntrainedStudent(this.context, this.arm, this.planned.seed);
  }

  /** Compiles the programs of the next step in parallel. Changes nothing else. */
  async prepare(onProgress?: CompilingProgress): Promise<void> {
    const runner = this.pending?.runner ?? (await this.ownRunner());
    await runner.prepare(onProgress);
  }

  /** Goes on to the stage that its next turn trains. */
  async next(): Promise<NextTurn> {
    const { pending } = this;
    if (pending) return { runner: pending.runner, runIds: pending.runIds, withOwn: (rows) => rows };
    if (this.runner?.isDone && !this.isDone) await this.advance(this.runner);
    const runner = await this.ownRunner();
    runner.teacherPredictions ??= this.before.teacher?.stage.runner.teacherPredictions;
    const { choice } = this;
    return { runner, runIds: [this.runId], withOwn: (rows) => rows.map((row) => withChoice(row, choice)) };
  }

  /** A recorded step of the current stage, if there is one. */
  get recorded(): Recording | undefined {
    return (this.pending?.runner ?? this.runner)?.options.stage.recorded;
  }

  /** The same for runs that train the same stage with other seeds. */
  get kindOfStage(): string {
    return JSON.stringify([this.planned.arm, this.stage, this.endedMs.length]);
  }

  /** The same for runs whose recorded steps run the same programs, and which share no trained network. */
  get kindOfStep(): string {
    return (this.before.stages.length === 0 && this.recorded?.kind) || this.kindOfStage;
  }

  /** Adds the time and MACs of earlier stages to the rows of a stage. */
  continued(rows: readonly MetricRow[]): MetricRow[] {
    return rows.map((row) => {
      const at = this.planned.stages.findIndex(({ stage }) => stage === row.stage);
      const earlier = this.planned.stages.slice(0, at);
      const macs = earlier.reduce((sum, { steps, macsPerStep }) => sum + steps * macsPerStep, 0);
      const trained = [...this.before.stages.map(({ runner }) => runner.elapsedMs), ...this.endedMs];
      const wallMs = trained.slice(0, at).reduce((sum, ms) => sum + ms, 0);
      return { ...row, wallMs: wallMs + row.wallMs, macs: macs + row.macs };
    });
  }

  async final(): Promise<FinalEvaluation> {
    if (!this.runner) throw new Error("The run has not begun.");
    return finalOf(this.runner, this.evaluator, this.before.teacher);
  }

  /** Shows views of a training image to the run's current networks. */
  async look(asked: { readonly index: number; readonly roll: number }): Promise<Look> {
    const { experiment, parts } = this.context;
    const { student, teacher } = this.evaluated;
    const scene = {
      images: parts.train,
      views: viewsOf(this.arm, experiment),
      seed: this.planned.seed,
      chunk: 2 * experiment.batchSize,
    };
    const networks = [
      ...(await viewedNetworksOf("student", student, this.evaluator)),
      ...(await viewedNetworksOf("teacher", teacher, this.evaluator)),
    ];
    return { ...this.moment, ...(await look(scene, networks, asked)) };
  }

  /** Inspects the run's current encoders on held-out images. */
  async inspect(): Promise<InspectedMoment> {
    const { student, teacher } = this.evaluated;
    const evaluator = this.runner?.options.evaluator ?? this.evaluator;
    const ofStudent = student && (await evaluator.inspect(student.backbone));
    const ofTeacher = teacher && (await this.evaluator.inspect(teacher.backbone));
    const isOfTest = this.context.experiment.evaluation.part === "test";
    return {
      ...this.moment,
      ...(!isOfTest && { part: "validation" as const }),
      ...(ofStudent && { student: ofStudent }),
      ...(ofTeacher && { teacher: ofTeacher }),
    };
  }

  /** Reads the current parameters and running statistics of its networks, including heads and probes, by role. */
  async weights(): Promise<readonly NetworkWeights[]> {
    const { student, teacher } = this.last.task;
    const trained = this.before.teacher?.teacher;
    const networks = [
      { role: "student" as const, ...student },
      {
        role: "teacher" as const,
        ...teacher,
        ...(trained && { backbone: trained.backbone, probe: undefined, classifier: undefined }),
        ...(trained?.kind === "supervised" && { classifier: trained.network.members[0] }),
      },
    ];
    const read = networks.map(async ({ role, backbone, classifier, probe }) => {
      if (!backbone) return [];
      const evaluator = role === "student" ? this.last.evaluator : this.evaluator;
      const tensors = await exportedTensors(
        { backbone, ...(classifier && { classifier }), ...(probe && { probe }) },
        evaluator,
      );
      const { binaryWeights } = backbone;
      return [{ role, encoder: JSON.stringify(this.arm[role]), tensors, binaryWeights }];
    });
    return (await Promise.all(read)).flat();
  }

  /** The run's state between two turns. Shared stages have their own checkpoints. */
  async snapshot(): Promise<RunCheckpoint> {
    const { runId, endedMs } = this;
    const stage = await this.runner?.snapshot(this.outside);
    return { runId, endedMs, ...(stage ? { stage } : {}) };
  }

  /** Restores a checkpoint. Shared stages must be restored first. @throws StateMismatch */
  async restore({ endedMs, stage }: RunCheckpoint): Promise<void> {
    this.endedMs = endedMs;
    if (stage) (await this.ownRunner()).restore(stage, this.outside);
  }

  dispose(): void {
    this.runner?.dispose();
    for (const owned of this.owned) owned.dispose();
    this.context.inputs.dispose();
  }

  private get arm(): Arm {
    return this.context.experiment.arms[this.planned.arm] as Arm;
  }

  /** The next stage to be trained before the student's own, if any. */
  private get pending(): SharedStage | undefined {
    return this.before.stages.find(({ isTrained }) => !isTrained);
  }

  /** The student and the teacher, if they exist by now. */
  get evaluated(): Pick<Task, "student" | "teacher"> {
    const { student, teacher } = this.runner?.options.task ?? {};
    const current = this.before.teacher?.stage.runner.options.task.teacher ?? teacher;
    return { ...(student && { student }), ...(current && { teacher: current }) };
  }

  /** The current stage and its step. */
  get moment(): Pick<Look, "stage" | "step"> {
    return { stage: this.stage, step: (this.pending?.runner ?? this.runner)?.step ?? 0 };
  }

  /** Networks that the student's task refers to but that belong to other checkpoints. */
  private get outside(): readonly unknown[] {
    return [this.before.teacher?.teacher];
  }

  private get ownPlan(): PlannedStage {
    return this.own[this.endedMs.length] as PlannedStage;
  }

  private get last(): StageRunner["options"] {
    if (!this.runner) throw new Error("The run has not begun.");
    return this.runner.options;
  }

  /** Advances from one of the student's own stages to the next. */
  private async advance(ended: StageRunner): Promise<void> {
    this.endedMs = [...this.endedMs, ended.elapsedMs];
    this.runner = await this.createRunner();
    const [before, after] = [ended.options.task.student, this.runner.options.task.student];
    if (before?.probe) after?.probe?.takeOver(before.probe);
    ended.dispose();
  }

  private async ownRunner(): Promise<StageRunner> {
    this.runner ??= await this.createRunner();
    return this.runner;
  }

  private async createRunner(): Promise<StageRunner> {
    const { context, planned, arm, ownPlan, endedMs } = this;
    const teacher = this.before.taughtBy;
    if (endedMs.length === 0) {
      const images = (await this.poolImages()) ?? this.ownImages;
      const task = this.createFirst(images);
      return runnerFor(context, arm, planned.seed, ownPlan, task, { images });
    }
    // After a checkpoint the network's weights are restored, so the stage that trained it is not repeated.
    if (!this.network) this.createFirst().dispose();
    if (!this.network) throw new Error(`No stage can follow a student of ${arm.scheme.method}.`);
    return followUp(ownPlan, { context, arm, seed: planned.seed, network: this.network, teacher });
  }

  /** The images for a student whose scheme also uses unlabeled images; undefined for other schemes. */
  private async poolImages(): Promise<ResidentImages | undefined> {
    const pooled = await imagesWithPool(this.context, this.arm.scheme, this.before.taughtBy);
    if (!pooled) return undefined;
    this.choice = pooled.choice;
    this.owned.push(pooled.images);
    return pooled.images;
  }

  private get ownImages(): ResidentImages {
    return trainingImagesFor(methodOf(this.arm.scheme).needsLabels, this.context);
  }

  private createFirst(images = this.ownImages): Task {
    const { planned, arm } = this;
    const context = withTrainingImages(images, this.context);
    const own = <T extends { dispose(): void }>(made: T): T => {
      this.owned.push(made);
      return made;
    };
    const started = withStudentStart(context, arm, this.before.pretraining);
    const task = createTask(started, arm, planned.seed, this.before.taughtBy, own);
    const classifier = task.student?.classifier;
    if (classifier instanceof LabeledNetwork) this.network = classifier;
    return task;
  }
}
