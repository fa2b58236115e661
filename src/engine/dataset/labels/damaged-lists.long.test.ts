/**
 * Lists and shards with bytes lost, flipped or doubled: an image gets a label still found in the selection, or none.
 */
import { expect, test } from "vitest";
import { bytesOf, type Files, forMutations, tarOf } from "../tables/table-files.testing";
import { decodeText } from "./decode-text";

const text = (content: string) => new TextEncoder().encode(content);
const picture = (number: number) => bytesOf("BM", [number], new Uint8Array(11), [40, 0, 0, 0]);
const pictures: Files = Object.fromEntries([1, 2, 3, 4].map((at) => [`images/p${at}.bmp`, picture(at)]));
const labels = ["cat", "dog", "ox", "cat"];
const rows = labels.map((label, at) => [`p${at + 1}.bmp`, label] as const);

const lists: Readonly<Record<string, string>> = {
  "meta.jsonl": rows.map(([file_name, label]) => JSON.stringify({ file_name, label })).join("\n"),
  "meta.json": JSON.stringify(rows.map(([file, label]) => ({ file, label }))),
  "map.json": JSON.stringify(Object.fromEntries(rows)),
  "list.txt": rows.map((row) => row.join(" ")).join("\n"),
  "flags.csv": [
    "image,cat,dog,ox",
    ...rows.map(([file, label]) => `${file},${["cat", "dog", "ox"].map((name) => Number(name === label))}`),
  ].join("\n"),
};

test.each(Object.keys(lists))("200 damaged versions of %s", async (name) => {
  await forMutations({ ...pictures, [name]: text(lists[name] as string) }, name, ({ images }, changed) => {
    // The damage may have created JSON escapes.
    const said = decodeText(changed).text.normalize("NFC");
    for (const { className } of images) {
      if (className === undefined || /\\[u"\\/bfnrt]/.test(said)) continue;
      expect(said).toContain(className);
    }
  });
});

test("200 damaged shards: an image has the class in the file beside it, or none", async () => {
  const files = Object.fromEntries(
    labels.flatMap((label, at) => [
      [`${at}.bmp`, picture(at)],
      [`${at}.cls`, text(label)],
    ]),
  );
  await forMutations(
    { "train-0.tar": tarOf(files), "val-0.tar": tarOf(files) },
    "train-0.tar",
    ({ images }, changed) => {
      const said = new TextDecoder().decode(changed);
      for (const { path, className } of images) {
        if (className === undefined || className.includes("\ufffd")) continue;
        if (path.startsWith("val-0")) expect(className).toBe(labels[Number(path.match(/(\d)\.bmp$/)?.[1])]);
        else expect(said.normalize("NFC")).toContain(className);
      }
    },
  );
});

test("200 damaged lists of names: classes keep their labels under any name", async () => {
  const files: Files = {
    ...Object.fromEntries([1, 2, 3, 4].map((at) => [`n0${at % 2}/p${at}.bmp`, picture(at)])),
    "words.txt": text("n00\tgoldfish\nn01\tEgyptian cat\n"),
  };
  await forMutations(files, "words.txt", ({ images }) => {
    for (const { className } of images) expect(className).toBeUndefined();
  });
});
