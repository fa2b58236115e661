/** Situations as people have them, and what is right for each. docs/field.md lists them by name. */
import type { DatasetNoticeKind, DatasetProblem, Reading } from "../../../protocol/dataset";
import {
  type Color,
  type Files,
  heic,
  oldZip,
  ppm,
  several,
  shallowPng,
  square,
  tarOf,
  text,
  zip,
} from "./made-files.testing";

export interface FieldCase {
  readonly name: string;
  readonly files: Files;
  readonly reading?: Reading;
  /** Classes with their colors; colors are not judged where there is none. */
  readonly classes?: Readonly<Record<string, Color | "">>;
  /** Images of each part that comes from folders or tables, and of the pool that the others are drawn from. */
  readonly counts?: Partial<Record<"pool" | "validation" | "test", number>>;
  readonly notices?: readonly DatasetNoticeKind[];
  readonly refused?: DatasetProblem["kind"];
  /** In some reason why a file was left out. */
  readonly reason?: RegExp;
}

const pair = (place: (name: string) => string, count = 8): Files => ({
  ...several(place("cat"), "r", count),
  ...several(place("dog"), "g", count),
});
const pets = { cat: "r", dog: "g" } as const;
const rows = (lines: readonly (readonly (string | number)[])[], separator = ",") =>
  text(lines.map((line) => line.join(separator)).join("\n"));
const colorAt = (at: number): Color => (at % 2 === 0 ? "r" : "g");
const classAt = (at: number) => (at % 2 === 0 ? "cat" : "dog");
const mixed = (folder: string, count: number, nameOf = (at: number) => `${at}.png`): Files =>
  Object.assign(
    {},
    ...Array.from({ length: count }, (_, at) => several(folder, colorAt(at), 1, () => nameOf(at))),
  );
const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);

