/** Lists that label images, as found in practice. */
import { classAt, colorAt, type FieldCase, mixed, numbers, pair, pets, rows } from "./field-case.testing";
import { several, text } from "./made-files.testing";

export const listCases: readonly FieldCase[] = [
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
    name: "names with the ending of before a conversion",
    files: {
      ...mixed("d/img", 8),
      "d/labels.csv": rows([["file", "label"], ...numbers(8).map((at) => [`${at}.jpg`, classAt(at)])]),
    },
    classes: pets,
    counts: { pool: 8 },
    notices: ["matched-by-stem"],
  },
  {
    name: "numbers without the zeros of the names",
    files: {
      ...mixed("d/img", 8, (at) => `000${at}.png`),
      "d/labels.csv": rows([["id", "label"], ...numbers(8).map((at) => [at, classAt(at)])]),
    },
    classes: pets,
    counts: { pool: 8 },
  },
  {
    name: "names from addresses, with %20 for blanks",
    files: {
      ...mixed("d/img", 8, (at) => `my photo ${at}.png`),
      "d/labels.csv": rows([
        ["file", "label"],
        ...numbers(8).map((at) => [`my%20photo%20${at}.png`, classAt(at)]),
      ]),
    },
    classes: pets,
    counts: { pool: 8 },
  },
  {
    name: "CUB-200's lists, whose numbers are not those of the names",
    files: {
      ...Object.assign(
        {},
        ...numbers(8).map((at) => several(`c/images/${classAt(at)}`, colorAt(at), 1, () => `${at + 1}.png`)),
      ),
      "c/images.txt": rows(
        numbers(8).map((at) => [8 - at, `${classAt(at)}/${at + 1}.png`]),
        " ",
      ),
      "c/image_class_labels.txt": rows(
        numbers(8).map((at) => [8 - at, (at % 2) + 1]),
        " ",
      ),
      "c/train_test_split.txt": rows(
        numbers(8).map((at) => [8 - at, at < 4 ? 1 : 0]),
        " ",
      ),
    },
    classes: pets,
    counts: { pool: 8 },
    reason: /numbers are those of «c\/images.txt»/,
  },
  {
    name: "ages that are also names of images",
    files: {
      ...pair((name) => `d/${name}`, 8),
      "d/patients.csv": rows([
        ["who", "age", "diagnosis"],
        ...numbers(8).map((at) => [`p${at}`, (3 * at) % 8, classAt(at)]),
      ]),
    },
    classes: pets,
    counts: { pool: 16 },
    reason: /Only the numbers in its column «age»/,
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
    name: "lists of files for training and testing",
    files: {
      ...pair((name) => `food/images/${name}`),
      "food/meta/train.txt": rows(numbers(5).flatMap((at) => [[`cat/${at}`], [`dog/${at}`]])),
      "food/meta/test.txt": rows([5, 6, 7].flatMap((at) => [[`cat/${at}`], [`dog/${at}`]])),
    },
    classes: pets,
    counts: { pool: 10, test: 6 },
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
    reason: /labeled «dog», but lies in «cat»/,
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
