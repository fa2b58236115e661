import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesOf, entriesOf, type Files, forMutations, loadAll } from "../tables/table-files.testing";
import { parseCsv } from "./csv";
import { decodeText } from "./decode-text";
import { segmentsOf } from "./finder";

const text = (content: string) => new TextEncoder().encode(content);

describe("comma-separated values", () => {
  test("fields of any content round-trip", () => {
    const fields = fc.array(
      fc.array(fc.string({ unit: "binary", maxLength: 12 }), { minLength: 2, maxLength: 5 }),
      {
        minLength: 1,
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(fields, (rows) => {
        const quoted = rows
          .map((row) => row.map((field) => `"${field.replaceAll('"', '""')}"`).join(","))
          .join("\n");
        // A first line with more tabs or semicolons than commas is read as separated by those.
        fc.pre(!/[\t;\n]/.test(rows[0]?.join("") ?? ""));
        expect(parseCsv(quoted)).toEqual(rows);
      }),
    );
  });

  test("tabs, semicolons, a byte order mark and Windows' line ends", () => {
    expect(parseCsv("\ufeffa\tb\r\n1\t2\r\n")).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
    expect(parseCsv('a;b\n"1;2";3')).toEqual([
      ["a", "b"],
      ["1;2", "3"],
    ]);
  });
});

/** Three pictures, each of one distinct byte. */
const pictures: Files = {
  "images/1.bmp": bytesOf("BM", [1], new Uint8Array(11), [40, 0, 0, 0]),
  "images/2.bmp": bytesOf("BM", [2], new Uint8Array(11), [40, 0, 0, 0]),
  "images/3.bmp": bytesOf("BM", [3], new Uint8Array(11), [40, 0, 0, 0]),
};
const found = async (csv: string, name = "labels.csv") => {
  const { images, reasons } = await loadAll(entriesOf({ ...pictures, [name]: text(csv) }));
  return {
    reasons,
    labels: images.map(({ className, part }) => (part ? `${part} ${className}` : className)),
  };
};

describe("labels beside images", () => {
  test.each([
    ["paths", "file_name,label\nimages/1.bmp,cat\nimages/2.bmp,dog\nimages/3.bmp,cat\n"],
    ["names alone, in another order", "label,id\ncat,3\ndog,2\ncat,1\n"],
    ["among other columns", "id\twidth\tbreed\n1\t20\tcat\n2\t30\tdog\n3\t20\tcat\n"],
    ["without titles", "1.bmp;cat\n2.bmp;dog\n3.bmp;cat"],
  ])("files are named by %s", async (_, csv) => {
    expect(await found(csv)).toEqual({ reasons: [], labels: ["cat", "dog", "cat"] });
  });

  test("a column gives the part", async () => {
    const { labels } = await found("id,label,split\n1,cat,train\n2,dog,test\n3,cat,val\n");
    expect(labels).toEqual(["train cat", "test dog", "validation cat"]);
  });

  test("images that are unlisted, listed twice or missing are reported", async () => {
    expect(await found("id,label\n1,cat\n3,dog\n")).toEqual({
      reasons: ["unlabelled"],
      labels: ["cat", undefined, "dog"],
    });
    expect(await found("id,label\n1,cat\n2,dog\n3,cat\n1,dog\n")).toEqual({
      reasons: ["label-mismatch"],
      labels: ["dog", "cat"],
    });
    expect((await found("id,label\n1,cat\n2,dog\n3,cat\n4,cat\n")).reasons).toEqual(["label-mismatch"]);
  });

  test("ambiguous columns are refused, and a table that names no images is not used", async () => {
    expect((await found("id,colour,weather\n1,red,rain\n2,red,sun\n3,blue,sun\n")).reasons).toContain(
      "unsupported-table",
    );
    expect(await found("name,price\napple,3\npear,4\n")).toEqual({
      reasons: ["unsupported-table"],
      labels: [undefined, undefined, undefined],
    });
  });
});

/** Compares path suffixes, with or without extension, ignoring case. */
function names(field: string, path: string): boolean {
  const [own = "", bare = ""] = [path, path.replace(/\.bmp$/, "")].map((text) => text.toLowerCase());
  const said = segmentsOf(field.toLowerCase()).at(-1) ?? "";
  return said !== "" && [own, bare].some((text) => text.endsWith(`/${said}`));
}

test("200 damaged tables: an image gets the label of its row or none", async () => {
  const rows = ["1.bmp,cat", "2.bmp,dog", "3.bmp,ox"];
  const files = { ...pictures, "labels.csv": text(`file,label\n${rows.join("\n")}\n`) };
  await forMutations(files, "labels.csv", ({ images }, changed) => {
    const lines = parseCsv(decodeText(changed).text);
    for (const { path, className } of images) {
      if (className === undefined) continue;
      const named = lines.filter((row) => row.some((field) => names(field, path)));
      const said = named.flat().map((field) => field.trim().normalize("NFC"));
      expect(said).toContain(className);
    }
  });
});
