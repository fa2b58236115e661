/** Lets tests talk to an engine: a real worker, or a session on their own thread. */
import type { Answer, Command, EngineEvent, Request } from "../protocol/messages";
import { rowsOf } from "../protocol/metrics/metric-rows.testing";
import type { MetricRow } from "../protocol/metrics/metrics";

/** Sends requests to an engine, collects its events, and grants credit for the rows that it sends. */
export class Conversation {
  readonly heard: EngineEvent[] = [];
  private nextId = 1;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly say: (command: Command) => void) {}

  hear(event: EngineEvent): void {
    this.heard.push(event);
    if (event.type === "metrics") this.say({ type: "credit", batches: 1 });
    for (const listener of this.listeners) listener();
  }

  /** @param after index of the first event that counts */
  async until<E extends EngineEvent>(isIt: (event: EngineEvent) => event is E, after = 0): Promise<E> {
    for (;;) {
      const found = this.heard.slice(after).find(isIt);
      if (found) return found;
      await new Promise<void>((resolve) => {
        const listener = () => {
          this.listeners.delete(listener);
          resolve();
        };
        this.listeners.add(listener);
      });
    }
  }

  /** @throws Error with the properties of the engine's failure */
  async ask(request: Request): Promise<Answer> {
    const requestId = this.nextId++;
    this.say({ ...request, requestId });
    const event = await this.until(
      (heard): heard is Extract<EngineEvent, { type: "answer" | "request-failed" }> =>
        (heard.type === "answer" || heard.type === "request-failed") && heard.requestId === requestId,
    );
    if (event.type === "request-failed") throw Object.assign(new Error(event.failure.cause), event.failure);
    return event.answer;
  }

  finished(after = 0) {
    return this.until(
      (event): event is Extract<EngineEvent, { type: "finished" }> => event.type === "finished",
      after,
    );
  }

  /** Waits until the curve has reached a step. */
  async reach(stage: MetricRow["stage"], step: number): Promise<void> {
    const isThere = () => this.rows().some((row) => row.stage === stage && row.step >= step);
    await this.until((event): event is EngineEvent => event.type === "metrics" && isThere());
  }

  /** All rows so far, in the order of arrival. */
  rows(): MetricRow[] {
    return this.heard.flatMap((event) => (event.type === "metrics" ? rowsOf(event.batch) : []));
  }
}

/** A conversation with an engine in its own worker. */
export class EngineInWorker extends Conversation {
  private readonly worker: Worker;

  constructor() {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    super((command) => worker.postMessage(command));
    this.worker = worker;
    worker.addEventListener("message", ({ data }: MessageEvent<EngineEvent>) => this.hear(data));
  }

  kill(): void {
    this.worker.terminate();
  }
}
