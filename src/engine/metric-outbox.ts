import { INITIAL_CREDIT, type RunId } from "../protocol/messages";
import { GatheredRows, type MetricBatch } from "../protocol/metrics/metric-batch";

/** The shortest time between two deliveries, in milliseconds. */
const DELIVERY_MS = 100;

/**
 * Sends metric rows to the page. The first row is sent at once, since the next step may keep the worker busy for
 * seconds; later ones are collected by run and sent a few times a second, and only as many batches as the page has
 * granted credit for. Nothing is dropped: rows wait here for a slow page.
 */
export class MetricOutbox {
  private waiting = new Map<RunId, GatheredRows>();
  private credit = INITIAL_CREDIT;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private delivered = Number.NEGATIVE_INFINITY;

  constructor(private readonly send: (batch: MetricBatch) => void) {}

  /** The batch is copied when it leaves. */
  add(batch: MetricBatch): void {
    const { runId, rows } = batch;
    if (rows === 0) return;
    const waiting = this.waiting.get(runId) ?? new GatheredRows(runId);
    waiting.add(batch);
    this.waiting.set(runId, waiting);
    this.deliverInTime();
  }

  /** Adds credit for as many batches as the page has processed. */
  grant(batches: number): void {
    this.credit += batches;
    this.deliverInTime();
  }

  /** Sends all waiting rows regardless of credit, so that later events cannot overtake them. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const runId of [...this.waiting.keys()]) this.deliver(runId);
  }

  /** Sends rows now, or when enough time has passed since the last delivery. */
  private deliverInTime(): void {
    if (this.waiting.size === 0 || this.credit <= 0) return;
    const wait = this.delivered + DELIVERY_MS - performance.now();
    if (wait > 0) {
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        this.deliverInTime();
      }, wait);
      return;
    }
    for (const runId of [...this.waiting.keys()]) if (this.credit > 0) this.deliver(runId);
  }

  private deliver(runId: RunId): void {
    const rows = this.waiting.get(runId);
    this.waiting.delete(runId);
    if (!rows) return;
    this.credit--;
    this.delivered = performance.now();
    this.send(rows.all());
  }
}
