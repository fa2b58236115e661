import type { Experiment } from "../../protocol/experiment";
import type { BackendName, RunId } from "../../protocol/messages";
import { GatheredRows, type MetricBatch } from "../../protocol/metrics/metric-batch";
import { parseExperiment } from "../../protocol/problems";
import { type TrainingCheckpoint, TrainingEnded } from "../training/stages/checkpoint";
import { CheckpointUnreadable, decodeCheckpoint, encodeCheckpoint } from "./checkpoint-bytes";
import { openPrivateFiles, type PrivateFiles } from "./private-files";
import { type SentEvent, type SentToPage, sentFromJson, sentToJson } from "./sent-to-page";

const FOLDER = "checkpoints";
const FILE = "latest";
const LOCK = "retort-checkpoint";
const PERIOD_MS = 20_000;
const LOCK_WAIT_MS = 2_000;

/** An interrupted training, as it was when it was last saved. */
export interface Interrupted {
  readonly experiment: Experiment;
  readonly datasetHash: string;
  readonly backend: BackendName;
  readonly savedAt: number;
  readonly sent: SentToPage;
  readonly training: TrainingCheckpoint;
}

/**
 * Finds the last training in this browser that did not end; undefined if there is none, or if another tab is
 * continuing it.
 */
export async function findInterrupted(): Promise<Interrupted | undefined> {
  const files = await openPrivateFiles(FOLDER);
  if (!files || (await isHeldElsewhere())) return undefined;
  const bytes = await files.read(FILE);
  if (!bytes) return undefined;
  try {
    const { experiment, told, ...rest } = await decodeCheckpoint(bytes);
    const parsed = parseExperiment(JSON.parse(experiment));
    const read = sentFromJson(told);
    return parsed.ok && read ? { ...rest, experiment: parsed.experiment, sent: read } : undefined;
  } catch (error) {
    if (error instanceof CheckpointUnreadable || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Deletes the interrupted training, unless another tab is continuing it. */
export async function forgetInterrupted(): Promise<void> {
  const files = await openPrivateFiles(FOLDER);
  if (files && !(await isHeldElsewhere())) await files.remove(FILE);
}

/**
 * Whether another tab holds the lock. Waits a moment, since a tab that was just closed may not have released it yet.
 */
async function isHeldElsewhere(): Promise<boolean> {
  try {
    await navigator.locks.request(LOCK, { signal: AbortSignal.timeout(LOCK_WAIT_MS) }, () => undefined);
    return false;
  } catch {
    return true;
  }
}

export interface KeeperOptions {
  readonly experiment: Experiment;
  readonly datasetHash: string;
  readonly backend: BackendName;
  readonly snapshot: () => Promise<TrainingCheckpoint>;
  /** What the page was sent before, if this training continues an interrupted one. */
  readonly sent?: SentToPage | undefined;
  readonly onSaved: (savedAt: number) => void;
  /** Called when saving fails; training continues, but would be lost with the tab. */
  readonly onFailed: (error: unknown) => void;
  readonly periodMs?: number;
}

/** Saves a running training periodically. If several tabs train, the first one saves. */
export class CheckpointKeeper {
  private readonly rows = new Map<RunId, GatheredRows>();
  private readonly events: SentEvent[];
  private readonly files: Promise<PrivateFiles | undefined>;
  private readonly timer: ReturnType<typeof setInterval>;
  private saving: Promise<void> | undefined;
  private releaseLock: (() => void) | undefined;
  private readonly waiting = new AbortController();
  private isOver = false;

  constructor(private readonly options: KeeperOptions) {
    const { sent, periodMs = PERIOD_MS } = options;
    for (const batch of sent?.rows ?? []) this.noteRows(batch);
    this.events = [...(sent?.events ?? [])];
    this.files = this.acquire();
    this.timer = setInterval(() => void this.save(), periodMs);
  }

  /** The batch must keep its memory and its numbers. */
  noteRows(batch: MetricBatch): void {
    const known = this.rows.get(batch.runId) ?? new GatheredRows(batch.runId);
    known.add(batch);
    this.rows.set(batch.runId, known);
  }

  noteEvent(event: SentEvent): void {
    this.events.push(event);
  }

  /** Saves now. Resolves when the training is saved, or when saving has failed. */
  save(): Promise<void> {
    this.saving ??= this.saveOnce().finally(() => {
      this.saving = undefined;
    });
    return this.saving;
  }

  /** Stops saving. @param finished whether to delete the checkpoint, since nothing is left to continue */
  async end(finished: boolean): Promise<void> {
    if (this.isOver) return;
    this.isOver = true;
    clearInterval(this.timer);
    await this.saving;
    const files = this.releaseLock && (await this.files);
    this.waiting.abort();
    if (finished) await files?.remove(FILE);
    this.releaseLock?.();
  }

  /** Waits for the lock, which another training tab may hold, and returns the files. */
  private async acquire(): Promise<PrivateFiles | undefined> {
    const files = await openPrivateFiles(FOLDER);
    if (!files || this.isOver) return undefined;
    return new Promise((resolve) => {
      const hold = () => {
        resolve(files);
        return new Promise<void>((release) => {
          this.releaseLock = release;
        });
      };
      navigator.locks.request(LOCK, { signal: this.waiting.signal }, hold).catch(() => resolve(undefined));
    });
  }

  /** The files, or undefined if the lock is not available soon: another tab may train for days. */
  private async filesByNow(): Promise<PrivateFiles | undefined> {
    const later = new Promise<undefined>((resolve) => setTimeout(resolve, LOCK_WAIT_MS, undefined));
    return Promise.race([this.files, later]);
  }

  private async saveOnce(): Promise<void> {
    const { experiment, datasetHash, backend, snapshot, onSaved, onFailed } = this.options;
    try {
      const files = await this.filesByNow();
      if (!files || this.isOver) return;
      const training = await snapshot();
      // Immediately after the snapshot: the next turn of training sends more.
      const rows = [...this.rows.values()].map((gathered) => gathered.all());
      const sent = sentToJson({ rows, events: this.events });
      if (this.isOver) return;
      const savedAt = Date.now();
      const heading = { experiment: JSON.stringify(experiment), datasetHash, backend, savedAt, told: sent };
      await files.write(FILE, [await encodeCheckpoint({ ...heading, training })]);
      onSaved(savedAt);
    } catch (error) {
      // A training that has ended meanwhile has nothing to save.
      if (!this.isOver && !(error instanceof TrainingEnded)) onFailed(error);
    }
  }
}
