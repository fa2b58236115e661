import { DownloadError } from "./problem";

type Bytes = Uint8Array<ArrayBuffer>;

/** Network access; tests provide a server of their own. */
export interface Network {
  readonly fetch: typeof fetch;
  /** Waits between attempts. */
  readonly sleep: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
}

export const browserNetwork: Network = {
  fetch: (...request) => fetch(...request),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, milliseconds);
      signal?.addEventListener("abort", () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    }),
};

const MOST_TRIES = 4;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** Problems that a retry may solve. */
const passing: ReadonlySet<string> = new Set(["unreachable", "rate-limited", "server-error", "truncated"]);

/** A failure with the time after which to retry. */
class TryAgain extends DownloadError {
  constructor(
    problem: DownloadError["problem"],
    detail: string,
    readonly afterMs: number | undefined,
  ) {
    super(problem, detail);
  }
}

/** Retries where that may help, with growing waits. @throws DownloadError; the signal's reason */
export async function persistently<Result>(
  network: Network,
  signal: AbortSignal | undefined,
  act: () => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await act();
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof DownloadError) || !passing.has(error.problem) || tries >= MOST_TRIES)
        throw error;
      const wanted = error instanceof TryAgain ? error.afterMs : undefined;
      const wait = wanted ?? FIRST_WAIT_MS * 2 ** (tries - 1);
      await network.sleep(Math.min(wait, LONGEST_WAIT_MS), signal);
    }
  }
}

/** Returns a successful response. @throws DownloadError for any other */
export async function request(network: Network, url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await network.fetch(url, {
      ...init,
      mode: "cors",
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
  } catch (error) {
    init.signal?.throwIfAborted();
    const cause = error instanceof Error ? error.message : String(error);
    throw new DownloadError("unreachable", `${new URL(url).host} does not answer (${cause}).`);
  }
  if (response.ok) return response;
  await response.body?.cancel().catch(() => undefined);
  throw failureOf(response, new URL(url).host);
}

function failureOf({ status, headers }: Response, host: string): DownloadError {
  if (status === 404 || status === 410) return new DownloadError("not-found", `${host} has no such dataset.`);
  if (status === 401 || status === 403) {
    return new DownloadError("gated", `${host} gives access only on request, or it does not exist.`);
  }
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  const afterMs = Number.isFinite(seconds) ? 1_000 * seconds : undefined;
  if (status === 429)
    return new TryAgain("rate-limited", `${host} received too many requests from this network.`, afterMs);
  return new TryAgain("server-error", `${host} answers with an error (${status}).`, afterMs);
}

export interface RemoteSize {
  readonly bytes: number;
  /** The content's entity tag, which changes with the content. */
  readonly tag: string | undefined;
}

/** Asks for a file's length in bytes without fetching it. @throws DownloadError */
export async function sizeOf(
  network: Network,
  url: string,
  signal: AbortSignal | undefined,
): Promise<RemoteSize> {
  const { headers } = await request(network, url, { method: "HEAD", signal: signal ?? null });
  const tag = headers.get("x-linked-etag") ?? headers.get("etag") ?? undefined;
  const bytes = Number(headers.get("x-linked-size") ?? headers.get("content-length") ?? Number.NaN);
  if (Number.isSafeInteger(bytes) && bytes > 0) return { bytes, tag };
  throw new DownloadError("server-error", `${new URL(url).host} does not say how long the file is.`);
}

/** What a fetch is told of its progress, and how it is stopped. */
interface FetchTask {
  readonly signal?: AbortSignal | undefined;
  /** Bytes that came, or, negative, that came in vain. */
  readonly onBytes?: ((count: number) => void) | undefined;
}

/**
 * Fetches bytes from … to − 1 of a file. If the server sends the whole file instead, reading stops there.
 *
 * @throws DownloadError, "truncated" when fewer bytes arrive
 */
export async function fetchRange(
  network: Network,
  url: string,
  from: number,
  to: number,
  task: FetchTask = {},
): Promise<Bytes> {
  const content = new Uint8Array(to - from);
  let filled = 0;
  const response = await request(network, url, partial(from, to, task.signal));
  const cause = await readPart(response, from, content.length, task, (chunk) => {
    content.set(chunk, filled);
    filled += chunk.length;
  });
  if (filled === content.length) return content;
  task.onBytes?.(-filled);
  throw new DownloadError("truncated", cause ?? `Only ${filled} of ${content.length} bytes came.`);
}

/** A transfer that was cut off after as many bytes as this is continued without counting as a failed try. */
const WORTHWHILE_BYTES = 2 ** 16;
/** What has come is handed to the browser in pieces of this size, which need not stay in memory. */
const PIECE_BYTES = 16 * 1024 ** 2;

/**
 * Fetches a file whose length is known. Only to continue a transfer that was cut off does it ask for a part: a browser may
 * first ask stores behind a redirect for permission to do that, which not all of them answer.
 *
 * @throws DownloadError; the signal's reason
 */
export async function fetchWhole(
  network: Network,
  url: string,
  bytes: number,
  task: FetchTask = {},
): Promise<Blob> {
  const pieces: Blob[] = [];
  let chunks: Bytes[] = [];
  let filled = 0;
  const take = (chunk: Bytes) => {
    chunks.push(chunk);
    filled += chunk.length;
    if (filled < bytes && filled < (pieces.length + 1) * PIECE_BYTES) return;
    pieces.push(new Blob(chunks));
    chunks = [];
  };
  while (filled < bytes) {
    await persistently(network, task.signal, async () => {
      const from = filled;
      const init = from === 0 ? { signal: task.signal ?? null } : partial(from, bytes, task.signal);
      const cause = await readPart(await request(network, url, init), from, bytes - from, task, take);
      if (filled - from < Math.min(WORTHWHILE_BYTES, bytes - from))
        throw new DownloadError("truncated", cause ?? `Only ${filled} of ${bytes} bytes came.`);
    });
  }
  return new Blob(pieces);
}

const partial = (from: number, to: number, signal: AbortSignal | undefined): RequestInit => ({
  headers: { range: `bytes=${from}-${to - 1}` },
  signal: signal ?? null,
});

/**
 * Reads at most as many bytes of a response. Returns why it ended early if the transfer was interrupted.
 *
 * @param from the byte that was asked for: if the server sends the whole file instead, those before it are left out
 * @throws DownloadError for an empty response; the signal's reason
 */
async function readPart(
  response: Response,
  from: number,
  most: number,
  { signal, onBytes }: FetchTask,
  take: (chunk: Bytes) => void,
): Promise<string | undefined> {
  let skip = response.status === 206 ? 0 : from;
  let count = 0;
  const reader = response.body?.getReader();
  if (!reader) throw new DownloadError("truncated", "The response was empty.");
  try {
    while (count < most) {
      const { done, value } = await reader.read();
      if (done) break;
      const wanted = value.subarray(Math.min(skip, value.length)).subarray(0, most - count);
      skip = Math.max(0, skip - value.length);
      count += wanted.length;
      take(wanted);
      onBytes?.(wanted.length);
    }
    return undefined;
  } catch (error) {
    signal?.throwIfAborted();
    const cause = error instanceof Error ? error.message : String(error);
    return `The transfer was interrupted (${cause}).`;
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}
