import type { FileEntry } from "../../protocol/dataset";

/** Dropped or picked files with their paths. */
export interface FileSelection {
  /** Name of the folder or archive, used as the dataset's name. */
  readonly name: string;
  readonly files: readonly FileEntry[];
}

/** Browsers return a folder's entries at most 100 at a time, so read until none comes or reading fails. */
function readAll(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve) => {
    const all: FileSystemEntry[] = [];
    const next = () =>
      reader.readEntries(
        (entries) => {
          all.push(...entries);
          if (entries.length === 0) resolve(all);
          else next();
        },
        () => resolve(all),
      );
    next();
  });
}

const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File>((resolve, reject) => entry.file(resolve, reject));

/** Files opened in parallel: one after the other, a hundred thousand would take too long. */
const OPENED_AT_ONCE = 128;

/** A file that cannot be opened becomes an empty one, which the engine lists as rejected. */
async function opened(entry: FileSystemEntry): Promise<FileEntry> {
  const file = await fileOf(entry as FileSystemFileEntry).catch(() => new Blob());
  return { path: entry.fullPath.replace(/^\//, ""), file };
}

/** All files below the entries, in the browser's order. */
export async function filesBelow(entries: readonly FileSystemEntry[]): Promise<FileEntry[]> {
  const found: FileEntry[] = [];
  const folders: FileSystemDirectoryEntry[] = [];
  const take = async (some: readonly FileSystemEntry[]) => {
    for (const entry of some) if (entry.isDirectory) folders.push(entry as FileSystemDirectoryEntry);
    const files = some.filter(({ isDirectory }) => !isDirectory);
    for (let from = 0; from < files.length; from += OPENED_AT_ONCE) {
      found.push(...(await Promise.all(files.slice(from, from + OPENED_AT_ONCE).map(opened))));
    }
  };
  await take(entries);
  for (let folder = folders.pop(); folder; folder = folders.pop())
    await take(await readAll(folder.createReader()));
  return found;
}

/** Must be called within the event: afterwards the browser has emptied its data. */
export async function droppedFiles(data: DataTransfer): Promise<FileSelection> {
  const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const loose = [...data.files];
  if (entries.length === 0) return pickedFiles(loose);
  return { name: nameOf(entries.map(({ name }) => name)), files: await filesBelow(entries) };
}

export function pickedFiles(files: readonly File[]): FileSelection {
  const entries = files.map((file) => ({ path: file.webkitRelativePath || file.name, file }));
  return { name: nameOf(entries.map(({ path }) => path.split("/")[0] ?? path)), files: entries };
}

/** The name of the only folder or archive, without its extension. */
function nameOf(roots: readonly string[]): string {
  const distinct = [...new Set(roots)];
  const only = distinct.length === 1 ? distinct[0] : undefined;
  return only?.replace(/\.(zip|png|jpe?g|webp|gif|bmp|avif)$/i, "").trim() || "Images";
}
