import type { Experiment } from "../../protocol/experiment";
import type { FinalEvaluation, PlannedRun, PlannedStage } from "../../protocol/messages";
import type { MetricRow, Stage as StageName } from "../../protocol/metrics";
import type { Evaluator } from "../evaluation/evaluator";
import type { Backbone } from "../networks/backbone";
import type { NamedNumbers } from "../networks/parameters";
import { createTask } from "./create-task";
import { evaluatorFor, type RunContext, runnerFor } from "./run-context";
import type { RunnerEvents, StageCheckpoint, StageRunner } from "./stage-runner";
import type { FrozenTeacher, TeacherPool } from "./teacher-pool";

/** How far a run is. */
interface Distance {
  readonly wallMs: number;
  readonly macs: number;
  readonly steps: number;
}

export interface RunCheckpoint {
  readonly runId: string;
  /** At the end of the teacher's stage, and now. */
  readonly before: Distance;
  readonly last: Distance;
  /** Of the student's stage, once that has begun. */
  readonly stage?: StageCheckpoint;
}

export interface NetworkWeights {
  readonly role: "student" | "teacher";
  /** Which network it is, as JSON of the experiment's settings. */
  readonly encoder: string;
  readonly tensors: readonly NamedNumbers[];
}

/** One arm with one seed, through its stages. Owns its networks but not a teacher that it shares. */
export class Run {
  private runner: StageRunner | undefined;
  private readonly owned: { dispose(): void }[] = [];
  private readonly teacher: FrozenTeacher | undefined;
  private before: Distance = { wallMs: 0, macs: 0, steps: 0 };
  private last: Distance = { wallMs: 0, macs: 0, steps: 0 };
  private readonly totalSteps: number;
  /** Judges what has this run's seed: on the same images, with the same draws. */
  readonly evaluator: Evaluator;

  constructor(
    private readonly context: RunContext,
    readonly planned: PlannedRun,
    teachers: TeacherPool,
  ) {
    this.totalSteps = planned.stages.reduce((sum, { steps }) => sum + steps, 0);
    this.teacher = teachers.join(planned, this.arm);
    this.evaluator = evaluatorFor(context, planned.seed);
  }

  get runId(): string {
    return this.planned.runId;
  }

  /** What is trained now. */
  get stage(): StageName {
    if (this.teacher && !this.teacher.isTrained) return "teacher";
    return (this.planned.stages.at(-1) as PlannedStage).stage;
  }

  /** 0 to 1. */
  get progress(): number {
    return this.last.steps / this.totalSteps;
  }

  /** Whether the turn would only wait for a teacher that another run trains. */
  get isWaiting(): boolean {
    return this.teacher !== undefined && !this.teacher.isTrained && this.teacher.leader !== this.runId;
  }

  get isDone(): boolean {
    return this.runner?.isDone ?? false;
  }

  /** What the untrained student is: runs of one seed that agree in it start from the same numbers. */
  get studentKey(): string {
    return JSON.stringify([this.arm.student, this.planned.seed]);
  }

  /** The student's encoder as it is now; the caller owns the copy. */
  copyOfStudent(): Backbone {
    const { student } = this.studentRunner().options.task;
    if (!student) throw new Error("The run has no student.");
    return student.backbone.copy();
  }

  /** Compiles what the first step needs, side by side. Changes nothing else. */
  prepare(): Promise<void> {
    const isTaught = !this.teacher || this.teacher.isTrained;
    return (isTaught ? this.studentRunner() : (this.teacher as FrozenTeacher).runner).prepare();
  }

  /** Some steps of the current stage. Rows of a shared teacher are for every run that uses it. @throws Divergence */
  async turn(
    events: RunnerEvents,
    limit?: number,
  ): Promise<{ readonly rows: MetricRow[]; readonly runIds: readonly string[] }> {
    if (this.teacher && !this.teacher.isTrained) {
      const rows = await this.teacher.runner.turn(events, limit);
      return { rows, runIds: this.teacher.runIds };
    }
    const runner = this.studentRunner();
    runner.teacherPredictions ??= this.teacher?.runner.teacherPredictions;
    const rows = await runner.turn(events, limit);
    return { rows: rows.map((row) => this.continued(row)), runIds: [this.runId] };
  }

  /** Notes rows that were sent for this run. */
  note(rows: readonly MetricRow[]): void {
    const row = rows.at(-1);
    if (!row) return;
    this.last = {
      wallMs: row.wallMs,
      macs: row.macs,
      steps: (row.stage === "teacher" ? 0 : this.before.steps) + row.step,
    };
    if (row.stage === "teacher" && this.teacher?.isTrained) this.before = this.last;
  }

  async final(): Promise<FinalEvaluation> {
    const { evaluator } = this;
    const { student, teacher } = this.studentRunner().options.task;
    if (!student) throw new Error("The run has no student.");
    const result = await evaluator.final(student.backbone);
    const taught = this.teacher
      ? await this.teacher.final(evaluator)
      : teacher && (await evaluator.final(teacher.backbone));
    if (!taught) return result;
    const { knnTop1, linearTop1, inspection } = taught;
    return { ...result, teacher: { knnTop1, linearTop1, ...(inspection && { inspection }) } };
  }

  /** What its networks have learnt so far, by their roles: parameters and running statistics, heads included. */
  async weights(): Promise<readonly NetworkWeights[]> {
    const { student, teacher } = this.studentRunner().options.task;
    const taught = this.teacher?.taught.backbone ?? teacher?.backbone;
    const networks = [
      { role: "student" as const, backbone: student?.backbone },
      { role: "teacher" as const, backbone: taught },
    ];
    const read = networks.map(async ({ role, backbone }) => {
      if (!backbone) return [];
      const tensors = [...(await backbone.parameters.named()), ...(await backbone.statistics.named())];
      return [{ role, encoder: JSON.stringify(this.arm[role]), tensors }];
    });
    return (await Promise.all(read)).flat();
  }

  /** Where it stands between two turns; its teacher has a checkpoint of its own. */
  async snapshot(): Promise<RunCheckpoint> {
    const { runId, before, last } = this;
    const stage = await this.runner?.snapshot([this.teacher?.taught]);
    return { runId, before, last, ...(stage ? { stage } : {}) };
  }

  /** Goes on where a checkpoint was taken. Teachers are restored first. @throws StateMismatch */
  restore({ before, last, stage }: RunCheckpoint): void {
    if (stage) this.studentRunner().restore(stage, [this.teacher?.taught]);
    this.before = before;
    this.last = last;
  }

  dispose(): void {
    this.runner?.dispose();
    for (const owned of this.owned) owned.dispose();
  }

  private get arm() {
    return this.context.experiment.arms[this.planned.arm] as Experiment["arms"][number];
  }

  private continued(row: MetricRow): MetricRow {
    return { ...row, wallMs: this.before.wallMs + row.wallMs, macs: this.before.macs + row.macs };
  }

  private studentRunner(): StageRunner {
    if (this.runner) return this.runner;
    const { context, planned, arm } = this;
    const plan = planned.stages.at(-1) as PlannedStage;
    const own = <T extends { dispose(): void }>(made: T) => this.own(made);
    const task = createTask(context, arm, planned.seed, this.teacher?.taught, own);
    this.runner = runnerFor(context, arm, planned.seed, plan, task);
    return this.runner;
  }

  private own<T extends { dispose(): void }>(owned: T): T {
    this.owned.push(owned);
    return owned;
  }
}
