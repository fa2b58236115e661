import type { RejectedFile } from "../../../protocol/dataset";
import type { FoundFile } from "../files";
import { comparePaths } from "../paths";
import { Rejection } from "../rejection";
import type { Source } from "../source";
import type { Listing } from "../sources";
import { batchSources } from "../tables/batch";
import { readParquet } from "../tables/parquet";
import { type CachedFileOptions, openCached } from "./cached-file";
import { HUB, type HubFile, listHubFiles } from "./hub";
import { openRemote } from "./remote-file";

export interface HubRequest {
  readonly id: string;
  /** Of each part, at most; undefined fetches, and keeps, all there is. */
  readonly rows?: number | undefined;
  readonly hub?: string;
}

export interface HubTask {
  readonly signal?: AbortSignal | undefined;
  /** Bytes of all files that are known so far. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

const partOf = ({ part, path }: HubFile) => part ?? path.replace(/-\d+\.parquet$/, "");

/** Lists the images of a dataset on the hub. @throws DownloadError; the signal's reason */
export async function listHubDataset(
  options: CachedFileOptions,
  { id, rows, hub = HUB }: HubRequest,
  { signal, onProgress }: HubTask = {},
): Promise<Listing> {
  const files = await listHubFiles(options.network, id, { hub, signal });
  const sources: Source[] = [];
  const rejected: RejectedFile[] = [];
  const finished = { done: 0, total: 0 };
  for (const hubFile of files) {
    let size = 0;
    const report = (done: number, total: number) => {
      size = total;
      onProgress?.(finished.done + done, finished.total + total);
    };
    const file: FoundFile =
      rows === undefined
        ? await openCached(options, hubFile.url, hubFile.path, { signal, onProgress: report })
        : await openRemote(options.network, hubFile.url, hubFile.path, signal);
    finished.done += size;
    finished.total += size;
    const siblings = files.filter((other) => partOf(other) === partOf(hubFile)).length;
    try {
      const batch = await readParquet(file, rows === undefined ? undefined : Math.ceil(rows / siblings));
      const reading = batchSources({ ...batch, part: hubFile.part });
      for (const source of reading.sources) sources.push(source);
      for (const file of reading.rejected) rejected.push(file);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      rejected.push(error.of(hubFile.path));
    }
  }
  return { sources: sources.sort((a, b) => comparePaths(a.path, b.path)), rejected, ignored: 0 };
}
