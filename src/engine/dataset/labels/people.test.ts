/** Random tables as found in practice: an image gets the label of its row, or none and a reason that names a file. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { layOutSources } from "../layout/layout";
import { nameOf, withoutEnding } from "../layout/paths";
import { listSources } from "../sources";

type Texts = Readonly<Record<string, string>>;

/** Classes and reasons of a selection, without decoding its images. */
async function labeled(paths: readonly string[], tables: Texts) {
  const entries = [
    ...paths.map((path) => ({ path, file: new Blob([Uint8Array.of(137, 80, 78, 71)]) })),
    ...Object.entries(tables).map(([path, text]) => ({ path, file: new Blob([text]) })),
  ];
  const listing = await listSources(entries);
  const images = new Set(paths);
  const layout = layOutSources(
    listing.sources.filter(({ path }) => images.has(path)),
    listing,
  );
  const rejected = [...listing.rejected, ...layout.rejected];
  const found = new Map(layout.images.map(({ path, className, part }) => [path, { className, part }]));
  return { found, rejected, notices: [...listing.notices, ...layout.notices] };
}

const names = ["cat", "dog", "ox"];
const classOf = (index: number) => names[(index * 7) % 3] as string;

/** Files in one folder, or in several with equal file names. */
const layouts = fc.record({
  root: fc.constantFrom("", "set/", "my set/a/"),
  folders: fc.constantFrom(["images"], ["a", "b"], ["images/x", "images/y"], ["train", "test"]),
  count: fc.integer({ min: 4, max: 9 }),
  ending: fc.constantFrom("png", "JPG", "jpeg"),
  pattern: fc.constantFrom(
    (n: number) => `${n}`,
    (n: number) => `IMG_${String(n).padStart(4, "0")}`,
    (n: number) => `Foto ${n} (1)`,
    (n: number) => `${n}.v2`,
  ),
});

const writings: Readonly<Record<string, (relative: string) => string>> = {
  relative: (path) => path,
  dotted: (path) => `./${path}`,
  absolute: (path) => `/home/me/somewhere/${path}`,
  windows: (path) => `D:\\data\\old\\${path.replaceAll("/", "\\")}`,
  address: (path) => `https://example.org/data/${path}`,
  upper: (path) => path.toUpperCase(),
  stem: (path) => path.replace(/\.\w+$/, ""),
};

const shapes = fc.record({
  separator: fc.constantFrom(",", "\t", ";"),
  /** Columns before, between and after the two that matter. */
  around: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
  titles: fc.constantFrom(
    ["filename", "label"],
    ["path", "class"],
    ["image", "Category"],
    ["file_name", "class_name"],
  ),
  swapped: fc.boolean(),
  quoted: fc.boolean(),
});
type Shape = typeof shapes extends fc.Arbitrary<infer Value> ? Value : never;

function tableOf(rows: readonly (readonly [file: string, label: string])[], shape: Shape): string {
  const { separator, around, titles, swapped, quoted } = shape;
  const line = ([file, label]: readonly [string, string], extra: readonly [string, string, string]) => {
    const pair = swapped ? [label, file] : [file, label];
    const fields = [
      ...(around[0] ? [extra[0]] : []),
      pair[0],
      ...(around[1] ? [extra[1]] : []),
      pair[1],
      ...(around[2] ? [extra[2]] : []),
    ];
    return fields.map((field) => (quoted ? `"${field}"` : field)).join(separator);
  };
  const head = line(titles as [string, string], ["", "width", "note"]);
  return [head, ...rows.map((row, at) => line(row, [String(at), String(20 + at), `n${at}`]))].join("\n");
}

const filesOf = ({
  root,
  folders,
  count,
  ending,
  pattern,
}: typeof layouts extends fc.Arbitrary<infer V> ? V : never) =>
  folders.flatMap((folder) =>
    Array.from({ length: count }, (_, i) => `${root}${folder}/${pattern(i)}.${ending}`),
  );

