import type { EngineEvent, RequestId } from "../protocol/messages";

/** What the engine says unasked. */
export type Notification = Exclude<EngineEvent, { readonly requestId: RequestId }>;

/** Calls back once, a little later. */
export type Schedule = (callback: () => void) => void;

const DELAY_MS = 200;
const later: Schedule = (callback) => void setTimeout(callback, DELAY_MS);

/** News that comes many times a second and can wait for the next delivery. */
const canWait = ({ type }: Notification) => type === "metrics" || type === "activity";

/**
 * Gathers what streams in and hands it on a few times a second, in order. Credit for metric batches is given only once
 * they were handed on: a page that is hidden or slow holds the engine's metrics back rather than piling them up.
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
