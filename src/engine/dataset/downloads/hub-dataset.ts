import type { RejectedFile } from "../../../protocol/dataset";
import type { DownloadEntry } from "../../../protocol/downloads";
import type { FoundFile } from "../files";
import { comparePaths } from "../layout/paths";
import { Rejection } from "../rejection";
import type { Source } from "../source";
import { type Listing, plainListing } from "../sources";
import { batchSources } from "../tables/batch";
import { readParquet } from "../tables/parquet";
import { type CachedFileOptions, forgetCached, keepText, keptText, openCached } from "./cached-file";
import { fetchListing, filesIn, HUB, type HubFile, listingAddress } from "./hub";
import { DownloadError } from "./problem";
import { openRemote } from "./remote-file";

export interface HubRequest {
  readonly id: string;
  /** Maximum rows per part; undefined fetches and stores all of them. */
  readonly rows?: number | undefined;
  readonly hub?: string;
  /** Known properties of the whole dataset; one that differs is refused. */
  readonly expected?: Pick<DownloadEntry, "images" | "classNames"> | undefined;
}

export interface HubTask {
  readonly signal?: AbortSignal | undefined;
  /** Bytes of all files known so far. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

const partOf = ({ part, path }: HubFile) => part ?? path.replace(/-\d+\.parquet$/, "");

/**
 * Lists the images of a dataset on the hub. A fully fetched dataset needs no network. @throws DownloadError; the
 * signal's reason
 */
export async function listHubDataset(
  options: CachedFileOptions,
  { id, rows, hub = HUB, expected }: HubRequest,
  { signal, onProgress }: HubTask = {},
): Promise<Listing> {
  const address = listingAddress(id, hub);
  const isWhole = rows === undefined;
  const kept = isWhole ? await keptText(options.store, address) : undefined;
  const listing = kept ?? (await fetchListing(options.network, address, signal));
  const files = filesIn(listing, id, hub);
  const sources: Source[] = [];
  const rejected: RejectedFile[] = [];
  const finished = { done: 0, total: 0 };
  for (const hubFile of files) {
    let size = 0;
    const report = (done: number, total: number) => {
      size = total;
      onProgress?.(finished.done + done, finished.total + total);
    };
    const file: FoundFile = isWhole
      ? await openCached(options, hubFile.url, hubFile.path, { signal, onProgress: report })
      : await openRemote(options.network, hubFile.url, hubFile.path, signal);
    finished.done += size;
    finished.total += size;
    const siblings = files.filter((other) => partOf(other) === partOf(hubFile)).length;
    try {
      const batch = await readParquet(file, isWhole ? undefined : Math.ceil(rows / siblings));
      const reading = batchSources({ ...batch, part: hubFile.part });
      for (const source of reading.sources) sources.push(source);
      for (const file of reading.rejected) rejected.push(file);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      rejected.push(error.of(hubFile.path));
    }
  }
  const surprise = isWhole && expected ? surpriseIn(sources, expected) : undefined;
  if (surprise) {
    // A retry must not read the same bad content again.
    for (const url of [address, ...files.map((file) => file.url)]) await forgetCached(options.store, url);
    throw new DownloadError("changed", surprise);
  }
  if (isWhole && kept === undefined) await keepText(options.store, address, listing);
  return plainListing({ sources: sources.sort((a, b) => comparePaths(a.path, b.path)), rejected });
}

/** Describes how a whole dataset differs from the known one. */
function surpriseIn(
  sources: readonly Source[],
  { images, classNames }: NonNullable<HubRequest["expected"]>,
): string | undefined {
  for (const [part, purpose] of [
    ["train", "training"],
    ["test", "testing"],
  ] as const) {
    const count = sources.filter(({ placed }) => placed?.part === part).length;
    const wanted = images[part];
    if (count !== wanted)
      return `${wanted.toLocaleString("en")} images for ${purpose} were expected, but ${count.toLocaleString("en")} arrived.`;
  }
  const classes = new Set(sources.map(({ placed }) => placed?.className));
  return classes.size === classNames.length
    ? undefined
    : `${classNames.length} classes were expected, but ${classes.size} arrived.`;
}
