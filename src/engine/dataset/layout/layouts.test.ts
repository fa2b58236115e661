/** Random layouts as found in practice: the right class and part for every image, or a refusal that names the file. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { DatasetPart } from "../../../protocol/dataset";
import { archiveFolders } from "./archive-folders";
import { findAsides } from "./asides";
import { type FolderLayout, layOut } from "./folders";

interface Made {
  readonly path: string;
  readonly className: string;
  readonly part: DatasetPart | undefined;
}

const classNames = [
  "cat",
  "dog",
  "Möwe",
  "n01443537",
  "0",
  "14",
  "test tube",
  "train station",
  "no_mask",
  "images of x",
];
const classes = fc.uniqueArray(fc.constantFrom(...classNames), { minLength: 2, maxLength: 4 });
const wrapping = fc.constantFrom("", "data", "my dataset", "a/b", "images");
const spellings: Readonly<Record<DatasetPart, readonly string[]>> = {
  train: [
    "train",
    "Train",
    "training",
    "training_set",
    "train1",
    "trainset",
    "TrainImages",
    "seg_train",
    "train-data",
  ],
  validation: ["val", "valid", "validation", "Validation Set", "val2017", "dev", "seg_val", "val_images"],
  test: ["test", "TEST", "testing", "test_set", "test1", "testset", "TestImages", "seg_test", "test-data"],
};
const spelledLike = (name: string) => /^seg/.test(name);
/** Two or three parts in one spelling: `seg_train` beside `seg_test`. */
const partNames = fc
  .record({
    train: fc.constantFrom(...spellings.train),
    validation: fc.option(fc.constantFrom(...spellings.validation), { nil: undefined }),
    test: fc.constantFrom(...spellings.test),
  })
  .filter(({ train, validation, test: held }) =>
    [validation, held].every((name) => name === undefined || spelledLike(name) === spelledLike(train)),
  );

const joined = (...segments: readonly (string | undefined)[]) => segments.filter(Boolean).join("/");
const located = (images: readonly Made[]) => images.map(({ path }) => ({ path, bytes: path.length }));

function expectRight(layout: FolderLayout, images: readonly Made[]): void {
  const found = new Map(layout.images.map((image) => [image.path, image]));
  for (const { path, className, part } of images) {
    expect(found.get(path), path).toMatchObject({ className });
    expect(found.get(path)?.part, path).toBe(part);
  }
  expect([...layout.classNames].sort()).toEqual([...new Set(images.map((image) => image.className))].sort());
}

function imagesIn(folder: string, className: string, part: DatasetPart | undefined, count = 3): Made[] {
  return Array.from({ length: count }, (_, i) => ({ path: `${folder}/${i}.png`, className, part }));
}

test("parts are recognized in any spelling, above or within classes, wrapped or nested in themselves", () => {
  const nesting = fc.constantFrom("above", "within", "twice", "images");
  fc.assert(
    fc.property(wrapping, classes, partNames, nesting, (root, names, parts, how) => {
      const images = Object.entries(parts).flatMap(([part, folder]) =>
        names.flatMap((className) => {
          if (folder === undefined) return [];
          const inner = {
            above: joined(root, folder, className),
            within: joined(root, className, folder),
            twice: joined(root, folder, folder, className),
            images: joined(root, folder, className, "images"),
          }[how];
          return imagesIn(inner, className, part as DatasetPart);
        }),
      );
      expectRight(layOut(located(images)), images);
    }),
  );
});

test("names with class and part give both", () => {
  const images = ["dogs", "cats"].flatMap((className) =>
    (["train", "test"] as const).flatMap((part) => imagesIn(`d/${className}_${part}`, className, part)),
  );
  const layout = layOut(located(images));
  expectRight(layout, images);
  expect(layout.notices).toMatchObject([{ kind: "parts-guessed", offer: "folders" }]);
});

test("parts without class folders are not classes in any spelling", () => {
  fc.assert(
    fc.property(wrapping, partNames, (root, parts) => {
      const paths = Object.values(parts).flatMap((folder) =>
        folder === undefined ? [] : [`${joined(root, folder)}/1.png`, `${joined(root, folder)}/2.png`],
      );
      const layout = layOut(paths.map((path) => ({ path })));
      expect(layout.images).toEqual([]);
      expect(layout.rejected.map(({ path }) => path).sort()).toEqual([...paths].sort());
    }),
  );
});

test("masks beside images are not a class at any depth, and the images are kept", () => {
  const imageFolder = fc.constantFrom("images", "Images", "imgs", "JPEGImages", "img");
  const drawings = fc.constantFrom(
    "masks",
    "annotations",
    "labels",
    "Trimaps",
    "ground_truth",
    "SegmentationClass",
    "gt",
  );
  const where = fc.constantFrom("within", "above");
  fc.assert(
    fc.property(wrapping, classes, imageFolder, drawings, where, (root, names, folder, aside, how) => {
      const place = (name: string, kind: string) =>
        how === "within" ? joined(root, name, kind) : joined(root, kind, name);
      const images = names.flatMap((name) => imagesIn(place(name, folder), name, undefined));
      const masks = names.flatMap((name) => imagesIn(place(name, aside), name, undefined));
      const asides = findAsides([...images, ...masks].map(({ path }) => path));
      expect([...asides.keys()].sort()).toEqual(masks.map(({ path }) => path).sort());
      expectRight(layOut(located(images)), images);
    }),
  );
});

