/** Archives as found in practice. */
import { tarOf } from "../tables/table-files.testing";
import { colorAt, type FieldCase, numbers, pair, pets } from "./field-case.testing";
import { oldZip, several, text, zip } from "./made-files.testing";

const halves = Object.entries(pair((name) => `birds/${name}`));
export const archiveCases: readonly FieldCase[] = [
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
