/**
 * This page's files in the browser's origin private file system (OPFS). Writes are atomic: if the tab dies during
 * one, the old file remains.
 */
type Bytes = Uint8Array<ArrayBuffer>;

export interface PrivateFiles {
  /** Reads a file; undefined if it does not exist. */
  readonly read: (name: string) => Promise<Bytes | undefined>;
  /** A file, of which nothing is read yet; undefined if it does not exist. It cannot be read once it is replaced. */
  readonly file: (name: string) => Promise<File | undefined>;
  /** @throws StorageFull */
  readonly write: (name: string, parts: readonly (Bytes | Blob)[]) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
  readonly names: () => Promise<readonly string[]>;
  /** The size of a file in bytes; 0 if it does not exist. */
  readonly size: (name: string) => Promise<number>;
}

/** The browser grants no more storage. */
export class StorageFull extends Error {
  constructor() {
    super("The browser grants this page no more storage.");
    this.name = "StorageFull";
  }
}

const isNamed = (error: unknown, ...names: readonly string[]) =>
  error instanceof DOMException && names.includes(error.name);

/** Opens a folder of private files; undefined if the browser has no such file system or denies access. */
export async function openPrivateFiles(folder: string): Promise<PrivateFiles | undefined> {
  let directory: FileSystemDirectoryHandle;
  try {
    const root = await navigator.storage.getDirectory();
    directory = await root.getDirectoryHandle(folder, { create: true });
  } catch {
    return undefined;
  }
  const orMissing = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (isNamed(error, "NotFoundError")) return undefined;
      throw error;
    }
  };
  const file = async (name: string) => (await directory.getFileHandle(name)).getFile();
  return {
    read: (name) => orMissing(async () => new Uint8Array(await (await file(name)).arrayBuffer())),
    file: (name) => orMissing(() => file(name)),
    write: async (name, parts) => {
      let stream: FileSystemWritableFileStream | undefined;
      try {
        const handle = await directory.getFileHandle(name, { create: true });
        // The new content is kept in a separate file until the stream is closed.
        stream = await handle.createWritable();
        for (const part of parts) await stream.write(part);
        await stream.close();
      } catch (error) {
        await stream?.abort().catch(() => undefined);
        // Even creating a file needs storage.
        throw isNamed(error, "QuotaExceededError") ? new StorageFull() : error;
      }
    },
    remove: (name) => orMissing(() => directory.removeEntry(name)),
    size: async (name) => (await orMissing(() => file(name)))?.size ?? 0,
    names: async () => {
      const names: string[] = [];
      for await (const name of directory.keys()) names.push(name);
      return names.sort();
    },
  };
}
