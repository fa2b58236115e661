/**
 * Files of this page's own, in the browser's private file system (OPFS). A write replaces a file as a whole or, when
 * the tab dies in the middle of it, not at all.
 */
type Bytes = Uint8Array<ArrayBuffer>;

export interface PrivateFiles {
  /** Undefined where there is no such file. */
  readonly read: (name: string) => Promise<Bytes | undefined>;
  /** @throws StorageFull */
  readonly write: (name: string, parts: readonly Bytes[]) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
  readonly names: () => Promise<readonly string[]>;
}

/** The browser grants no more room. */
export class StorageFull extends Error {
  constructor() {
    super("The browser grants this page no more storage.");
    this.name = "StorageFull";
  }
}

const isNamed = (error: unknown, ...names: readonly string[]) =>
  error instanceof DOMException && names.includes(error.name);

/** One folder of them; undefined where the browser has no such file system, or keeps pages from it. */
export async function openPrivateFiles(folder: string): Promise<PrivateFiles | undefined> {
  let directory: FileSystemDirectoryHandle;
  try {
    const root = await navigator.storage.getDirectory();
    directory = await root.getDirectoryHandle(folder, { create: true });
  } catch {
    return undefined;
  }
  return {
    read: async (name) => {
      try {
        const handle = await directory.getFileHandle(name);
        return new Uint8Array(await (await handle.getFile()).arrayBuffer());
      } catch (error) {
        if (isNamed(error, "NotFoundError")) return undefined;
        throw error;
      }
    },
    write: async (name, parts) => {
      let stream: FileSystemWritableFileStream | undefined;
      try {
        const handle = await directory.getFileHandle(name, { create: true });
        // What is written lies beside the file until it is closed.
        stream = await handle.createWritable();
        for (const part of parts) await stream.write(part);
        await stream.close();
      } catch (error) {
        await stream?.abort().catch(() => undefined);
        // Even to begin a file takes room.
        throw isNamed(error, "QuotaExceededError") ? new StorageFull() : error;
      }
    },
    remove: async (name) => {
      try {
        await directory.removeEntry(name);
      } catch (error) {
        if (!isNamed(error, "NotFoundError")) throw error;
      }
    },
    names: async () => {
      const names: string[] = [];
      for await (const name of directory.keys()) names.push(name);
      return names.sort();
    },
  };
}
