import type { Diagnosis } from "../protocol/device/diagnosis";
import type { Experiment } from "../protocol/experiment";
import type {
  Activity,
  BackendName,
  EngineEvent,
  InspectedMoment,
  Look,
  PlannedRun,
  RunId,
} from "../protocol/messages";
import { batchOfRows } from "../protocol/metrics/metric-batch";
import type { Tried, TriedImage } from "../protocol/tried";
import type { KernelTuner } from "./device/kernel-tuning";
import { CheckpointKeeper, type Interrupted } from "./durability/checkpoint-keeper";
import type { SentEvent } from "./durability/sent-to-page";
import { stored } from "./durability/stored";
import {
  asFiles,
  forgetWeights,
  type KeptWeights,
  keepWeights,
  type TrainedOn,
} from "./durability/weights-vault";
import { trainedOn } from "./exported-weights";
import { answersNotKept, diverged, failureOf, notSaved } from "./failures";
import type { LoadedDataset } from "./loaded-dataset";
import { MetricOutbox } from "./metric-outbox";
import { requireDataset } from "./require-dataset";
import { TrainingEnded } from "./training/stages/checkpoint";
import { Divergence } from "./training/stages/stage-runner";
import { Trainer } from "./training/trainer";
import type { LookRequest, TrainerEvents } from "./training/trainer-events";

/** One experiment in training, and its events for the page. */
export class TrainingSession {
  /** Resolves when the last run has ended or `stop` took effect; never rejects. */
  readonly ended: Promise<void>;
  private readonly trainer: Trainer;
  private readonly outbox: MetricOutbox;
  private readonly keeper: CheckpointKeeper;
  private readonly trainedOn: TrainedOn;
  private isOver = false;
  private isAbandoned = false;

  /** @throws EngineFailure if the images are not those of the experiment, or too few */
  constructor(
    experiment: Experiment,
    loaded: LoadedDataset | undefined,
    backend: BackendName,
    private readonly post: (event: EngineEvent) => void,
    /** The interrupted training to continue. */
    private readonly interrupted?: Interrupted,
    /** Chooses kernels before the first step; without it the default ones are used. */
    private readonly tuner?: KernelTuner,
  ) {
    const { dataset } = requireDataset(experiment, loaded);
    this.trainedOn = trainedOn(experiment, dataset);
    const send = (event: EngineEvent) => this.send(event);
    this.outbox = new MetricOutbox((batch) => send({ type: "metrics", batch }));
    const announcer = new Announcer(send);
    const unsaved = (error: unknown) =>
      send({ type: "not-saved", failure: notSaved(error instanceof Error ? error.message : String(error)) });
    const events: TrainerEvents = {
      activity: (activity) => announcer.activity(activity),
      rows: (runId, rows) => {
        const batch = batchOfRows(runId, rows);
        this.keeper.noteRows(batch);
        this.outbox.add(batch);
      },
      trained: (runId, networks) => keepWeights(asFiles(runId, networks, this.trainedOn)).catch(unsaved),
      ...(tuner && { compiled: () => tuner.tune() }),
      answersNotKept: (why) => send({ type: "answers-not-kept", failure: answersNotKept(why) }),
      floors: (runId, floors) => this.conclude({ type: "floors", runId, floors }),
      finished: (runId, final) => this.conclude({ type: "run-finished", runId, final }),
      failed: (runId, error) => {
        const failure =
          error instanceof Divergence ? diverged(runId, error.step, error.network) : failureOf(error);
        this.conclude({ type: "run-failed", runId, failure });
      },
    };
    this.trainer = new Trainer(experiment, dataset, events, stored, true);
    this.keeper = new CheckpointKeeper({
      experiment,
      datasetHash: dataset.hash,
      backend,
      snapshot: () => this.trainer.snapshot(),
      sent: interrupted?.sent,
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

  /** Whether it takes steps. */
  get isBusy(): boolean {
    return !this.isOver && !this.trainer.isPaused;
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

  /** Takes one step of every run, and pauses training first. */
  step(): void {
    this.trainer.pause();
    this.trainer.step();
  }

  async diagnose(): Promise<Diagnosis> {
    const diagnosis = await this.trainer.diagnose();
    const choices = this.tuner?.choices ?? [];
    return choices.length > 0 ? { ...diagnosis, choices } : diagnosis;
  }

  look(asked: LookRequest): Promise<Look> {
    return this.trainer.look(asked);
  }

  tryImage(asked: TriedImage): Promise<Tried> {
    return this.trainer.tryImage(asked);
  }

  inspect(runId: RunId): Promise<InspectedMoment> {
    return this.trainer.inspect(runId);
  }

  /** The current networks of the running runs; none if training has just ended. */
  async weights(): Promise<readonly KeptWeights[]> {
    const taken = await this.trainer.weights().catch((error: unknown) => {
      if (error instanceof TrainingEnded) return [];
      throw error;
    });
    return taken.flatMap(({ runId, networks }) => asFiles(runId, networks, this.trainedOn));
  }

  /** Saves now. Resolves when the training is saved, or when saving has failed. */
  save(): Promise<void> {
    return this.keeper.save();
  }

  /** Stops training. Its networks can still be inspected. */
  async stop(): Promise<void> {
    this.trainer.stop();
    await this.ended;
  }

  /** Stops training and releases its memory. */
  async close(): Promise<void> {
    await this.stop();
    await this.trainer.release();
  }

  /** Stops after the device was lost. Training cannot end properly, and sends no more events. */
  abandon(): void {
    this.isAbandoned = true;
    this.isOver = true;
    this.trainer.stop();
    void this.trainer.release();
    // The last checkpoint is kept, so that another device can continue.
    void this.keeper.end(false);
  }

  private send(event: EngineEvent): void {
    if (!this.isAbandoned) this.post(event);
  }

  private async train(): Promise<void> {
    // Lets the answer to "start" be sent first.
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    try {
      if (!this.interrupted) await forgetWeights();
      this.resendToPage();
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

  /** Sends again everything that was sent before the interruption. The page starts the runs from empty curves. */
  private resendToPage(): void {
    const { sent } = this.interrupted ?? {};
    for (const batch of sent?.rows ?? []) this.outbox.add(batch);
    this.outbox.flush();
    for (const event of sent?.events ?? []) this.send(event);
  }

  /** Sends an event after all rows that precede it. */
  private conclude(event: SentEvent): void {
    this.keeper.noteEvent(event);
    this.outbox.flush();
    this.send(event);
  }
}

/** Tells the page the current activity when it changes. */
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
