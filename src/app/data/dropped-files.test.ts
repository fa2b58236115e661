import { expect, test } from "vitest";
import { filesBelow, pickedFiles } from "./dropped-files";

/** A folder that returns its entries as browsers do: at most 100 at a time, then none. */
function folder(path: string, entries: readonly FileSystemEntry[]): FileSystemEntry {
  return {
    isDirectory: true,
    isFile: false,
    fullPath: path,
    createReader: () => {
      let at = 0;
      return {
        readEntries: (take: (entries: FileSystemEntry[]) => void) => {
          at += 100;
          take(entries.slice(at - 100, at));
        },
      };
    },
  } as unknown as FileSystemEntry;
}

function file(path: string, readable = true): FileSystemEntry {
  const open = (take: (file: Blob) => void, fail: (error: Error) => void) =>
    readable ? take(new Blob([path])) : fail(new Error("gone"));
  return { isDirectory: false, isFile: true, fullPath: path, file: open } as unknown as FileSystemEntry;
}

test("a folder of more than a hundred files is read to its end, with paths inside the selection", async () => {
  const cats = Array.from({ length: 250 }, (_, at) => file(`/pets/cats/${at}.png`));
  const found = await filesBelow([folder("/pets", [folder("/pets/cats", cats), file("/pets/dogs.txt")])]);
  expect(found).toHaveLength(251);
  expect(new Set(found.map(({ path }) => path)).size).toBe(251);
  expect(found.every(({ path }) => path.startsWith("pets/"))).toBe(true);
});

test("a file that cannot be opened is passed on as an empty one, and no other file is lost", async () => {
  const found = await filesBelow([folder("/pets", [file("/pets/a.png", false), file("/pets/b.png")])]);
  expect(found.map(({ path, file: blob }) => [path, blob.size > 0])).toEqual([
    ["pets/a.png", false],
    ["pets/b.png", true],
  ]);
});

test("a selection is named after its only folder or archive, otherwise by a general name", () => {
  expect(pickedFiles([new File(["x"], "flowers.zip")]).name).toBe("flowers");
  expect(pickedFiles([new File(["x"], "a.png"), new File(["x"], "b.png")]).name).toBe("Images");
});

test("a folder with more files than a call can have arguments is read to its end", async () => {
  const count = 150_000;
  const many = Array.from({ length: count }, (_, at) => file(`/many/${at}.png`));
  expect(await filesBelow([folder("/many", many)])).toHaveLength(count);
});
