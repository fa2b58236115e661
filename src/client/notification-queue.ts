import type { EngineEvent, RequestId } from "../protocol/messages";

/** Engine events that answer no request. */
export type Notification = Exclude<EngineEvent, { readonly requestId: RequestId }>;

/** Calls back once, a little later. */
export type Schedule = (callback: () => void) => void;

const DELAY_MS = 200;
const later: Schedule = (callback) => void setTimeout(callback, DELAY_MS);

/** Frequent events that can wait for the next delivery. */
const canWait = ({ type }: Notification) => type === "metrics" || type === "activity";

/**
 * Collects streamed events and delivers them a few times a second, in order. Credit for metric batches is given only
 * after delivery: a hidden or slow page makes the engine hold its metrics back instead of queueing them here.
 */
export function createNotificationQueue(giveCredit: (batches: number) => void, schedule: Schedule = later) {
  const listeners = new Set<(notifications: readonly Notification[]) => void>();
  let waiting: Notification[] = [];
  let scheduled = false;

  function deliver(): void {
    const notifications = waiting;
    waiting = [];
    if (notifications.length === 0) return;
    const batches = notifications.filter(({ type }) => type === "metrics").length;
    try {
      for (const listener of listeners) listener(notifications);
    } finally {
      if (batches > 0) giveCredit(batches);
    }
  }

  return {
    add(notification: Notification): void {
      waiting.push(notification);
      if (!canWait(notification)) deliver();
      else if (!scheduled) {
        scheduled = true;
        schedule(() => {
          scheduled = false;
          deliver();
        });
      }
    },
    subscribe(listener: (notifications: readonly Notification[]) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
