import type { Diagnosis } from "../../protocol/device/diagnosis";
import type { Experiment } from "../../protocol/experiment";
import type { Floors, InspectedMoment, Look, PlannedRun, RunId } from "../../protocol/messages";
import type { Tried, TriedImage } from "../../protocol/tried";
import { trainingBackend } from "../backend/backend";
import type { Dataset } from "../dataset/dataset";
import { type PartlyLabeled, withholdLabels } from "../dataset/unlabeled";
import { BetweenTurns } from "./between-turns";
import { HeldNetworks } from "./held-networks";
import { openStored, type Stored } from "./open-context";
import { planRuns } from "./planning/plan-runs";
import { Run } from "./run";
import {
  restoreCheckpoint,
  type TrainingCheckpoint,
  TrainingEnded,
  takeCheckpoint,
} from "./stages/checkpoint";
import { TeacherPool } from "./teachers/teacher-pool";
import type { LookRequest, RunWeights, TrainerEvents } from "./trainer-events";
import { imageToTry, tryImage } from "./try-image";
import { deviceLoss, Turns } from "./turns";
import { UntrainedStudents } from "./untrained-students";

/** The state of training between two turns. */
interface Moment {
  readonly active: () => readonly Run[];
  readonly checkpoint: () => Promise<TrainingCheckpoint>;
}

/** Waits for a macrotask, so that messages are handled. */
const yieldToMessages = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/**
 * Trains all arms of an experiment with all its seeds, in turns. The next turn always goes to the run that is
 * furthest behind, so that curves grow together. A run's results do not depend on the order of turns. The trainer
 * owns everything on the GPU, and `train` releases it before it returns.
 */
export class Trainer {
  readonly runs: readonly PlannedRun[];
  private readonly parted: PartlyLabeled;
  private state: "running" | "paused" | "stopped" = "running";
  private singleSteps = 0;
  private readonly device = trainingBackend()?.device;
  private diagnosisRequests: ((diagnosis: Promise<Diagnosis>) => void)[] = [];
  private all: readonly Run[] = [];
  private readonly readers = new BetweenTurns<Moment>();
  private moment: Moment | undefined;
  private wake: (() => void) | undefined;
  private readonly held = new HeldNetworks();

  constructor(
    private readonly experiment: Experiment,
    private readonly dataset: Dataset,
    private readonly events: TrainerEvents,
    private readonly stored: Stored = {},
    /** Whether networks are kept after `train` has returned, until `release`. */
    private readonly holdsNetworks = false,
  ) {
    this.parted = withholdLabels(
      dataset.train,
      dataset.classNames.length,
      experiment.dataset.unlabelled,
      experiment.dataset.seed,
    );
    this.runs = planRuns(experiment, this.parted.labeled.count);
  }

  get isPaused(): boolean {
    return this.state === "paused";
  }

  pause(): void {
    if (this.state === "running") this.state = "paused";
  }

  resume(): void {
    if (this.state === "paused") this.state = "running";
    this.wake?.();
  }

  /** Takes one step of every run, then pauses again. */
  step(): void {
    this.singleSteps++;
    this.wake?.();
  }

  /** Measures the next step of the next run, also while paused. Rejects if training ends first. */
  diagnose(): Promise<Diagnosis> {
    if (this.state === "stopped") return Promise.reject(new TrainingEnded());
    return new Promise((resolve) => {
      this.diagnosisRequests.push(resolve);
      this.wake?.();
    });
  }

  /** Takes a checkpoint between two turns, also while paused. Rejects if training ends first. */
  snapshot(): Promise<TrainingCheckpoint> {
    return this.betweenTurns(({ checkpoint }) => checkpoint());
  }

  /** Reads the networks of the running runs, also while paused. Rejects if training ends first. */
  weights(): Promise<readonly RunWeights[]> {
    return this.betweenTurns(async ({ active }) => {
      const begun = active().filter(({ hasBegun }) => hasBegun);
      return Promise.all(begun.map(async (run) => ({ runId: run.runId, networks: await run.weights() })));
    });
  }

  private betweenTurns<T>(read: (moment: Moment) => Promise<T>): Promise<T> {
    if (this.state === "stopped") return Promise.reject(new TrainingEnded());
    const answer = this.readers.read(read);
    this.wake?.();
    return answer;
  }

  /** Shows an image to a run's networks between two turns, also while paused. Rejects if they are released first. */
  look(asked: LookRequest): Promise<Look> {
    return this.readNetworks(() => this.runOf(asked.runId).look(asked));
  }

  /** Inspects a run's encoders on held-out images between two turns, like {@link look}. */
  inspect(runId: RunId): Promise<InspectedMoment> {
    return this.readNetworks(() => this.runOf(runId).inspect());
  }

