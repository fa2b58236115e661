import type { KernelTime, StepMeasurement } from "../../../protocol/device/diagnosis";
import type { EvaluationSettings } from "../../../protocol/experiment";
import type { PlannedStage } from "../../../protocol/messages";
import type { MetricName, MetricRow } from "../../../protocol/metrics/metrics";
import { type CompilingProgress, trainingBackend } from "../../backend/backend";
import { agreementOf, type Evaluator, type LiveEvaluation } from "../../evaluation/evaluator";
import type { EvaluatedNetwork, Task, TaskMemory } from "../tasks/parts/task";
import { type BestCheckpoint, BestMoment } from "./best-moment";
import { ledgerCapacity, type Stage, type StepReport } from "./stage";
import { readState, type StateTensor, writeState } from "./state-tensors";

/** A loss is not finite. */
export class Divergence extends Error {
  constructor(
    readonly step: number,
    readonly network: "student" | "teacher",
  ) {
    super(`The ${network}'s loss is not a number at step ${step}.`);
    this.name = "Divergence";
  }
}

/** How long a turn of training should take: short enough that curves grow together, long enough to keep a GPU busy. */
export const turnMs = 250;
/** Curves of long stages are thinned to about this many rows; evaluations are always kept. */
const rowsPerStage = 4_000;

export interface RunnerEvents {
  evaluating(): void;
  training(firstStep: boolean): void;
  /** If given, the turn is a single step, timed kernel by kernel. */
  measured?(measurement: StepMeasurement): void;
}

/** Steps of one turn. */
export interface TakenSteps {
  readonly steps: number;
  /** Its share of the machine's milliseconds, and those that JavaScript took of them. */
  readonly took: number;
  readonly encoded: number;
}

export interface StageRunnerOptions {
  readonly plan: PlannedStage;
  readonly batchSize: number;
  readonly stage: Stage;
  readonly task: Task;
  readonly evaluator: Evaluator;
  readonly evaluation: EvaluationSettings;
  /** Measures a model that teaches, which never changes. */
  readonly ofModel?: () => Promise<LiveEvaluation>;
}

/** The state of a stage between two turns: everything that its next step and its curve depend on. */
export interface StageCheckpoint {
  /** Updates so far. */
  readonly step: number;
  readonly trainedMs: number;
  readonly begun: boolean;
  readonly teacherPredictions?: readonly number[];
  /** The student at its best evaluation so far, where that is kept. */
  readonly best?: BestCheckpoint;
  /** The task's state besides tensors. */
  readonly memory?: TaskMemory;
  readonly tensors: readonly StateTensor[];
}

/** Trains one stage in turns, with evaluations in between. */
export class StageRunner {
  /** Milliseconds of training so far, without pauses and evaluations. */
  private trainedMs = 0;
  private stepMs: number | undefined;
  private jsMs = 0;
  private begun = false;
  /** The student at its best evaluation on validation images, after the first step. */
  readonly best = new BestMoment();
  /**
   * The teacher's predictions for the queried images, from the last evaluation or from the stage that trained the
   * teacher.
   */
  teacherPredictions: readonly number[] | undefined;

  constructor(readonly options: StageRunnerOptions) {}

  get isDone(): boolean {
    return this.options.stage.isDone && this.begun;
  }

  /** Updates so far. */
  get step(): number {
    return this.options.stage.step;
  }

  /** Milliseconds of training so far. */
  get elapsedMs(): number {
    return this.trainedMs;
  }

  prepare(onProgress?: CompilingProgress): Promise<void> {
    return this.options.stage.prepare(onProgress);
  }

  /** Trains some steps, at most `limit`, and evaluates if an evaluation is due. @throws Divergence */
  async turn(events: RunnerEvents, limit = Number.POSITIVE_INFINITY): Promise<MetricRow[]> {
    const { stage } = this.options;
    const before = await this.begin(events);
    if (stage.isDone) return before;
    const steps = events.measured ? 1 : Math.min(this.affordable(), limit);
    const start = performance.now();
    const kernels = events.measured && (await stage.advanceTimed());
    if (!events.measured) await stage.advanceBy(steps);
    const encoded = performance.now() - start;
    const reports = await stage.report();
    const took = performance.now() - start;
    events.measured?.(this.measurement(kernels));
    return [...before, ...(await this.end(events, reports, { steps, took, encoded }))];
  }

