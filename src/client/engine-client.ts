import type { DatasetProgress } from "../protocol/dataset";
import { cancelled, type Failure } from "../protocol/failures";
import type { Answer, EngineEvent, Request, RequestId } from "../protocol/messages";
import type { Connect, Connection } from "./connection";
import { createNotificationQueue, type Notification, type Schedule } from "./notification-queue";

interface AnswerTypes {
  "start-backend": "backend";
  "load-drawn": "dataset";
  "load-files": "dataset";
  "load-download": "dataset";
  "hand-files": "done";
  "sample-gallery": "gallery";
  "show-images": "gallery";
  "preview-views": "preview";
  plan: "plan";
  estimate: "estimated";
  "fit-sizes": "sizes";
  start: "started";
  pause: "done";
  resume: "done";
  step: "done";
  diagnose: "diagnosis";
  look: "look";
  inspect: "inspected";
  "try-image": "tried";
  stop: "done";
  weights: "weights";
  "measure-models": "models";
  trace: "traced";
  "take-weights": "weights-taken";
  "take-model": "model-taken";
  "list-hub-models": "hub-models";
  "take-hub-model": "model-taken";
  "check-model": "model-checked";
  "kept-answers": "answers-kept";
  "find-interrupted": "interrupted";
  continue: "started";
  "forget-interrupted": "done";
  save: "done";
}

/** The engine's answer to a request of this type. */
export type AnswerTo<R extends Request> = Extract<Answer, { readonly type: AnswerTypes[R["type"]] }>;

/** A request failed; `failure` says why. */
export class RequestFailed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(`${failure.title}: ${failure.cause}`);
    this.name = "RequestFailed";
    this.failure = failure;
  }
}

export interface RequestOptions {
  /** Aborting fails the request at once with kind "cancelled" and tells the engine to stop working on it. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DatasetProgress) => void;
}

export interface EngineClient {
  /**
   * Starts the engine if none is running.
   * @throws RequestFailed, also when the engine dies first (kind "worker-died")
   */
  request<R extends Request>(request: R, options?: RequestOptions): Promise<AnswerTo<R>>;
  /** Delivers notifications in order. Returns the function that unsubscribes. */
  subscribe(listener: (notifications: readonly Notification[]) => void): () => void;
  /** Stops the engine; pending requests fail. The next request starts another one. */
  restart(): void;
}

interface Pending {
  readonly settle: (outcome: { answer: Answer } | { failure: Failure }) => void;
  readonly onProgress: ((progress: DatasetProgress) => void) | undefined;
}

export const workerDied = (cause: string): Failure => ({
  kind: "worker-died",
  title: "The training engine stopped",
  cause,
  action: "A new one has been started: “Try again” trains with it.",
});

const unsendable = (cause: string): Failure => ({
  kind: "internal",
  title: "The request could not be sent to the engine",
  cause,
  action: "Reload the page.",
});

/**
 * One engine at a time, started by the first request. An engine that dies fails all pending requests, is reported to
 * subscribers as "engine-failed", and is replaced at the next request.
 */
export function createEngineClient(connect: Connect, schedule?: Schedule): EngineClient {
  const pending = new Map<RequestId, Pending>();
  let connection: Connection | undefined;
  let nextId: RequestId = 1;
  const queue = createNotificationQueue((batches) => connection?.send({ type: "credit", batches }), schedule);

  function end(failure: Failure): void {
    const ended = connection;
    connection = undefined;
    ended?.terminate();
    const waiting = [...pending.values()];
    pending.clear();
    for (const { settle } of waiting) settle({ failure });
  }

  function take(event: EngineEvent): void {
    switch (event.type) {
      case "answer":
        pending.get(event.requestId)?.settle({ answer: event.answer });
        break;
      case "request-failed":
        pending.get(event.requestId)?.settle({ failure: event.failure });
        break;
      case "progress":
        pending.get(event.requestId)?.onProgress?.(event.progress);
        break;
      default:
        queue.add(event);
    }
  }

  function connected(): Connection {
    if (connection) return connection;
    // A stopped engine may still have messages under way; they are ignored.
    const current: Connection = connect({
      onEvent: (event) => {
        if (connection === current) take(event);
      },
      onDeath: (cause) => {
        if (connection !== current) return;
        const failure = workerDied(cause);
        end(failure);
        queue.add({ type: "engine-failed", failure });
      },
    });
    connection = current;
    return current;
  }

  function request<R extends Request>(request: R, options: RequestOptions = {}): Promise<AnswerTo<R>> {
    const { signal, onProgress } = options;
    if (signal?.aborted) return Promise.reject(new RequestFailed(cancelled));
    const requestId = nextId++;
    return new Promise((resolve, reject) => {
      const abort = () => {
        connection?.send({ type: "cancel", requestId });
        settle({ failure: cancelled });
      };
      const settle: Pending["settle"] = (outcome) => {
        pending.delete(requestId);
        signal?.removeEventListener("abort", abort);
        if ("answer" in outcome) resolve(outcome.answer as AnswerTo<R>);
        else reject(new RequestFailed(outcome.failure));
      };
      pending.set(requestId, { settle, onProgress });
      signal?.addEventListener("abort", abort);
      try {
        connected().send({ ...request, requestId });
      } catch (error) {
        settle({ failure: unsendable(String(error)) });
      }
    });
  }

  return {
    request,
    subscribe: queue.subscribe,
    restart: () => end(workerDied("It was restarted.")),
  };
}
