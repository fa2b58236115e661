import type { Experiment } from "../../protocol/experiment";
import type {
  Activity,
  Diagnosis,
  FinalEvaluation,
  Floors,
  InspectedMoment,
  Look,
  PlannedRun,
  RunId,
  StepMeasurement,
} from "../../protocol/messages";
import type { MetricRow } from "../../protocol/metrics";
import type { Dataset } from "../dataset/dataset";
import { type PartlyLabelled, withholdLabels } from "../dataset/unlabelled";
import { trainingBackend } from "../kernels/backend";
import type { NamedNumbers } from "../networks/parameters";
import { restoreCheckpoint, type TrainingCheckpoint, TrainingEnded, takeCheckpoint } from "./checkpoint";
import { diagnosisOf } from "./diagnosis";
import { HeldNetworks } from "./held-networks";
import { openContext } from "./open-context";
import { planRuns } from "./plan-runs";
import { type NetworkWeights, Run } from "./run";
import type { RunContext } from "./run-context";
import { Divergence, type RunnerEvents } from "./stage-runner";
import { TeacherPool } from "./teacher-pool";
import { UntrainedStudents } from "./untrained-students";

/** What a trainer tells. Called between steps, never within one. */
export interface TrainerEvents {
  activity(activity: Activity): void;
  rows(runId: RunId, rows: readonly MetricRow[]): void;
  floors(runId: RunId, floors: Floors): void;
  finished(runId: RunId, final: FinalEvaluation): void;
  /** What a run's networks have learned; they are gone when it has finished. */
  trained?(runId: RunId, networks: readonly NetworkWeights[]): Promise<void>;
  failed(runId: RunId, error: unknown): void;
  /** All first steps are compiled. True: other kernels were chosen for them, and are to be compiled as well. */
  compiled?(): Promise<boolean>;
}

/** Of which run's networks, at which training image; another roll shows other views of it. */
export interface LookAsked {
  readonly runId: RunId;
  readonly index: number;
  readonly roll: number;
}

export interface RunWeights {
  readonly runId: RunId;
  readonly networks: readonly NetworkWeights[];
}

/** Between two turns. */
interface Moment {
  readonly active: () => readonly Run[];
  readonly checkpoint: () => Promise<TrainingCheckpoint>;
}

/** A macrotask: messages get their turn. */
const breath = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/**
 * Trains all arms of an experiment with all its seeds, in turns, always the run that is least far, so that curves grow
 * together. What a run computes does not depend on when its turns are. Owns everything on the GPU; `train` releases
 * it when it returns.
 */
export class Trainer {
  readonly runs: readonly PlannedRun[];
  private readonly parted: PartlyLabelled;
  private state: "running" | "paused" | "stopped" = "running";
  private singleSteps = 0;
  private readonly device = trainingBackend()?.device;
  private asked: ((diagnosis: Promise<Diagnosis>) => void)[] = [];
  private all: readonly Run[] = [];
  /** What is to be read between two turns; without a moment training has ended. */
  private readonly awaited: ((moment: Promise<Moment>) => Promise<void>)[] = [];
  private moment: Moment | undefined;
  private wake: (() => void) | undefined;
  private readonly held = new HeldNetworks();

  constructor(
    private readonly experiment: Experiment,
    private readonly dataset: Dataset,
    private readonly events: TrainerEvents,
    /** Loads the numbers of a file of weights by its hash. */
    private readonly findWeights?: (hash: string) => Promise<readonly NamedNumbers[] | undefined>,
    /** Whether they can be looked at after `train` has returned, until `release`. */
    private readonly holdsNetworks = false,
  ) {
    this.parted = withholdLabels(
      dataset.train,
      dataset.classNames.length,
      experiment.dataset.unlabelled,
      experiment.dataset.seed,
    );
    this.runs = planRuns(experiment, this.parted.labelled.count);
  }

  pause(): void {
    if (this.state === "running") this.state = "paused";
  }

  resume(): void {
    if (this.state === "paused") this.state = "running";
    this.wake?.();
  }

  /** One more step of every run, then pause again. */
  step(): void {
    this.singleSteps++;
    this.wake?.();
  }

  /** Measures the next step of the run whose turn it is, also while paused. Rejects when training ends before. */
  diagnose(): Promise<Diagnosis> {
    if (this.state === "stopped") return Promise.reject(new TrainingEnded());
    return new Promise((resolve) => {
      this.asked.push(resolve);
      this.wake?.();
    });
  }

  /** All that training depends on, taken between two turns, also while paused. Rejects when training ends before. */
  snapshot(): Promise<TrainingCheckpoint> {
    return this.between(({ checkpoint }) => checkpoint());
  }

