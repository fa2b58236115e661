import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import { hubParquet, plainParquet } from "./golden-tables.testing";
import { bytesOf, entriesOf, type Files, forMutations, loadAll } from "./table-files.testing";

const labels = [2, 0, 1, 1, 0, 2];
const classes = labels.map((label) => ["cat", "dog", "ox"][label] as string);
const texts = labels.map((_, index) => bytesOf(`BM image ${index}`).join());

describe("tables of encoded images", () => {
  test("files of the hub: class names from the metadata, the finer of two labels", async () => {
    const { images, reasons } = await loadAll(entriesOf({ "data/test-00000-of-00001.parquet": hubParquet }));
    expect(reasons).toEqual([]);
    expect(images.map(({ className, bytes }) => [className, bytes])).toEqual(
      classes.map((className, index) => [className, texts[index]]),
    );
    expect(images.map(({ part }) => part)).toEqual(Array(6).fill("test"));
  });

  test("bytes with class names", async () => {
    const { images } = await loadAll(entriesOf({ "table.parquet": plainParquet }));
    expect(images.map(({ className, bytes }) => [className, bytes])).toEqual(
      classes.map((className, index) => [className, texts[index]]),
    );
  });

  test("files without a telling name are recognized by content", async () => {
    expect((await loadAll(entriesOf({ downloaded: hubParquet }))).images).toHaveLength(6);
  });
});

const written = (columnData: Parameters<typeof parquetWriteBuffer>[0]["columnData"]): Files => ({
  "table.parquet": new Uint8Array(parquetWriteBuffer({ columnData })),
});

describe("ambiguous tables are refused by name", () => {
  const bytes = [bytesOf("BM 1"), bytesOf("BM 2")];

  test("no images, no labels, or two candidate columns", async () => {
    const label = { name: "label", data: [0, 1], type: "INT32" as const };
    const image = { name: "image", data: bytes, type: "BYTE_ARRAY" as const };
    const other = (name: string) => ({ name, data: [5, 6], type: "INT32" as const });
    const reasons = async (...columns: Parameters<typeof written>[0]) =>
      (await loadAll(entriesOf(written(columns)))).reasons;
    expect(await reasons(image, label)).toEqual([]);
    expect(await reasons(image, label, other("height"))).toEqual([]);
    expect(await reasons(label)).toEqual(["unsupported-table"]);
    expect(await reasons(image)).toEqual(["unsupported-table"]);
    expect(await reasons(image, other("a"), other("b"))).toEqual(["unsupported-table"]);
  });

  test("missing and negative labels", async () => {
    const image = { name: "image", data: bytes, type: "BYTE_ARRAY" as const };
    for (const data of [
      [0, null],
      [0, -1],
    ]) {
      const table = written([image, { name: "label", data, type: "INT32" }]);
      expect((await loadAll(entriesOf(table))).reasons).toEqual(["label-mismatch"]);
    }
  });
});

test("200 damaged files of each codec: only known classes, and each row is listed once", async () => {
  for (const [path, table] of Object.entries({ "a.parquet": hubParquet, "b.parquet": plainParquet })) {
    await forMutations({ [path]: table }, path, ({ images }) => {
      expect(images.length).toBeLessThanOrEqual(labels.length);
      expect(new Set(images.map((image) => image.path)).size).toBe(images.length);
    });
  }
});