  /** Evaluates before the first step, and compiles the next one. Returns the rows of that. */
  async begin(events: RunnerEvents): Promise<MetricRow[]> {
    const { stage } = this.options;
    const rows: MetricRow[] = [];
    if (!this.begun) {
      events.evaluating();
      rows.push(this.row(stage.step, await this.evaluate()));
      this.begun = true;
    }
    if (stage.isDone) return rows;
    // Only on WebGPU are programs compiled and steps recorded.
    events.training(trainingBackend() !== undefined && stage.dispatches === undefined);
    await stage.prepare();
    return rows;
  }

  /** The step of the next evaluation. */
  private get due(): number {
    const { stage, plan, evaluation } = this.options;
    const { everySteps } = evaluation;
    return Math.min(plan.steps, stage.step + everySteps - (stage.step % everySteps));
  }

  /**
   * The steps that fit into a turn, at least one and none after the next evaluation.
   * @param sharing the stages that take them side by side
   */
  affordable(sharing = 1): number {
    const inTurn = this.stepMs === undefined ? 1 : Math.max(1, Math.floor(turnMs / (sharing * this.stepMs)));
    return Math.min(this.untilEvaluation, inTurn);
  }

  /** Steps that can be taken before an evaluation is due, or reports have to be read. */
  get untilEvaluation(): number {
    return Math.min(this.due - this.options.stage.step, ledgerCapacity);
  }

  /** The machine's time for a step, as it was last; undefined before the second one. */
  get msPerStep(): number | undefined {
    return this.stepMs;
  }

  /** Notes steps that were taken, and evaluates if an evaluation is due. @throws Divergence */
  async end(
    events: RunnerEvents,
    reports: readonly StepReport[],
    { steps, took, encoded }: TakenSteps,
  ): Promise<MetricRow[]> {
    const { stage, plan, evaluation } = this.options;
    const rows: MetricRow[] = [];
    this.trainedMs += took;
    // The first step includes compilation, so its time does not predict the next ones.
    if (!events.measured) {
      if (this.stepMs !== undefined || steps > 1) {
        this.stepMs = took / steps;
        this.jsMs = encoded / steps;
      } else this.stepMs = took / 4;
    }
    refuseDivergence(reports);
    const throughput = { imagesPerSecond: (1_000 * steps * this.options.batchSize) / took, ...memory() };
    const stride = Math.ceil(plan.steps / rowsPerStage);
    const isDue = stage.isDone || stage.step % evaluation.everySteps === 0;
    // Which rows are kept must not depend on how many steps fit into a turn: that is the clock's.
    const kept = reports.filter(({ step }) => step % stride === 0 || (isDue && step === stage.step));
    for (const [at, { step, values }] of kept.entries()) {
      const isLast = at === kept.length - 1;
      rows.push(this.row(step, isLast ? { ...values, ...throughput } : values));
    }
    if (stage.isDone) await stage.close();
    if (isDue) {
      events.evaluating();
      const evaluated = await this.evaluate();
      const last = rows.pop();
      rows.push(this.row(stage.step, { ...last?.values, ...evaluated }));
    }
    return rows;
  }

  /**
   * Takes a checkpoint.
   * @param outside networks that the task refers to but that belong to another stage's checkpoint
   */
  async snapshot(outside: readonly unknown[] = []): Promise<StageCheckpoint> {
    const { stage, task } = this.options;
    const memory = task.remember?.();
    const best = await this.best.snapshot();
    return {
      step: stage.step,
      trainedMs: this.trainedMs,
      begun: this.begun,
      ...(this.teacherPredictions ? { teacherPredictions: [...this.teacherPredictions] } : {}),
      ...(memory ? { memory } : {}),
      ...(best ? { best } : {}),
      tensors: await readState([task], outside),
    };
  }