  /** Asks a run's networks about an image, like {@link look}. @throws Rejection if its file cannot be read */
  async tryImage({ runId, image }: TriedImage): Promise<Tried> {
    const set = await imageToTry(image, this.dataset, this.experiment.dataset.resolution);
    const tried = await this.readNetworks(() => tryImage(this.runOf(runId), set));
    return image instanceof Blob ? tried : { ...tried, label: set.labels[0] as number };
  }

  /** Releases the networks that `train` left on the GPU, after pending reads. */
  release(): Promise<void> {
    return this.held.release();
  }

  /** Reads networks between two turns, or held ones after training. */
  private readNetworks<T>(read: () => Promise<T>): Promise<T> {
    return this.held.isHolding ? this.held.look(read) : this.betweenTurns(async () => read());
  }

  /** @throws RangeError if there is no such run */
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
   * Trains. Resolves when every run has finished or failed, or after `stop`.
   *
   * @param from a checkpoint of the same experiment on the same images; the curves equal those of an uninterrupted
   *   training
   * @throws StateMismatch if it is of another experiment
   */
  async train(from?: TrainingCheckpoint): Promise<{ readonly stopped: boolean }> {
    const opened = await openStored(this.experiment, this.dataset, this.parted, this.stored, {
      fitting: () => {
        const [first] = this.runs;
        if (first) this.events.activity({ kind: "evaluating", runId: first.runId });
      },
      notKept: (why) => this.events.answersNotKept?.(why),
    });
    const { context } = opened;
    const teachers = new TeacherPool(context);
    const turns = new Turns(this.events, teachers, () => this.state === "stopped", this.device);
    const untrained = new UntrainedStudents();
    const release = [() => untrained.dispose()];
    const releaseAll = () => {
      turns.dispose();
      for (const dispose of release) dispose();
      teachers.dispose();
      opened.dispose();
    };
    let isWhole = true;
    try {
      const planned = this.runs.filter(({ runId }) => !from?.ended.includes(runId));
      const all = planned.map((run) => new Run(context, run, teachers));
      this.all = all;
      let active: readonly Run[] = all;
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
        if (!(await this.waitWhilePaused(active, turns))) return { stopped: true };
        const run = furthestBehind(active);
        if (!run) throw new Error("All runs are waiting for each other.");
        const ask = this.diagnosisRequests.shift();
        active = ask ? await turns.takeMeasured(run, active, ask) : await turns.takeWithSharers(run, active);
        // Only after every run that can start has started, so that no curve has to wait.
        if (!isMeasuredInFull && active.every(({ isWaiting, progress }) => isWaiting || progress > 0)) {
          isMeasuredInFull = true;
          await this.measureFloors(all, (one) => untrained.measureInFull(one));
        }
        await yieldToMessages();
      }
      return { stopped: false };
    } catch (error) {
      isWhole = false;
      await deviceLoss(this.device);
      throw error;
    } finally {
      this.state = "stopped";
      const over = () => Promise.reject(new TrainingEnded());
      for (const ask of this.diagnosisRequests) ask(over());
      this.readers.end();
      if (this.holdsNetworks && isWhole) this.held.hold(releaseAll);
      else releaseAll();
      this.events.activity({ kind: "idle" });
    }
  }

  /** Waits while paused. Resolves to whether training continues: false after `stop`. */
  private async waitWhilePaused(active: readonly Run[], turns: Turns): Promise<boolean> {
    await this.readers.answer(this.moment);
    while (this.state === "paused") {
      await this.readers.answer(this.moment);
      if (this.diagnosisRequests.length > 0) return true;
      if (this.singleSteps > 0) {
        this.singleSteps--;
        for (const run of active) if (!run.isWaiting) await turns.take(run, active, 1);
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

  /**
   * Compiles programs in parallel, before the first evaluation would compile some one by one. Seeds of an arm share
   * their kernels.
   */
  private async compile(runs: readonly Run[]): Promise<void> {
    const arms = new Map(runs.toReversed().map((run) => [run.planned.arm, run] as const));
    for (const run of arms.values()) {
      if (this.state === "stopped") return;
      const { runId, stage } = run;
      const compiling = { kind: "compiling", runId, stage } as const;
      this.events.activity(compiling);
      await run.prepare((done, total) => this.events.activity({ ...compiling, done, total }));
      await yieldToMessages();
    }
    if (!(await this.events.compiled?.())) return;
    for (const run of arms.values()) await run.prepare();
  }

  private async measureFloors(runs: readonly Run[], measure: (run: Run) => Promise<Floors>): Promise<void> {
    for (const run of runs) {
      if (this.state === "stopped") return;
      this.events.activity({ kind: "evaluating", runId: run.runId });
      this.events.floors(run.runId, await measure(run));
      await yieldToMessages();
    }
  }
}

/** The run with the least progress among those that are not waiting. */
function furthestBehind(runs: readonly Run[]): Run | undefined {
  return runs
    .filter((run) => !run.isWaiting)
    .reduce<Run | undefined>(
      (least, run) => (least && least.progress <= run.progress ? least : run),
      undefined,
    );
}
