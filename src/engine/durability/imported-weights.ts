import { decodeSafetensors } from "../interchange/safetensors";
import type { NamedNumbers } from "../networks/parameters";
import { namedByHash } from "./named-by-hash";

const files = namedByHash("imported-weights", 8);

/** Stores a file of weights that has been checked. @returns its hash @throws StorageFull */
export const keepImported = files.keep;

/** Reads a file's tensors by its hash; undefined if it is not stored or does not match its hash. */
export async function findImported(hash: string): Promise<readonly NamedNumbers[] | undefined> {
  const file = await files.find(hash);
  return file && decodeSafetensors(new Uint8Array(await file.arrayBuffer())).tensors;
}
