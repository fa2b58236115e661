/**
 * Locks that show which trainings are running in any tab of this browser, and messages between tabs about changes of
 * the history.
 */

const PREFIX = "retort-training-";
const CHANNEL = "retort-history";

/**
 * Marks a training as running in this tab, until the tab closes or the returned function is called. Without Web Locks
 * in the browser, other tabs do not see it.
 */
export function holdTraining(id: string): () => void {
  const waiting = new AbortController();
  let release: () => void = () => waiting.abort();
  const held = () =>
    new Promise<void>((resolve) => {
      release = resolve;
    });
  navigator.locks?.request(PREFIX + id, { signal: waiting.signal }, held).catch(() => undefined);
  return () => release();
}

/** Ids of trainings running in any tab, including this one. */
export async function liveTrainings(): Promise<ReadonlySet<string>> {
  const locks = await navigator.locks?.query().catch(() => undefined);
  const names = (locks?.held ?? []).flatMap(({ name }) => name ?? []);
  return new Set(names.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length)));
}

export interface HistoryChannel {
  /** Notifies the other tabs. */
  readonly notify: (id: string) => void;
  readonly close: () => void;
}

/** @param onChange receives the id of a training that another tab has saved, or "" for several at once */
export function joinHistoryChannel(onChange: (id: string) => void): HistoryChannel {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (typeof data === "string") onChange(data);
  };
  return { notify: (id) => channel.postMessage(id), close: () => channel.close() };
}