test("whole paths in any system's notation find their files, whatever else is in the table", async () => {
  const writing = fc.constantFrom(...Object.keys(writings));
  await fc.assert(
    fc.asyncProperty(layouts, writing, shapes, async (layout, how, shape) => {
      const files = filesOf(layout);
      const written = writings[how] as (path: string) => string;
      const rows = files.map((path, at) => [written(path.slice(layout.root.length)), classOf(at)] as const);
      const { found } = await labeled(files, { [`${layout.root}labels.csv`]: tableOf(rows, shape) });
      expect(files.map((path) => found.get(path)?.className)).toEqual(files.map((_, at) => classOf(at)));
    }),
    { numRuns: 60 },
  );
});

test("bare names find their file or are refused with the candidates; a table in a folder refers to that folder", async () => {
  await fc.assert(
    fc.asyncProperty(layouts, shapes, fc.boolean(), fc.boolean(), async (layout, shape, bare, perFolder) => {
      const files = filesOf(layout);
      const nameIn = (path: string) => (bare ? withoutEnding(nameOf(path)) : nameOf(path));
      const tables: Record<string, string> = {};
      for (const folder of layout.folders) {
        const own = files.filter((path) => path.startsWith(`${layout.root}${folder}/`));
        const rows = own.map((path) => [nameIn(path), classOf(files.indexOf(path))] as const);
        const place = perFolder
          ? `${layout.root}${folder}/metadata.csv`
          : `${layout.root}list${folder.at(-1)}.csv`;
        tables[place] = tableOf(rows, shape);
      }
      const { found, rejected } = await labeled(files, tables);
      const isPlain = perFolder || layout.folders.length === 1;
      for (const [at, path] of files.entries()) {
        const className = found.get(path)?.className;
        if (isPlain) expect(className, path).toBe(classOf(at));
        else if (className === undefined) expect(rejected.map((file) => file.path)).toContain(path);
        else expect(className, path).toBe(classOf(at));
      }
    }),
    { numRuns: 60 },
  );
});

test("names of missing files do not match other files with the same suffix", async () => {
  await fc.assert(
    fc.asyncProperty(
      layouts,
      shapes,
      fc.constantFrom("absolute", "relative", "windows"),
      async (layout, shape, how) => {
        const all = filesOf(layout);
        const [first = ""] = layout.folders;
        // Only one of the folders was selected.
        const here = all.filter((path) => path.startsWith(`${layout.root}${first}/`));
        const written = writings[how] as (path: string) => string;
        const rows = all.map((path, at) => [written(path.slice(layout.root.length)), classOf(at)] as const);
        const { found } = await labeled(here, { [`${layout.root}labels.csv`]: tableOf(rows, shape) });
        for (const path of here) {
          expect(found.get(path)?.className, path).toBe(classOf(all.indexOf(path)));
        }
      },
    ),
    { numRuns: 40 },
  );
});

test("two columns that name different images are refused unless a title decides", async () => {
  const files = ["a/1.png", "a/2.png", "a/3.png", "a/4.png"];
  const rows = ["1.png,4.png,cat", "2.png,3.png,dog", "3.png,2.png,cat", "4.png,1.png,dog"].join("\n");
  const refused = await labeled(files, { "pairs.csv": `left,right,label\n${rows}\n` });
  expect([...refused.found.values()].map(({ className }) => className)).toEqual(["a", "a", "a", "a"]);
  expect(refused.notices.map(({ kind }) => kind)).toContain("table-refused");
  expect(refused.rejected.find(({ path }) => path === "pairs.csv")?.detail).toMatch(/«1.png» and «4.png»/);
  const { found } = await labeled(files, { "pairs.csv": `mask,image,label\n${rows}\n` });
  expect(found.get("a/4.png")?.className).toBe("cat");
});

