import { sha256 } from "../dataset/identity/sha256";
import { decodeSafetensors } from "../interchange/safetensors";
import type { NamedNumbers } from "../networks/parameters";
import { openPrivateFiles } from "./private-files";

/** Weights that the visitor imported, stored by their SHA-256, which experiments refer to. */

const FOLDER = "imported-weights";
/** If there are more, the oldest is deleted. */
const MOST_FILES = 8;
/** "<milliseconds since 1970>-<hash>": names sort by age. */
const nameOf = (hash: string) => `${String(Date.now()).padStart(14, "0")}-${hash}`;

/** Stores a file that has been checked. @returns its hash @throws StorageFull */
export async function keepImported(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = await sha256(bytes);
  const files = await openPrivateFiles(FOLDER);
  if (!files) throw new Error("The browser does not let this page use private files.");
  const names = await files.names();
  const again = names.filter((name) => name.endsWith(hash));
  await files.write(nameOf(hash), [bytes]);
  const others = names.filter((name) => !again.includes(name));
  const excess = others.slice(0, Math.max(0, others.length - (MOST_FILES - 1)));
  for (const name of [...again, ...excess]) await files.remove(name);
  return hash;
}

/** Reads a file's tensors by its hash; undefined if it is not stored or does not match its hash. */
export async function findImported(hash: string): Promise<readonly NamedNumbers[] | undefined> {
  const files = await openPrivateFiles(FOLDER);
  const name = (await files?.names())?.find((one) => one.endsWith(hash));
  const bytes = name && (await files?.read(name));
  if (!bytes || (await sha256(bytes)) !== hash) return undefined;
  return decodeSafetensors(bytes).tensors;
}
