import { sha256 } from "../dataset/identity/sha256";
import { openPrivateFiles } from "./private-files";

/** Files that the visitor imported, stored by their SHA-256, which experiments refer to. */
export interface NamedByHash {
  /** Stores a file that has been checked. @returns its hash @throws StorageFull */
  readonly keep: (bytes: Uint8Array<ArrayBuffer>) => Promise<string>;
  /** A file by its hash; undefined if it is not stored or does not match its hash. */
  readonly find: (hash: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/** "<milliseconds since 1970>-<hash>": names sort by age. */
const nameOf = (hash: string) => `${String(Date.now()).padStart(14, "0")}-${hash}`;

/** @param most if there are more, the oldest is deleted */
export const namedByHash = (folder: string, most: number): NamedByHash => ({
  keep: async (bytes) => {
    const hash = await sha256(bytes);
    const files = await openPrivateFiles(folder);
    if (!files) throw new Error("The browser does not let this page use private files.");
    const names = await files.names();
    const again = names.filter((name) => name.endsWith(hash));
    await files.write(nameOf(hash), [bytes]);
    const others = names.filter((name) => !again.includes(name));
    const excess = others.slice(0, Math.max(0, others.length - (most - 1)));
    for (const name of [...again, ...excess]) await files.remove(name);
    return hash;
  },
  find: async (hash) => {
    const files = await openPrivateFiles(folder);
    const name = (await files?.names())?.find((one) => one.endsWith(hash));
    const bytes = name && (await files?.read(name));
    return bytes && (await sha256(bytes)) === hash ? bytes : undefined;
  },
});
