/** Datasets of the Hugging Face hub, through its listing of the Parquet files that it generates for each. */
import * as v from "valibot";
import type { DatasetPart } from "../../../protocol/dataset";
import { hubIdPattern } from "../../../protocol/downloads";
import { partOfWord } from "../tables/table-names";
import { type Network, persistently, request } from "./http";
import { DownloadError } from "./problem";

export const HUB = "https://huggingface.co";

export interface HubFile {
  readonly url: string;
  /** The path of its images in lists. */
  readonly path: string;
  /** Undefined for a split of another name, which is still to be divided. */
  readonly part: DatasetPart | undefined;
}

const MOST_FILES = 1_000;
const url = v.pipe(v.string(), v.url(), v.maxLength(2_000));
/** Configuration → split → files. */
const listing = v.record(v.string(), v.record(v.string(), v.pipe(v.array(url), v.maxLength(MOST_FILES))));

/** Returns the address of a dataset's file listing. @throws DownloadError for an invalid name */
export function listingAddress(id: string, hub = HUB): string {
  if (hubIdPattern.test(id)) return `${hub}/api/datasets/${id}/parquet`;
  throw new DownloadError("not-found", `«${id.slice(0, 60)}» is not the name of a dataset.`);
}

/** Fetches the listing's text. @throws DownloadError; the signal's reason */
export function fetchListing(network: Network, url: string, signal?: AbortSignal): Promise<string> {
  return persistently(network, signal, async () => {
    const response = await request(network, url, { signal: signal ?? null });
    return response.text();
  });
}

/** Returns the files of a dataset's default or only configuration. @throws DownloadError for an invalid listing */
export function filesIn(text: string, id: string, hub = HUB): readonly HubFile[] {
  const configurations = parse(text);
  const names = Object.keys(configurations);
  const chosen = names.includes("default") ? "default" : names[0];
  const splits = chosen === undefined ? {} : (configurations[chosen] ?? {});
  const files = Object.entries(splits).flatMap(([split, urls]) =>
    urls.map((address, number) => ({
      url: sameHub(address, hub),
      path: `${id}/${split}-${String(number).padStart(4, "0")}.parquet`,
      part: partOfWord(split),
    })),
  );
  if (files.length > 0) return files;
  throw new DownloadError("no-tables", "The hub has no tables of this dataset: it may consist of a script.");
}

/** Refuses addresses on servers other than the listing's own. */
function sameHub(address: string, hub: string): string {
  const [wanted, allowed] = [new URL(address), new URL(hub)];
  if (wanted.host === allowed.host && wanted.protocol === allowed.protocol) return address;
  throw new DownloadError("no-tables", `Its tables are on another server (${wanted.host}).`);
}

function parse(text: string): v.InferOutput<typeof listing> {
  try {
    const checked = v.safeParse(listing, JSON.parse(text));
    if (checked.success) return checked.output;
  } catch {
    // Falls through: this is not a listing.
  }
  throw new DownloadError("no-tables", "The hub lists no tables of this dataset.");
}