  /** Restores a checkpoint. @throws StateMismatch if it was taken of something else */
  restore(checkpoint: StageCheckpoint, outside: readonly unknown[] = []): void {
    const { stage, task } = this.options;
    writeState(checkpoint.tensors, [task], outside);
    if (checkpoint.memory) task.recall?.(checkpoint.memory);
    stage.resumeAt(checkpoint.step);
    this.trainedMs = checkpoint.trainedMs;
    this.begun = checkpoint.begun;
    this.teacherPredictions = checkpoint.teacherPredictions;
    if (checkpoint.best && task.student) this.best.restore(checkpoint.best, task.student);
  }

  dispose(): void {
    this.best.dispose();
    this.options.stage.dispose();
    this.options.task.dispose();
  }

  private measurement(kernels: readonly KernelTime[] | undefined): StepMeasurement {
    const { stage, plan } = this.options;
    return {
      stage: plan.stage,
      macsPerStep: plan.macsPerStep,
      ...stage.steps,
      jsMsPerStep: this.jsMs,
      ...(this.stepMs === undefined ? {} : { msPerStep: this.stepMs }),
      ...(stage.dispatches === undefined ? {} : { dispatches: stage.dispatches }),
      ...(kernels ? { kernels } : {}),
    };
  }

  private row(step: number, values: MetricRow["values"]): MetricRow {
    const { plan } = this.options;
    return {
      stage: plan.stage,
      step,
      epoch: step / plan.stepsPerEpoch,
      wallMs: this.trainedMs,
      macs: step * plan.macsPerStep,
      values,
    };
  }

  /** Only where evaluations are on validation images, so that the choice does not use test images. */
  private keepIfBest({ top1, knnTop1 }: LiveEvaluation): void {
    const { task, stage, plan, evaluation } = this.options;
    if (evaluation.part !== "validation" || plan.stage === "pretraining") return;
    if (task.student && stage.step > 0) this.best.offer(task.student, stage.step, top1 ?? knnTop1);
  }

  private async evaluate(): Promise<Partial<Record<MetricName, number>>> {
    const { task, evaluator, ofModel } = this.options;
    const live = ({ backbone, probe, classifier }: EvaluatedNetwork) =>
      evaluator.live(backbone, probe, classifier);
    const teacher = task.teacher ? await live(task.teacher) : await ofModel?.();
    if (teacher) this.teacherPredictions = teacher.predictions;
    const student = task.student && (await live(task.student));
    const known = this.teacherPredictions;
    const own = await task.evaluate?.(evaluator, this.options.stage.step);
    if (student) this.keepIfBest(student);
    return {
      ...own,
      ...(student ? studentMetrics(student) : {}),
      ...(teacher ? teacherMetrics(teacher) : {}),
      ...(student && known ? { agreement: agreementOf(student.predictions, known) } : {}),
    };
  }
}

function studentMetrics(evaluated: LiveEvaluation) {
  const { knnTop1, knnBalanced, probeTop1, probeTop5, probeBalanced, top1, spread } = evaluated;
  return {
    knnTop1,
    spread,
    ...definedOnly({ knnBalanced, probeTop1, probeBalanced, probeTop5, top1 }),
  };
}

function teacherMetrics({ knnTop1, probeTop1, top1, spread }: LiveEvaluation) {
  return {
    teacherKnnTop1: knnTop1,
    teacherSpread: spread,
    ...definedOnly({ teacherProbeTop1: probeTop1, teacherTop1: top1 }),
  };
}

function definedOnly(
  values: Partial<Record<MetricName, number | undefined>>,
): Partial<Record<MetricName, number>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function memory(): Partial<Record<MetricName, number>> {
  const backend = trainingBackend();
  return backend ? { gpuBytes: backend.allocatedBytes } : {};
}

function refuseDivergence(reports: readonly StepReport[]): void {
  for (const { step, values } of reports) {
    for (const [name, network] of [
      ["teacherLoss", "teacher"],
      ["studentLoss", "student"],
    ] as const) {
      const loss = values[name];
      if (loss !== undefined && !Number.isFinite(loss)) throw new Divergence(step, network);
    }
  }
}