test("other forms give the same: lists with blanks, JSON lines, JSON files, one column per class", async () => {
  const form = fc.constantFrom("blanks", "jsonl", "json", "map", "pairs", "columns");
  await fc.assert(
    fc.asyncProperty(layouts, form, async (layout, how) => {
      const files = filesOf(layout);
      const rows = files.map((path, at) => [path.slice(layout.root.length), classOf(at)] as const);
      const objects = rows.map(([file_name, label], id) => ({ id, file_name, label }));
      const text = {
        blanks: rows.map(([file, label]) => `${file} ${label}`).join("\n"),
        jsonl: objects.map((object) => JSON.stringify(object)).join("\n"),
        json: JSON.stringify(objects, undefined, 1),
        map: JSON.stringify(Object.fromEntries(rows)),
        pairs: JSON.stringify({ labels: rows }),
        columns: [
          `image,${names.join(",")}`,
          ...rows.map(([file, label]) => [file, ...names.map((name) => (name === label ? 1 : 0))].join(",")),
        ].join("\n"),
      }[how];
      const { found } = await labeled(files, { [`${layout.root}meta.txt`]: text });
      expect(files.map((path) => found.get(path)?.className)).toEqual(files.map((_, at) => classOf(at)));
    }),
    { numRuns: 60 },
  );
});

test("a sample submission is not used, and images named only there have no label", async () => {
  const files = ["train/1.png", "train/2.png", "train/3.png", "test/1.png", "test/2.png", "test/3.png"];
  const { found, notices } = await labeled(files, {
    "train.csv": "id,label\n1,cat\n2,dog\n3,cat\n",
    "sample_submission.csv": "id,label\n1,cat\n2,cat\n3,cat\n",
  });
  expect([...found].map(([path, { className }]) => [path, className])).toEqual([
    ["train/1.png", "cat"],
    ["train/2.png", "dog"],
    ["train/3.png", "cat"],
  ]);
  expect(notices.map(({ kind }) => kind)).toContain("no-truth");
});

test("a separate table labels the held-out part", async () => {
  const files = ["Train/0/1.png", "Train/1/2.png", "Train/0/3.png", "Test/1.png", "Test/2.png", "Test/3.png"];
  const { found } = await labeled(files, {
    "Test.csv": "Width,ClassId,Path\n30,1,Test/1.png\n30,0,Test/2.png\n30,1,Test/3.png\n",
  });
  expect(Object.fromEntries(found)).toEqual({
    "Train/0/1.png": { className: "0", part: "train" },
    "Train/1/2.png": { className: "1", part: "train" },
    "Train/0/3.png": { className: "0", part: "train" },
    "Test/1.png": { className: "1", part: "test" },
    "Test/2.png": { className: "0", part: "test" },
    "Test/3.png": { className: "1", part: "test" },
  });
});

test("images whose list and folder disagree are refused, with both classes stated", async () => {
  const files = ["cat/1.png", "cat/2.png", "dog/3.png", "dog/4.png"];
  const { found, rejected } = await labeled(files, {
    "labels.csv": "file,label\ncat/1.png,cat\ncat/2.png,dog\ndog/3.png,dog\ndog/4.png,dog\n",
  });
  expect([...found.keys()]).toEqual(["cat/1.png", "dog/3.png", "dog/4.png"]);
  expect(rejected).toMatchObject([{ path: "cat/2.png", detail: "It is labeled «dog», but lies in «cat»." }]);
});

test("codes and numbers get names only from a list with all of them", async () => {
  const files = ["0/1.png", "0/2.png", "1/3.png", "1/4.png"];
  const classes = async (path: string, text: string) =>
    new Set([...(await labeled(files, { [path]: text })).found.values()].map(({ className }) => className));
  expect(await classes("class_names.txt", "0 daisy\n1 rose\n")).toEqual(new Set(["daisy", "rose"]));
  expect(await classes("cat_to_name.json", '{"0": "daisy", "1": "wild rose", "2": "tulip"}')).toEqual(
    new Set(["daisy", "wild rose"]),
  );
  expect(await classes("class_names.txt", "0 daisy\n2 rose\n")).toEqual(new Set(["0", "1"]));
  expect(await classes("losses.csv", "epoch,loss\n0,a\n1,b\n")).toEqual(new Set(["0", "1"]));
});
