import { sha256Of } from "../dataset/identity/sha256";
import { openPrivateFiles } from "./private-files";

/** Files that the visitor imported, stored by their SHA-256, which experiments refer to. */
export interface NamedByHash {
  /** Stores a file that has been checked. @param known its hash, if that is known @returns its hash @throws StorageFull */
  readonly keep: (content: Blob, known?: string) => Promise<string>;
  /** A file by its hash, which is still to be read; undefined if it is not stored or does not match its hash. */
  readonly find: (hash: string) => Promise<Blob | undefined>;
}

/** "<milliseconds since 1970>-<hash>": names sort by age. */
const nameOf = (hash: string) => `${String(Date.now()).padStart(14, "0")}-${hash}`;

/** @param most if there are more, the oldest is deleted */
export const namedByHash = (folder: string, most: number): NamedByHash => ({
  keep: async (content, known) => {
    const hash = known ?? (await sha256Of(content));
    const files = await openPrivateFiles(folder);
    if (!files) throw new Error("The browser does not let this page use private files.");
    const names = await files.names();
    const again = names.filter((name) => name.endsWith(hash));
    await files.write(nameOf(hash), [content]);
    const others = names.filter((name) => !again.includes(name));
    const excess = others.slice(0, Math.max(0, others.length - (most - 1)));
    for (const name of [...again, ...excess]) await files.remove(name);
    return hash;
  },
  find: async (hash) => {
    const files = await openPrivateFiles(folder);
    const name = (await files?.names())?.find((one) => one.endsWith(hash));
    const content = name === undefined ? undefined : await files?.file(name);
    return content && (await sha256Of(content)) === hash ? content : undefined;
  },
});
