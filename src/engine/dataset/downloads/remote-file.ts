import type { FoundFile } from "../files";
import { fetchRange, type Network, persistently, sizeOf } from "./http";

/** A file on a server that is fetched only in the ranges read. @throws DownloadError if it does not exist */
export async function openRemote(
  network: Network,
  url: string,
  path: string,
  signal?: AbortSignal,
): Promise<FoundFile> {
  const { bytes } = await persistently(network, signal, () => sizeOf(network, url, signal));
  const slice = async (from: number, to: number) => {
    const end = Math.min(to, bytes);
    if (end <= from) return new Uint8Array(0);
    return persistently(network, signal, () => fetchRange(network, url, from, end, { signal }));
  };
  return { path, bytes, slice, read: () => slice(0, bytes) };
}