const layouts: readonly FieldCase[] = [
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
    name: "folds of a cross-validation",
    files: { ...pair((name) => `d/fold1/${name}`), ...pair((name) => `d/fold2/${name}`) },
    classes: pets,
    notices: ["outer-folders"],
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

const halves = Object.entries(pair((name) => `birds/${name}`));
const archives: readonly FieldCase[] = [
  {
    name: "one folder in two downloads of a drive",
    files: {
      "birds-20240105T101112Z-001.zip": zip(Object.fromEntries(halves.filter((_, at) => at % 2 === 0))),
      "birds-20240105T101112Z-002.zip": zip(Object.fromEntries(halves.filter((_, at) => at % 2 === 1))),
    },
    classes: pets,
    counts: { pool: 16 },
  },
  {
    name: "an archive for each part",
    files: { "train.zip": zip(pair((name) => name)), "test.zip": zip(pair((name) => `test/${name}`, 4)) },
    classes: pets,
    counts: { pool: 16, test: 8 },
  },
  {
    name: "an archive for each class",
    files: { "cat-samples.zip": zip(several("", "r", 6)), "dog-samples.zip": zip(several("", "g", 6)) },
    classes: pets,
    counts: { pool: 12 },
  },
  {
    name: "archives within an archive",
    files: {
      "all.zip": zip({
        "cat-samples.zip": zip(several("", "r", 6)),
        "dog-samples.zip": zip(several("", "g", 6)),
      }),
    },
    classes: pets,
    counts: { pool: 12 },
  },
  {
    name: "an archive of one class alone",
    files: { "cat.zip": zip(several("", "r", 6)) },
    refused: "single-class",
  },
  {
    name: "names in code page 437",
    files: {
      "t.zip": oldZip(
        { ...several("t/M~we", "r", 4), ...several("t/B^r", "g", 4) },
        { "~": 0x94, "^": 0x84 },
      ),
    },
    classes: { Möwe: "r", Bär: "g" },
  },
  {
    name: "names in Shift-JIS",
    files: {
      "t.zip": oldZip(
        { ...several("~^", "r", 4), ...several("`{", "g", 4) },
        { "~": 0x94, "^": 0x4c, "`": 0x8c, "{": 0xa2 },
      ),
    },
    classes: { 猫: "r", 犬: "g" },
    notices: ["encoding-guessed"],
  },
  {
    name: "shards of WebDataset",
    files: Object.fromEntries(
      ["train", "val"].map((part, shard) => [
        `${part}-0000.tar`,
        tarOf(
          Object.assign(
            {},
            ...numbers(8).map((at) => ({
              ...several("", colorAt(at), 1, () => `${shard}${at}.png`),
              [`${shard}${at}.cls`]: text(String(at % 2)),
              [`${shard}${at}.json`]: text('{"caption": "a square"}'),
            })),
          ),
        ),
      ]),
    ),
    classes: { 0: "r", 1: "g" },
    counts: { pool: 8, validation: 8 },
  },
];

const tables: readonly FieldCase[] = [
  {
    name: "a list in lines of JSON for each part",
    files: {
      ...mixed("d/train", 12),
      ...mixed("d/test", 6),
      ...Object.fromEntries(
        (["train", "test"] as const).map((part) => [
          `d/${part}/metadata.jsonl`,
          text(
            numbers(part === "train" ? 12 : 6)
              .map((at) => JSON.stringify({ file_name: `${at}.png`, label: classAt(at) }))
              .join("\n"),
          ),
        ]),
      ),
    },
    classes: pets,
    counts: { pool: 12, test: 6 },
  },
  {
    name: "an index column before the names",
    files: {
      ...mixed("d/images", 12),
      "d/labels.csv": rows([
        ["", "filename", "label"],
        ...numbers(12).map((at) => [11 - at, `${at}.png`, classAt(at)]),
      ]),
    },
    classes: pets,
    counts: { pool: 12 },
  },
  {
    name: "paths of Windows",
    files: {
      ...mixed("d/images", 12),
      "d/labels.csv": rows([
        ["path", "label"],
        ...numbers(12).map((at) => [`C:\\Users\\me\\images\\${at}.png`, classAt(at)]),
      ]),
    },
    classes: pets,
    notices: ["matched-by-end"],
  },
  {
    name: "names in other case",
    files: {
      ...mixed("d/img", 12, (at) => `IMG_${at}.PNG`),
      "d/labels.csv": rows([["file", "class"], ...numbers(12).map((at) => [`img_${at}.png`, classAt(at)])]),
    },
    classes: pets,
    notices: ["matched-by-case"],
  },
  {
    name: "names that fit two files",
    files: {
      ...mixed("d/a", 6),
      ...mixed("d/b", 6),
      "d/labels.csv": rows([["file", "label"], ...numbers(6).map((at) => [`${at}.png`, classAt(at)])]),
    },
    reason: /which fits «.*a\/0.png» and «.*b\/0.png»/,
    refused: "no-images",
  },
  {
    name: "lists with blanks",
    files: {
      ...mixed("d/jpg", 16),
      "d/train_list.txt": rows(
        numbers(12).map((at) => [`jpg/${at}.png`, at % 2]),
        " ",
      ),
      "d/val_list.txt": rows(
        numbers(4).map((at) => [`jpg/${12 + at}.png`, at % 2]),
        " ",
      ),
    },
    classes: { 0: "r", 1: "g" },
    counts: { pool: 12, validation: 4 },
  },
  {
    name: "Tiny ImageNet",
    files: {
      ...several("t/train/n01/images", "r", 6),
      ...several("t/train/n02/images", "g", 6),
      ...mixed("t/val/images", 4, (at) => `val_${at}.png`),
      "t/val/val_annotations.txt": rows(
        numbers(4).map((at) => [`val_${at}.png`, at % 2 ? "n02" : "n01", 0, 1, 2 + at, 9]),
        "\t",
      ),
      ...several("t/test/images", "b", 4, (at) => `test_${at}.png`),
      "t/words.txt": text("n01\tgoldfish, Carassius auratus\nn02\tEgyptian cat\nn03\tax, axe\n"),
    },
    classes: { "goldfish, Carassius auratus": "r", "Egyptian cat": "g" },
    counts: { pool: 12, validation: 4 },
    notices: ["unlabelled-left-out", "names-shown"],
  },
  {
    name: "a column for each class",
    files: {
      ...mixed("d/images", 12, (at) => `Train_${at}.png`),
      "d/train.csv": rows([
        ["image_id", "cat", "dog"],
        ...numbers(12).map((at) => [`Train_${at}`, 1 - (at % 2), at % 2]),
      ]),
    },
    classes: pets,
    counts: { pool: 12 },
  },
  {
    name: "a separate table for the held-out part",
    files: {
      ...several("g/Train/0", "r", 6),
      ...several("g/Train/1", "g", 6),
      ...mixed("g/Test", 6, (at) => `0000${at}.png`),
      ...mixed("g/Meta", 2),
      "g/Test.csv": rows([
        ["Width", "ClassId", "Path"],
        ...numbers(6).map((at) => [30, at % 2, `Test/0000${at}.png`]),
      ]),
      "g/Meta.csv": rows([
        ["Path", "ClassId"],
        ["Meta/0.png", 0],
        ["Meta/1.png", 1],
      ]),
    },
    classes: { 0: "r", 1: "g" },
    counts: { pool: 12, test: 6 },
    notices: ["unlabelled-left-out"],
  },
  {
    name: "a sample submission",
    files: {
      ...mixed("k/train", 10),
      ...several("k/test", "b", 4, (at) => `${100 + at}.png`),
      "k/train.csv": rows([["id", "label"], ...numbers(10).map((at) => [at, classAt(at)])]),
      "k/sample_submission.csv": rows([["id", "label"], ...numbers(4).map((at) => [100 + at, "cat"])]),
    },
    classes: pets,
    counts: { pool: 10 },
    notices: ["no-truth", "unlabelled-left-out"],
  },
  {
    name: "AutoML's list with parts and addresses",
    files: {
      ...mixed("d/img", 12),
      "d/all.csv": rows(
        numbers(12).map((at) => [at < 8 ? "TRAIN" : "TEST", `gs://bucket/img/${at}.png`, classAt(at)]),
      ),
    },
    classes: pets,
    counts: { pool: 8, test: 4 },
    notices: ["matched-by-end"],
  },
  {
    name: "fast.ai's list with is_valid",
    files: {
      ...mixed("d/img", 12),
      "d/labels.csv": rows([
        ["fname", "labels", "is_valid"],
        ...numbers(12).map((at) => [`${at}.png`, classAt(at), at < 8 ? "False" : "True"]),
      ]),
    },
    classes: pets,
    counts: { pool: 8, validation: 4 },
  },
  {
    name: "Roboflow's list of classes",
    files: Object.assign(
      {},
      ...["train", "valid"].map((part) => ({
        ...mixed(`r/${part}`, 8),
        [`r/${part}/_classes.csv`]: rows([
          ["filename", " cat", " dog"],
          ...numbers(8).map((at) => [`${at}.png`, ` ${1 - (at % 2)}`, ` ${at % 2}`]),
        ]),
      })),
    ),
    classes: pets,
    counts: { pool: 8, validation: 8 },
  },
  {
    name: "YOLO's boxes",
    files: {
      ...mixed("y/images/train", 6),
      ...Object.fromEntries(
        numbers(6).map((at) => [`y/labels/train/${at}.txt`, text(`${at % 2} 0.5 0.5 0.2 0.${at}1\n`)]),
      ),
    },
    refused: "detection-labels",
  },
  {
    name: "a list that differs from the folders",
    files: {
      ...pair((name) => name),
      "labels.csv": rows([
        ["file", "label"],
        ...numbers(8).flatMap((at) => [
          [`cat/${at}.png`, at === 0 ? "dog" : "cat"],
          [`dog/${at}.png`, "dog"],
        ]),
      ]),
    },
    classes: pets,
    counts: { pool: 15 },
    reason: /labelled «dog», but lies in «cat»/,
  },
  {
    name: "a table saved by Western Excel",
    files: {
      ...mixed("d/img", 8),
      "d/labels.csv": Uint8Array.from(
        ["Datei;Klasse;label", ...numbers(8).map((at) => `${at}.png;x;${at % 2 ? "B\u00e4r" : "M\u00f6we"}`)]
          .join("\r\n")
          .split("")
          .map((character) => character.charCodeAt(0)),
      ),
    },
    classes: { Möwe: "r", Bär: "g" },
    notices: ["encoding-guessed"],
  },
];

const pictures: readonly FieldCase[] = [
  {
    name: "a class that is all HEIC",
    files: {
      ...pair((name) => `d/${name}`),
      ...Object.fromEntries(numbers(5).map((at) => [`d/owl/IMG_${at}.HEIC`, heic(at)])),
    },
    classes: pets,
    notices: ["class-lost"],
    reason: /HEIC is not decoded/,
  },
  {
    name: "everything as HEIC",
    files: Object.fromEntries(numbers(6).map((at) => [`d/${classAt(at)}/IMG_${at}.HEIC`, heic(at)])),
    refused: "no-images",
    reason: /HEIC is not decoded/,
  },
  {
    name: "Netpbm images",
    files: Object.fromEntries(numbers(12).map((at) => [`d/${classAt(at)}/${at}.ppm`, ppm(colorAt(at), at)])),
    classes: pets,
    counts: { pool: 12 },
  },
  {
    name: "twelve bits in sixteen",
    files: Object.fromEntries(
      numbers(12).map((at) => [`d/${classAt(at)}/${at}.png`, shallowPng(at % 2 ? 3_000 : 500, at)]),
    ),
    classes: { cat: "", dog: "" },
    notices: ["narrow-range"],
  },
  {
    name: "an image of one pixel",
    files: {
      ...pair((name) => `d/${name}`),
      "d/cat/one.ppm": Uint8Array.from([...text("P6 1 1 255\n"), 230, 20, 40]),
    },
    classes: pets,
    counts: { pool: 17 },
  },
  {
    name: "a photo of 12,000 × 9,000 pixels",
    files: { ...pair((name) => `d/${name}`), "d/cat/wide.ppm": text("P6 12000 9000 255\n") },
    classes: pets,
    counts: { pool: 16 },
    reason: /12000 × 9000 pixels/,
  },
  {
    name: "the same files in training and testing",
    files: {
      ...pair((name) => `d/train/${name}`),
      ...pair((name) => `d/test/${name}`, 3),
      "d/train/cat/twin.png": square("r", 1),
      "d/test/cat/again.png": square("r", 1),
    },
    classes: pets,
    counts: { pool: 17, test: 7 },
    notices: ["copies-across-parts"],
  },
  {
    name: "one picture in two classes",
    files: {
      ...pair((name) => `d/${name}`),
      "d/cat/both.png": square("y", 2),
      "d/dog/both.png": square("y", 2),
    },
    notices: ["copies-across-classes"],
    classes: { cat: "", dog: "" },
  },
  {
    name: "forty images of one class for each of the other",
    files: { ...several("d/ill", "r", 3), ...several("d/well", "g", 60) },
    classes: { ill: "r", well: "g" },
    notices: ["unequal-classes"],
  },
  {
    name: "sidecars of phones and photo services",
    files: {
      ...pair((name) => `d/${name}`),
      "d/cat/0.png.json": text('{"title": "0.png", "photoTakenTime": {"timestamp": "1"}}'),
      "d/cat/IMG_1.AAE": text('<?xml version="1.0"?><plist></plist>'),
      "d/dog/IMG_2.MOV": Uint8Array.from([0, 0, 0, 20, ...text("ftypqt  ")]),
    },
    classes: pets,
    counts: { pool: 16 },
    reason: /Not an image/,
  },
];

export const fieldCases: readonly FieldCase[] = [...layouts, ...archives, ...tables, ...pictures];