  /** What the runs under way have learned so far, also while paused. Rejects when training ends before. */
  weights(): Promise<readonly RunWeights[]> {
    return this.between(async ({ active }) => {
      const begun = active().filter(({ hasBegun }) => hasBegun);
      return Promise.all(begun.map(async (run) => ({ runId: run.runId, networks: await run.weights() })));
    });
  }

  private between<T>(read: (moment: Moment) => Promise<T>): Promise<T> {
    if (this.state === "stopped") return Promise.reject(new TrainingEnded());
    return new Promise((resolve) => {
      this.awaited.push(async (moment) => {
        const taken = moment.then(read);
        resolve(taken);
        // The next step waits: what is read is to be of one moment.
        await taken.catch(() => undefined);
      });
      this.wake?.();
    });
  }

  /** What a run's networks make of an image, between two turns, also while paused. Rejects when they are gone before. */
  look(asked: LookAsked): Promise<Look> {
    return this.peek(() => this.runOf(asked.runId).look(asked));
  }

  /** What a run's encoders make of held-out images, between two turns, as {@link look}. */
  inspect(runId: RunId): Promise<InspectedMoment> {
    return this.peek(() => this.runOf(runId).inspect());
  }

  /** Gives up what `train` left on the GPU, once nobody looks at it. */
  release(): Promise<void> {
    return this.held.release();
  }

  /** Between two turns, or when there are none any more. */
  private peek<T>(read: () => Promise<T>): Promise<T> {
    return this.held.isHolding ? this.held.look(read) : this.between(async () => read());
  }

  /** @throws RangeError where there is none */
  private runOf(wanted: RunId): Run {
    const run = this.all.find(({ runId }) => runId === wanted);
    if (!run) throw new RangeError(`There is no run ${wanted}.`);
    return run;
  }

  stop(): void {
    this.state = "stopped";
    this.wake?.();
  }

  /**
   * Resolves when every run has finished or failed, or after `stop`.
   *
   * @param from a checkpoint of the same experiment on the same images: its curves go on as if nothing had happened
   * @throws StateMismatch when it is of another one
   */
  async train(from?: TrainingCheckpoint): Promise<{ readonly stopped: boolean }> {
    const opened = await openContext(this.experiment, this.dataset, this.parted);
    const context: RunContext = { ...opened.context, files: await this.loadFiles() };
    const teachers = new TeacherPool(context);
    const untrained = new UntrainedStudents();
    const release = [() => untrained.dispose()];
    const releaseAll = () => {
      for (const dispose of release) dispose();
      teachers.dispose();
      opened.dispose();
    };
    let isWhole = true;
    try {
      const planned = this.runs.filter(({ runId }) => !from?.ended.includes(runId));
      const all = planned.map((run) => new Run(context, run, teachers));
      this.all = all;
      let active = [...all];
      for (const run of all) release.push(() => run.dispose());
      let isMeasuredInFull = from?.isMeasured ?? false;
      await this.compile(active);
      if (!isMeasuredInFull) await this.measureFloors(active, (run) => untrained.measure(run));
      if (from) await restoreCheckpoint(from, { active, teachers });
      this.moment = {
        active: () => active,
        checkpoint: () => {
          const running = new Set(active.map(({ runId }) => runId));
          const ended = this.runs.map(({ runId }) => runId).filter((runId) => !running.has(runId));
          return takeCheckpoint({ active, teachers, ended, isMeasured: isMeasuredInFull });
        },
      };
      while (active.length > 0) {
        if (!(await this.mayGoOn(active, teachers))) return { stopped: true };
        const run = leastFar(active);
        if (!run) throw new Error("Every run waits for another.");
        const ask = this.asked.shift();
        active = ask
          ? await this.takeMeasuredTurn(run, active, teachers, ask)
          : await this.takeTurn(run, active, teachers);
        // Once every run that can has begun: keeps nobody waiting for a first curve.
        if (!isMeasuredInFull && active.every(({ isWaiting, progress }) => isWaiting || progress > 0)) {
          isMeasuredInFull = true;
          await this.measureFloors(all, (one) => untrained.measureInFull(one));
        }
        await breath();
      }
      return { stopped: false };
    } catch (error) {
      isWhole = false;
      await this.newsOfDevice();
      throw error;
    } finally {
      this.state = "stopped";
      const over = () => Promise.reject(new TrainingEnded());
      for (const ask of this.asked) ask(over());
      for (const answer of this.awaited.splice(0)) void answer(over());
      if (this.holdsNetworks && isWhole) this.held.hold(releaseAll);
      else releaseAll();
      this.events.activity({ kind: "idle" });
    }
  }

  /** With the GPU taken away everything fails, and may fail before that is told: which is to be told first. */
  private async newsOfDevice(): Promise<void> {
    const patience = new Promise((resolve) => setTimeout(resolve, 1_000));
    await Promise.race([this.device?.lost, patience]);
  }

