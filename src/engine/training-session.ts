import type { Experiment } from "../protocol/experiment";
import type {
  Activity,
  BackendName,
  Diagnosis,
  EngineEvent,
  InspectedMoment,
  Look,
  PlannedRun,
  RunId,
} from "../protocol/messages";
import { CheckpointKeeper, type Interrupted } from "./durability/checkpoint-keeper";
import { findImported } from "./durability/imported-weights";
import type { ToldEvent } from "./durability/sent-to-page";
import {
  asFiles,
  forgetWeights,
  type KeptWeights,
  keepWeights,
  type TrainedOn,
} from "./durability/weights-vault";
import { trainedOn } from "./exported-weights";
import { diverged, failureOf, notSaved } from "./failures";
import type { KernelTuner } from "./kernel-tuning";
import type { LoadedDataset } from "./loaded-dataset";
import { MetricOutbox } from "./metric-outbox";
import { fitting } from "./require-dataset";
import { TrainingEnded } from "./training/checkpoint";
import { Divergence } from "./training/stage-runner";
import { type LookAsked, Trainer, type TrainerEvents } from "./training/trainer";

/** One experiment in training, and what the page hears of it. */
export class TrainingSession {
  /** When the last run has ended or `stop` took effect; never rejects. */
  readonly ended: Promise<void>;
  private readonly trainer: Trainer;
  private readonly outbox: MetricOutbox;
  private readonly keeper: CheckpointKeeper;
  private readonly trainedOn: TrainedOn;
  private isOver = false;
  private isAbandoned = false;

  /** @throws EngineFailure when the images are not those of the experiment, or too few */
  constructor(
    experiment: Experiment,
    loaded: LoadedDataset | undefined,
    backend: BackendName,
    private readonly tell: (event: EngineEvent) => void,
    /** What it goes on with. */
    private readonly interrupted?: Interrupted,
    /** Chooses kernels before the first step; without it those that are preferred are used. */
    private readonly tuner?: KernelTuner,
  ) {
    const { dataset } = fitting(experiment, loaded);
    this.trainedOn = trainedOn(experiment, dataset);
    const send = (event: EngineEvent) => this.send(event);
    this.outbox = new MetricOutbox((batch) => send({ type: "metrics", batch }));
    const told = new Announcer(send);
    const unsaved = (error: unknown) =>
      send({ type: "not-saved", failure: notSaved(error instanceof Error ? error.message : String(error)) });
    const events: TrainerEvents = {
      activity: (activity) => told.activity(activity),
      rows: (runId, rows) => {
        this.keeper.noteRows(runId, rows);
        this.outbox.add(runId, rows);
      },
      trained: (runId, networks) => keepWeights(asFiles(runId, networks, this.trainedOn)).catch(unsaved),
      ...(tuner && { compiled: () => tuner.tune() }),
      floors: (runId, floors) => this.conclude({ type: "floors", runId, floors }),
      finished: (runId, final) => this.conclude({ type: "run-finished", runId, final }),
      failed: (runId, error) => {
        const failure =
          error instanceof Divergence ? diverged(runId, error.step, error.network) : failureOf(error);
        this.conclude({ type: "run-failed", runId, failure });
      },
    };
    this.trainer = new Trainer(experiment, dataset, events, (hash) => findImported(hash), true);
    this.keeper = new CheckpointKeeper({
      experiment,
      datasetHash: dataset.hash,
      backend,
      snapshot: () => this.trainer.snapshot(),
      told: interrupted?.told,
      onSaved: (savedAt) => send({ type: "saved", savedAt }),
      onFailed: unsaved,
    });
    this.ended = this.train();
  }

  get runs(): readonly PlannedRun[] {
    return this.trainer.runs;
  }

  get isRunning(): boolean {
    return !this.isOver;
  }

  credit(batches: number): void {
    this.outbox.grant(batches);
  }

  pause(): void {
    this.trainer.pause();
  }

  resume(): void {
    this.trainer.resume();
  }

  /** One step of every run; pauses first when training goes on. */
  step(): void {
    this.trainer.pause();
    this.trainer.step();
  }

  async diagnose(): Promise<Diagnosis> {
    const diagnosis = await this.trainer.diagnose();
    const choices = this.tuner?.choices ?? [];
    return choices.length > 0 ? { ...diagnosis, choices } : diagnosis;
  }

  look(asked: LookAsked): Promise<Look> {
    return this.trainer.look(asked);
  }

  inspect(runId: RunId): Promise<InspectedMoment> {
    return this.trainer.inspect(runId);
  }

  /** The networks of the runs under way, as they are now; none where it has just ended. */
  async weights(): Promise<readonly KeptWeights[]> {
    const taken = await this.trainer.weights().catch((error: unknown) => {
      if (error instanceof TrainingEnded) return [];
      throw error;
    });
    return taken.flatMap(({ runId, networks }) => asFiles(runId, networks, this.trainedOn));
  }

  /** Resolves when what is trained now is safe, or cannot be. */
  save(): Promise<void> {
    return this.keeper.save();
  }

  /** Its networks can still be looked at. */
  async stop(): Promise<void> {
    this.trainer.stop();
    await this.ended;
  }

  /** Stops, and gives up all that it holds. */
  async close(): Promise<void> {
    await this.stop();
    await this.trainer.release();
  }

  /** Its device is gone: it can neither go on nor end properly, and is not heard of again. */
  abandon(): void {
    this.isAbandoned = true;
    this.isOver = true;
    this.trainer.stop();
    void this.trainer.release();
    // The last checkpoint stays: another device can go on with it.
    void this.keeper.end(false);
  }

  private send(event: EngineEvent): void {
    if (!this.isAbandoned) this.tell(event);
  }

  private async train(): Promise<void> {
    // The answer to "start" leaves first.
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    try {
      if (!this.interrupted) await forgetWeights();
      this.repeatWhatWasTold();
      await this.tuner?.begin();
      const { stopped } = await this.trainer.train(this.interrupted?.training);
      await this.keeper.end(!this.isAbandoned);
      this.outbox.flush();
      this.send({ type: "finished", stopped });
    } catch (error) {
      await this.keeper.end(false);
      this.outbox.flush();
      this.send({ type: "engine-failed", failure: failureOf(error) });
    } finally {
      this.isOver = true;
    }
  }

  /** To a page that was closed meanwhile, or to one that has heard it before: it begins the runs anew. */
  private repeatWhatWasTold(): void {
    const { told } = this.interrupted ?? {};
    for (const [runId, rows] of told?.rows ?? []) this.outbox.add(runId, rows);
    this.outbox.flush();
    for (const event of told?.events ?? []) this.send(event);
  }

  /** News of an end comes after all rows that led to it. */
  private conclude(event: ToldEvent): void {
    this.keeper.noteEvent(event);
    this.outbox.flush();
    this.send(event);
  }
}

/** Tells the page what is going on, when it changes. */
class Announcer {
  private last = "";

  constructor(private readonly send: (event: EngineEvent) => void) {}

  activity(activity: Activity): void {
    const now = JSON.stringify(activity);
    if (now === this.last) return;
    this.last = now;
    this.send({ type: "activity", activity });
  }
}
