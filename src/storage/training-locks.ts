/** Which trainings go on in some tab of this browser, and word among its tabs that the history has changed. */

const PREFIX = "retort-training-";
const CHANNEL = "retort-history";

/**
 * Says to all tabs that this one trains it, until the tab ends or the returned function is called. Where the browser
 * has no Web Locks, nobody is told.
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

/** Ids of trainings that some tab, this one included, goes on with. */
export async function liveTrainings(): Promise<ReadonlySet<string>> {
  const locks = await navigator.locks?.query().catch(() => undefined);
  const names = (locks?.held ?? []).flatMap(({ name }) => name ?? []);
  return new Set(names.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length)));
}

export interface HistoryNews {
  /** To the other tabs. */
  readonly tell: (id: string) => void;
  readonly close: () => void;
}

/** @param onChange is told the id of a training that another tab has saved; of several at once, "" */
export function joinHistoryNews(onChange: (id: string) => void): HistoryNews {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (typeof data === "string") onChange(data);
  };
  return { tell: (id) => channel.postMessage(id), close: () => channel.close() };
}
