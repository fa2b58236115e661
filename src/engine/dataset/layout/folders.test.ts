import fc from "fast-check";
import { expect, test } from "vitest";
import { layOut as layOutFiles } from "./folders";

const layOut = (paths: readonly string[]) => layOutFiles(paths.map((path) => ({ path })));

/** "path → class" or "path → part/class". */
function placed(paths: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    layOut(paths).images.map(({ path, className, part }) => [
      path,
      part ? `${part}/${className}` : className,
    ]),
  );
}

test("a folder of class folders", () => {
  expect(placed(["pets/cats/1.png", "pets/dogs/2.png"])).toEqual({
    "pets/cats/1.png": "cats",
    "pets/dogs/2.png": "dogs",
  });
});

test("class folders without a common folder", () => {
  expect(placed(["cats/1.png", "dogs/2.png"])).toEqual({ "cats/1.png": "cats", "dogs/2.png": "dogs" });
});

test("nested wrapper folders are removed", () => {
  expect(placed(["a/b/c/cats/1.png", "a/b/c/dogs/2.png"])).toEqual({
    "a/b/c/cats/1.png": "cats",
    "a/b/c/dogs/2.png": "dogs",
  });
});

test("folders within a class belong to it", () => {
  expect(placed(["pets/cats/indoors/1.png", "pets/cats/2.png", "pets/dogs/3.png"])).toEqual({
    "pets/cats/indoors/1.png": "cats",
    "pets/cats/2.png": "cats",
    "pets/dogs/3.png": "dogs",
  });
});

test("a single class keeps its own name", () => {
  expect(layOut(["pets/cats/1.png", "pets/cats/2.png"]).classNames).toEqual(["cats"]);
  expect(layOut(["cats/1.png"]).classNames).toEqual(["cats"]);
});

test("train, val and test are parts in any spelling", () => {
  const layout = layOut(["d/Train/cats/1.png", "d/VALID/cats/2.png", "d/test/dogs/3.png"]);
  expect(layout.images.map(({ part, className }) => [part, className])).toEqual([
    ["train", "cats"],
    ["validation", "cats"],
    ["test", "dogs"],
  ]);
  expect([...layout.partFolders].sort()).toEqual(["test", "train", "validation"]);
  for (const name of ["val", "valid", "validation"]) {
    expect(placed([`${name}/a/1.png`, "train/a/2.png"])[`${name}/a/1.png`]).toBe("validation/a");
  }
});

test("a class may be named train if its images lie directly in it", () => {
  expect(placed(["vehicles/train/1.png", "vehicles/bus/2.png"])).toEqual({
    "vehicles/train/1.png": "train",
    "vehicles/bus/2.png": "bus",
  });
});

test("train/ alone is removed like any wrapper folder", () => {
  const layout = layOut(["d/train/cats/1.png", "d/train/dogs/2.png"]);
  expect(layout.partFolders.size).toBe(0);
  expect(layout.classNames).toEqual(["cats", "dogs"]);
});

test("names of properties that objects inherit work as class names", () => {
  expect(layOut(["constructor/1.png", "__proto__/1.png"]).classNames).toEqual(["__proto__", "constructor"]);
});

test("images beside the class folders are rejected, and the rest is kept", () => {
  const layout = layOut(["pets/cover.png", "pets/cats/1.png", "pets/dogs/2.png"]);
  expect(layout.images).toHaveLength(2);
  expect(layout.rejected).toMatchObject([{ path: "pets/cover.png", reason: "no-class-folder" }]);
});

test("images beside the parts' folders, or directly in one, are rejected with the reason", () => {
  const layout = layOut(["train/cats/1.png", "train/dogs/2.png", "test/3.png", "docs/4.png", "5.png"]);
  expect(layout.images).toHaveLength(2);
  expect(layout.rejected.map(({ path, reason }) => [path, reason])).toEqual([
    ["test/3.png", "no-class-folder"],
    ["docs/4.png", "outside-parts"],
    ["5.png", "no-class-folder"],
  ]);
});

test("every image is placed or rejected exactly once; classes are sorted and none is empty", () => {
  const folder = fc.constantFrom("train", "Val", "test", "cats", "dogs", "a");
  const path = fc
    .tuple(fc.array(folder, { maxLength: 4 }), fc.nat(99))
    .map(([folders, n]) => [...folders, `${n}.png`].join("/"));
  fc.assert(
    fc.property(fc.uniqueArray(path, { maxLength: 30 }), (paths) => {
      const layout = layOut(paths);
      const seen = [...layout.images, ...layout.rejected].map((file) => file.path);
      expect(seen.sort()).toEqual([...paths].sort());
      expect(layout.classNames).toEqual([...new Set(layout.images.map((image) => image.className))].sort());
    }),
  );
});