  private async answerReaders(): Promise<void> {
    for (const answer of this.awaited.splice(0)) {
      await answer(
        this.moment ? Promise.resolve(this.moment) : Promise.reject(new Error("Training has not begun.")),
      );
    }
  }

  /** Waits while paused. False after `stop`. */
  private async mayGoOn(active: readonly Run[], teachers: TeacherPool): Promise<boolean> {
    await this.answerReaders();
    while (this.state === "paused") {
      await this.answerReaders();
      if (this.asked.length > 0) return true;
      if (this.singleSteps > 0) {
        this.singleSteps--;
        for (const run of active) if (!run.isWaiting) await this.takeTurn(run, active, teachers, 1);
        continue;
      }
      this.events.activity({ kind: "paused" });
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      this.wake = undefined;
    }
    this.singleSteps = 0;
    return this.state !== "stopped";
  }

  /** Trains one run for a moment. Returns the runs that still go on. */
  private async takeTurn(
    run: Run,
    active: readonly Run[],
    teachers: TeacherPool,
    limit?: number,
    measured?: RunnerEvents["measured"],
  ): Promise<Run[]> {
    const { runId } = run;
    try {
      const { stage } = run;
      const { rows, runIds } = await run.turn(
        {
          evaluating: () => this.events.activity({ kind: "evaluating", runId }),
          training: (first) => this.events.activity({ kind: first ? "compiling" : "training", runId, stage }),
          ...(measured ? { measured } : {}),
        },
        limit,
      );
      for (const id of runIds) {
        const waiting = active.find((other) => other.runId === id);
        if (waiting) this.events.rows(id, waiting.continued(rows));
      }
      if (!run.isDone) return [...active];
      this.events.activity({ kind: "evaluating", runId });
      const final = await run.final();
      await this.events.trained?.(runId, await run.weights());
      this.events.finished(runId, final);
      return active.filter((other) => other !== run);
    } catch (error) {
      if (!(error instanceof Divergence)) await this.newsOfDevice();
      if (this.state === "stopped") return [...active];
      // A broken teacher breaks every run that waits for it, each in its own turn.
      teachers.leave(runId);
      this.events.failed(runId, error);
      return active.filter((other) => other !== run);
    }
  }

  private async takeMeasuredTurn(
    run: Run,
    active: readonly Run[],
    teachers: TeacherPool,
    answer: (diagnosis: Promise<Diagnosis>) => void,
  ): Promise<Run[]> {
    let measurement: StepMeasurement | undefined;
    const left = await this.takeTurn(run, active, teachers, 1, (taken) => {
      measurement = taken;
    });
    const diagnosis = measurement
      ? diagnosisOf(run.runId, measurement)
      : Promise.reject(new Error("The step could not be taken."));
    answer(diagnosis);
    // The next step waits: the device is being measured.
    await diagnosis.catch(() => undefined);
    return left;
  }

  /** Before the first evaluation, which would compile its share one by one. Seeds of an arm share their kernels. */
  private async compile(runs: readonly Run[]): Promise<void> {
    const arms = new Map(runs.toReversed().map((run) => [run.planned.arm, run] as const));
    for (const run of arms.values()) {
      if (this.state === "stopped") return;
      const { runId, stage } = run;
      const compiling = { kind: "compiling", runId, stage } as const;
      this.events.activity(compiling);
      await run.prepare((done, total) => this.events.activity({ ...compiling, done, total }));
      await breath();
    }
    if (!(await this.events.compiled?.())) return;
    for (const run of arms.values()) await run.prepare();
  }

  private async measureFloors(runs: readonly Run[], measure: (run: Run) => Promise<Floors>): Promise<void> {
    for (const run of runs) {
      if (this.state === "stopped") return;
      this.events.activity({ kind: "evaluating", runId: run.runId });
      this.events.floors(run.runId, await measure(run));
      await breath();
    }
  }

  /** Weights that arms start from, by the hash of their file. What is missing is told when a network asks for it. */
  private async loadFiles(): Promise<ReadonlyMap<string, readonly NamedNumbers[]>> {
    const hashes = this.experiment.arms.flatMap(({ start: { from, file, teacherFile } }) =>
      [from === "file" ? file : undefined, teacherFile].filter((hash) => hash !== undefined),
    );
    const found = new Map<string, readonly NamedNumbers[]>();
    for (const hash of new Set(hashes)) {
      const tensors = await this.findWeights?.(hash);
      if (tensors) found.set(hash, tensors);
    }
    return found;
  }
}

/** Of the runs that do not wait for another's teacher. */
function leastFar(runs: readonly Run[]): Run | undefined {
  return runs
    .filter((run) => !run.isWaiting)
    .reduce<Run | undefined>(
      (least, run) => (least && least.progress <= run.progress ? least : run),
      undefined,
    );
}
