/**
 * Downloads that outlive the tab: a file is fetched in segments, and each complete segment is stored. An interrupted
 * download resumes at the first missing segment; a complete one needs no network.
 */
import * as v from "valibot";
import type { FoundFile } from "../files";
import { sha256 } from "../identity/sha256";
import { fetchRange, type Network, persistently, sizeOf } from "./http";
import { DownloadError } from "./problem";

type Bytes = Uint8Array<ArrayBuffer>;

/** The store of segments, such as the page's private file system. */
export interface SegmentStore {
  readonly read: (name: string) => Promise<Bytes | undefined>;
  readonly write: (name: string, parts: readonly Bytes[]) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
  readonly names: () => Promise<readonly string[]>;
}

export interface DownloadTask {
  readonly signal?: AbortSignal | undefined;
  /** Bytes of this file fetched so far. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

const SEGMENT_BYTES = 8 * 1024 ** 2;

const plan = v.strictObject({
  url: v.string(),
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
  tag: v.exactOptional(v.string()),
  segmentBytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
type Plan = v.InferOutput<typeof plan>;

export interface CachedFileOptions {
  readonly network: Network;
  readonly store: SegmentStore;
  readonly segmentBytes?: number;
}

/**
 * Returns a file from the store after fetching its missing segments. If the server states the content's SHA-256, new
 * downloads are verified against it. @throws DownloadError; the signal's reason
 */
export async function openCached(
  { network, store, segmentBytes = SEGMENT_BYTES }: CachedFileOptions,
  url: string,
  path: string,
  { signal, onProgress }: DownloadTask = {},
): Promise<FoundFile> {
  const key = await keyOf(url);
  const nameOf = (segment: number) => `${key}.${String(segment).padStart(5, "0")}`;
  const known = await readPlan(store, `${key}.plan`);
  const names = new Set(await store.names());
  const isComplete = known && segmentsOf(known).every((segment) => names.has(nameOf(segment)));
  if (isComplete) {
    onProgress?.(known.bytes, known.bytes);
    return fileOf(path, known, (segment) => store.read(nameOf(segment)));
  }

  const { bytes, tag } = await persistently(network, signal, () => sizeOf(network, url, signal));
  const isSame = known?.bytes === bytes && known.tag === tag;
  const wanted: Plan = isSame ? known : { url, bytes, ...(tag === undefined ? {} : { tag }), segmentBytes };
  if (!isSame) {
    for (const name of names) if (name.startsWith(`${key}.`)) await store.remove(name);
    names.clear();
    await keep(store, `${key}.plan`, new TextEncoder().encode(JSON.stringify(wanted)));
  }
  let done = 0;
  const advance = (count: number) => {
    done += count;
    onProgress?.(done, bytes);
  };
  for (const segment of segmentsOf(wanted)) {
    signal?.throwIfAborted();
    const from = segment * wanted.segmentBytes;
    const to = Math.min(from + wanted.segmentBytes, bytes);
    if (names.has(nameOf(segment))) advance(to - from);
    else {
      const content = await persistently(network, signal, () =>
        fetchRange(network, url, from, to, { signal, onBytes: advance }),
      );
      await keep(store, nameOf(segment), content);
    }
  }
  const file = fileOf(path, wanted, (segment) => store.read(nameOf(segment)));
  const promised = digestIn(tag);
  if (promised && bytes <= MOST_VERIFIED && (await sha256(await file.read())) !== promised) {
    await forgetCached(store, url);
    throw new DownloadError("changed", "The content does not match the SHA-256 stated by the server.");
  }
  return file;
}

/** Verifies the whole file in memory. */
const MOST_VERIFIED = 1024 ** 3;

/** The hub tags large files with the SHA-256 of their content. */
function digestIn(tag: string | undefined): string | undefined {
  return /^(?:W\/)?"?([0-9a-f]{64})"?$/.exec(tag ?? "")?.[1];
}

/** Common prefix of the names under which a file's segments are stored. */
const keyOf = async (url: string) => (await sha256(new TextEncoder().encode(url))).slice(0, 24);

const textName = async (url: string) => `${await keyOf(url)}.text`;

/** The text stored by `keepText` for an address. */
export async function keptText(store: SegmentStore, url: string): Promise<string | undefined> {
  const bytes = await store.read(await textName(url));
  return bytes && new TextDecoder().decode(bytes);
}

/** Stores a short response for offline use. @throws DownloadError when the store is full */
export async function keepText(store: SegmentStore, url: string, text: string): Promise<void> {
  await keep(store, await textName(url), new TextEncoder().encode(text));
}

/** Makes the next attempt fetch everything again. */
export async function forgetCached(store: SegmentStore, url: string): Promise<void> {
  const key = await keyOf(url);
  for (const name of await store.names()) if (name.startsWith(`${key}.`)) await store.remove(name);
}

const segmentsOf = ({ bytes, segmentBytes }: Plan) =>
  Array.from({ length: Math.ceil(bytes / segmentBytes) }, (_, segment) => segment);

async function keep(store: SegmentStore, name: string, content: Bytes): Promise<void> {
  try {
    await store.write(name, [content]);
  } catch (error) {
    if (error instanceof Error && error.name === "StorageFull") {
      throw new DownloadError("storage-full", "The browser has no room for the download.");
    }
    throw error;
  }
}

async function readPlan(store: SegmentStore, name: string): Promise<Plan | undefined> {
  const bytes = await store.read(name);
  if (!bytes) return undefined;
  try {
    const checked = v.safeParse(plan, JSON.parse(new TextDecoder().decode(bytes)));
    return checked.success ? checked.output : undefined;
  } catch {
    return undefined;
  }
}

function fileOf(
  path: string,
  { bytes, segmentBytes }: Plan,
  read: (segment: number) => Promise<Bytes | undefined>,
): FoundFile {
  const slice = async (from: number, to: number) => {
    const end = Math.min(to, bytes);
    const content = new Uint8Array(Math.max(0, end - from));
    for (let at = from; at < end; ) {
      const segment = Math.floor(at / segmentBytes);
      const held = await read(segment);
      if (!held) throw new DownloadError("changed", "A part of the download is no longer stored.");
      const start = at - segment * segmentBytes;
      const part = held.subarray(start, Math.min(held.length, start + end - at));
      if (part.length === 0) throw new DownloadError("changed", "A part of the download has changed.");
      content.set(part, at - from);
      at += part.length;
    }
    return content;
  };
  return { path, bytes, slice, read: () => slice(0, bytes) };
}
