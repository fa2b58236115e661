import type { Experiment } from "../../protocol/experiment";
import type { BackendName, RunId } from "../../protocol/messages";
import type { MetricRow } from "../../protocol/metrics";
import { parseExperiment } from "../../protocol/problems";
import { type TrainingCheckpoint, TrainingEnded } from "../training/checkpoint";
import { CheckpointUnreadable, decodeCheckpoint, encodeCheckpoint } from "./checkpoint-bytes";
import { openPrivateFiles, type PrivateFiles } from "./private-files";
import { type Told, type ToldEvent, toldFromJson, toldToJson } from "./sent-to-page";

const FOLDER = "checkpoints";
const FILE = "latest";
const LOCK = "retort-checkpoint";
const PERIOD_MS = 20_000;
const LET_GO_MS = 2_000;

/** A training that was interrupted, as far as it came. */
export interface Interrupted {
  readonly experiment: Experiment;
  readonly datasetHash: string;
  readonly backend: BackendName;
  readonly savedAt: number;
  readonly told: Told;
  readonly training: TrainingCheckpoint;
}

/** The last training of this browser that did not end; undefined where there is none, or another tab goes on with it. */
export async function findInterrupted(): Promise<Interrupted | undefined> {
  const files = await openPrivateFiles(FOLDER);
  if (!files || (await isHeldElsewhere())) return undefined;
  const bytes = await files.read(FILE);
  if (!bytes) return undefined;
  try {
    const { experiment, told, ...rest } = await decodeCheckpoint(bytes);
    const parsed = parseExperiment(JSON.parse(experiment));
    const read = toldFromJson(told);
    return parsed.ok && read ? { ...rest, experiment: parsed.experiment, told: read } : undefined;
  } catch (error) {
    if (error instanceof CheckpointUnreadable || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export async function forgetInterrupted(): Promise<void> {
  const files = await openPrivateFiles(FOLDER);
  if (files && !(await isHeldElsewhere())) await files.remove(FILE);
}

/** A tab that was closed or reloaded a moment ago may not have let go yet. */
async function isHeldElsewhere(): Promise<boolean> {
  try {
    await navigator.locks.request(LOCK, { signal: AbortSignal.timeout(LET_GO_MS) }, () => undefined);
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
  /** What was told before this training began, where it goes on with another. */
  readonly told?: Told | undefined;
  readonly onSaved: (savedAt: number) => void;
  /** Training goes on, but would be lost with the tab. */
  readonly onFailed: (error: unknown) => void;
  readonly periodMs?: number;
}

/** Saves a training now and then while it lasts. Of several tabs, the first one does. */
export class CheckpointKeeper {
  private readonly rows: Map<RunId, MetricRow[]>;
  private readonly events: ToldEvent[];
  private readonly files: Promise<PrivateFiles | undefined>;
  private readonly timer: ReturnType<typeof setInterval>;
  private saving: Promise<void> | undefined;
  private releaseLock: (() => void) | undefined;
  private readonly waiting = new AbortController();
  private isOver = false;

  constructor(private readonly options: KeeperOptions) {
    const { told, periodMs = PERIOD_MS } = options;
    this.rows = new Map([...(told?.rows ?? [])].map(([runId, rows]) => [runId, [...rows]]));
    this.events = [...(told?.events ?? [])];
    this.files = this.acquire();
    this.timer = setInterval(() => void this.save(), periodMs);
  }

  noteRows(runId: RunId, rows: readonly MetricRow[]): void {
    const known = this.rows.get(runId) ?? [];
    known.push(...rows);
    this.rows.set(runId, known);
  }

  noteEvent(event: ToldEvent): void {
    this.events.push(event);
  }

  /** Resolves when what is trained now is safe, or cannot be. */
  save(): Promise<void> {
    this.saving ??= this.saveOnce().finally(() => {
      this.saving = undefined;
    });
    return this.saving;
  }

  /** Nothing is saved any more. @param finished nothing is left to go on with */
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

  /** The files, once this tab is the one that writes them: another that trains already goes first. */
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

  /** Not for ever: another tab may train for days. */
  private async filesByNow(): Promise<PrivateFiles | undefined> {
    const later = new Promise<undefined>((resolve) => setTimeout(resolve, LET_GO_MS, undefined));
    return Promise.race([this.files, later]);
  }

  private async saveOnce(): Promise<void> {
    const { experiment, datasetHash, backend, snapshot, onSaved, onFailed } = this.options;
    try {
      const files = await this.filesByNow();
      if (!files || this.isOver) return;
      const training = await snapshot();
      // At once: the next turn tells more.
      const told = toldToJson({ rows: this.rows, events: this.events });
      if (this.isOver) return;
      const savedAt = Date.now();
      const heading = { experiment: JSON.stringify(experiment), datasetHash, backend, savedAt, told };
      await files.write(FILE, [await encodeCheckpoint({ ...heading, training })]);
      onSaved(savedAt);
    } catch (error) {
      // A training that ended in the meantime has nothing to save.
      if (!this.isOver && !(error instanceof TrainingEnded)) onFailed(error);
    }
  }
}