test("folders distinguished by the word mask are classes", () => {
  for (const names of [
    ["with_mask", "without_mask"],
    ["mask", "no mask"],
    ["label", "bottle"],
  ]) {
    expect(findAsides(names.map((name) => `faces/${name}/1.png`)).size).toBe(0);
  }
});

test("a mask is also recognized by the name of its image", () => {
  const paths = ["benign/a (1).png", "benign/a (1)_mask.png", "benign/a (1)_mask_1.png", "benign/b_mask.png"];
  expect([...findAsides(paths).keys()]).toEqual(paths.slice(1, 3));
});

test("a folder that repeats its siblings is not a class: copies are left out, other images join their class", () => {
  const depth = fc.integer({ min: 1, max: 3 });
  fc.assert(
    fc.property(wrapping, classes, depth, fc.boolean(), (root, names, levels, areCopies) => {
      const images = names.flatMap((name) => imagesIn(joined(root, name), name, undefined));
      const within = Array(levels).fill("more").join("/");
      const others = names.flatMap((name) =>
        imagesIn(joined(root, within, name), name, undefined).map((image) =>
          areCopies ? image : { ...image, path: image.path.replace(/(\d)\.png$/, "9$1.png") },
        ),
      );
      const files = [...images, ...others].map(({ path }) => ({
        path,
        bytes: path.length % 7 === 8 ? 1 : 5,
      }));
      const layout = layOut(files);
      expectRight(layout, areCopies ? images : [...images, ...others]);
      expect(layout.rejected.map(({ reason }) => reason)).toEqual(areCopies ? others.map(() => "copy") : []);
    }),
  );
});

test("folders repeated within each class are offered as the classes; within cross-validation folds they are the classes", () => {
  const [outer, inner] = [
    ["indoors", "outdoors"],
    ["cat", "dog"],
  ];
  const paths = (tops: readonly string[]) =>
    tops.flatMap((top) => inner.map((name) => ({ path: `${top}/${name}/1.png` })));
  const guessed = layOut(paths(outer));
  expect(guessed.classNames).toEqual(outer);
  expect(guessed.notices).toMatchObject([{ kind: "inner-folders", names: inner, offer: "inner" }]);
  const chosen = layOut(paths(outer), { reading: new Set(["inner"]) });
  expect(chosen.classNames).toEqual(inner);
  expect(layOut(paths(["fold1", "fold2", "fold3"])).classNames).toEqual(inner);
});

test("archives are folders only if their images are in none, or if they name a part", () => {
  const how = fc.constantFrom("class", "tree", "parts", "nested");
  fc.assert(
    fc.property(classes, how, fc.boolean(), (names, kind, wrapped) => {
      const within = wrapped ? "all" : "";
      const images: Made[] = [];
      const archives: string[] = [];
      const put = (archive: string, inner: string, className: string, part?: DatasetPart) => {
        const folder = joined(within, archive);
        archives.push(folder);
        images.push(...imagesIn(joined(folder, inner), className, part));
      };
      for (const name of names) {
        if (kind === "class") put(name, "", name);
        if (kind === "tree")
          for (const n of [1, 2]) put(`birds-20240105T101112Z-00${n}`, `birds/${name}`, name);
        if (kind === "parts") for (const part of ["train", "test"] as const) put(part, name, name, part);
        if (kind === "nested") {
          put("train", `train/${name}`, name, "train");
          put("test", `test/${name}`, name, "test");
        }
      }
      if (wrapped) archives.push("all");
      const folders = archiveFolders(
        images.map(({ path }) => path),
        [...new Set(archives)],
      );
      expectRight(layOut(located(images), { archives: folders }), images);
    }),
  );
});

test("classes in file names are offered with a preview, and used once chosen", () => {
  const separator = fc.constantFrom(".", "_", "-", " ", "");
  const names = fc.uniqueArray(fc.constantFrom("cat", "dog", "Great Dane", "Möwe"), { minLength: 2 });
  fc.assert(
    fc.property(names, separator, fc.boolean(), (chosen, between, divided) => {
      const folder = divided ? "train" : "photos";
      const images = chosen.flatMap((className) =>
        Array.from({ length: 4 }, (_, i) => ({
          path: `${folder}/${className}${between}${i}.png`,
          className,
          part: divided ? ("train" as const) : undefined,
        })),
      );
      const unlabeled = divided ? ["test1/1.png", "test1/2.png"] : [];
      const files = [...images.map(({ path }) => path), ...unlabeled].map((path) => ({ path }));
      const refused = layOut(files);
      expect(refused.classNames.length).toBeLessThan(2);
      expect(refused.namesOffer?.classes.map(({ className, count }) => [className, count])).toEqual(
        [...chosen].sort().map((name) => [name, 4]),
      );
      const layout = layOut(files, { reading: new Set(["names"]) });
      expectRight(layout, images);
      expect(layout.rejected.map(({ path }) => path)).toEqual(unlabeled);
    }),
  );
});
