/** Folders as found in practice. */
import { type FieldCase, numbers, pair, pets } from "./field-case.testing";
import { several } from "./made-files.testing";

export const folderCases: readonly FieldCase[] = [
  { name: "folders of classes", files: pair((name) => `pets/${name}`), classes: pets, counts: { pool: 16 } },
  {
    name: "parts with underscores and numbers",
    files: {
      ...pair((name) => `d/training_set/training_set/${name}`),
      ...pair((name) => `d/test1/${name}`, 3),
    },
    classes: pets,
    counts: { pool: 16, test: 6 },
    notices: ["parts-guessed"],
  },
  {
    name: "parts within the classes",
    files: { ...pair((name) => `d/${name}/train`), ...pair((name) => `d/${name}/val`, 3) },
    classes: pets,
    counts: { pool: 16, validation: 6 },
  },
  {
    name: "parts without class folders",
    files: { ...several("d/train", "r", 5), ...several("d/valid", "g", 5) },
    refused: "no-classes",
  },
  {
    name: "photos and their masks",
    files: { ...pair((name) => `d/${name}/images`), ...pair((name) => `d/${name}/masks`) },
    classes: pets,
    counts: { pool: 16 },
    notices: ["asides-left-out"],
  },
  {
    name: "faces with and without a mask",
    files: { ...several("faces/with_mask", "r", 6), ...several("faces/without_mask", "g", 6) },
    classes: { with_mask: "r", without_mask: "g" },
  },
  {
    name: "a folder that repeats its siblings",
    files: (() => {
      const own = pair((name) => `plants/${name}`);
      const again = Object.entries(own).map(([path, bytes]) => [
        path.replace("plants/", "plants/plants/"),
        bytes,
      ]);
      return { ...own, ...Object.fromEntries(again) };
    })(),
    classes: pets,
    counts: { pool: 16 },
    notices: ["copies-left-out"],
  },
  {
    name: "the parts, and all of it once more beside them",
    files: (() => {
      const own = { ...pair((name) => `x/train/${name}`), ...pair((name) => `x/test/${name}`, 4) };
      const again = Object.entries(own).map(([path, bytes]) => [path.replace("x/", "x/x/"), bytes]);
      return { ...own, ...Object.fromEntries(again) };
    })(),
    classes: pets,
    counts: { pool: 16, test: 8 },
    notices: ["copies-left-out"],
  },
  {
    name: "the same folders within each class",
    files: {
      ...several("d/cat/inside", "r", 4),
      ...several("d/cat/outside", "r", 4),
      ...several("d/dog/inside", "g", 4),
      ...several("d/dog/outside", "g", 4),
    },
    classes: pets,
    notices: ["inner-folders"],
  },
  {
    name: "kinds of animals and of vehicles",
    files: {
      ...several("d/animals/cat", "r", 4),
      ...several("d/animals/dog", "r", 4),
      ...several("d/vehicles/car", "g", 4),
      ...several("d/vehicles/tram", "g", 4),
    },
    classes: { animals: "r", vehicles: "g" },
    counts: { pool: 16 },
    notices: ["inner-folders"],
  },
  {
    name: "folds of a cross-validation",
    files: {
      ...pair((name) => `d/fold1/${name}`),
      ...pair((name) => `d/fold2/${name}`),
      ...several("d/fold3/cat", "r", 4),
    },
    classes: pets,
    counts: { pool: 36 },
    notices: ["outer-folders"],
  },
  {
    name: "numbered batches without class folders",
    files: { ...several("d/batch_1", "r", 5), ...several("d/batch_2", "g", 5) },
    refused: "no-classes",
  },
  {
    name: "parts of a competition, `Training`, `PublicTest`, `PrivateTest`",
    files: {
      ...pair((name) => `fer/Training/${name}`),
      ...pair((name) => `fer/PublicTest/${name}`, 3),
      ...pair((name) => `fer/PrivateTest/${name}`, 2),
    },
    classes: pets,
    counts: { pool: 16, test: 10 },
    notices: ["parts-guessed"],
  },
  {
    name: "everything but the test set in `trainval`",
    files: { ...pair((name) => `d/trainval/${name}`), ...pair((name) => `d/test/${name}`, 3) },
    classes: pets,
    counts: { pool: 16, test: 6 },
  },
  {
    name: "originals beside masks",
    files: { ...pair((name) => `d/original/${name}`), ...pair((name) => `d/mask/${name}`) },
    classes: pets,
    counts: { pool: 16 },
    notices: ["asides-left-out"],
  },
  {
    name: "a camera's card",
    files: { ...several("DCIM/100CANON", "r", 5), ...several("DCIM/101CANON", "g", 5) },
    refused: "no-classes",
  },
  {
    name: "thumbnails of a network drive",
    files: {
      ...pair((name) => `d/${name}`),
      ...pair((name) => `d/${name}/@eaDir/0.png`),
      ...pair(() => "d/#recycle"),
    },
    classes: pets,
    counts: { pool: 16 },
  },
  {
    name: "three hundred classes",
    files: Object.assign({}, ...numbers(300).map((at) => several(`many/${at}`, "r", 3))),
    classes: Object.fromEntries(numbers(300).map((at) => [String(at), "r" as const])),
    counts: { pool: 900 },
  },
  {
    name: "names that differ by case and blanks",
    files: { ...several("d/Dog ", "r", 4), ...several("d/dog", "g", 4) },
    classes: { "Dog ": "r", dog: "g" },
    notices: ["classes-alike"],
  },
  {
    name: "names in two Unicode forms",
    files: {
      ...several("d/Caf\u00e9", "r", 4),
      ...several("d/Cafe\u0301", "r", 4, (at) => `b${at}.png`),
      ...several("d/tea", "g", 4),
    },
    classes: { "Caf\u00e9": "r", tea: "g" },
    counts: { pool: 12 },
  },
  {
    name: "a class that is missing in a part",
    files: { ...pair((name) => `d/train/${name}`), ...several("d/test/cat", "r", 3) },
    refused: "too-few-images",
  },
  {
    name: "classes in the names of the files",
    files: {
      ...several("d/train", "r", 6, (at) => `cat.${at}.png`),
      ...several("d/train", "g", 6, (at) => `dog.${at}.png`),
      ...several("d/test1", "b", 4),
    },
    refused: "no-classes",
  },
  {
    name: "classes in the names of the files, once chosen",
    files: {
      ...several("d/train", "r", 6, (at) => `cat.${at}.png`),
      ...several("d/train", "g", 6, (at) => `dog.${at}.png`),
      ...several("d/test1", "b", 4),
    },
    reading: "names",
    classes: pets,
    counts: { pool: 12 },
    notices: ["names-read", "parts-guessed", "unlabelled-left-out"],
  },
];
