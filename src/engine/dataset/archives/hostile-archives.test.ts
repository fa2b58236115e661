import { gzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import { importLimits } from "../../../protocol/dataset";
import { listSources } from "../sources";
import { type Bytes, loadAll, tarOf } from "../tables/table-files.testing";

/** Malicious archives. Each is refused for its stated sizes, or cut off where those are false. */

const entry = (path: string, bytes: Uint8Array) => [{ path, file: new Blob([bytes as Bytes]) }];
const picture = Uint8Array.of(5, 6, 7);

test("a gzip bomb is refused before unpacking, and one with a false size is cut off", async () => {
  const bomb = gzipSync(new Uint8Array(importLimits.packingRatioFrom + 1));
  expect(await loadAll(entry("bomb.gz", bomb))).toEqual({ images: [], reasons: ["archive-unreadable"] });
  const lying = bomb.slice();
  new DataView(lying.buffer).setUint32(lying.length - 4, 100, true);
  expect(await loadAll(entry("lying.gz", lying))).toEqual({ images: [], reasons: ["archive-unreadable"] });
});

test("an archive whose files would fill the memory is refused for its stated sizes", async () => {
  const many = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`a/${i}.png`, picture]));
  const archive = zipSync(many, { level: 0 });
  const view = new DataView(archive.buffer);
  for (let at = 0; at + 28 < archive.length; at++) {
    // Unpacked size of each entry of the directory: 5 × 4 GiB.
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 0xfffffffe, true);
  }
  await expect(listSources(entry("many.zip", archive))).rejects.toMatchObject({
    problem: { kind: "archive-too-large", limit: importLimits.archiveBytes },
  });
});

test("nested archives are opened only to a limited depth", async () => {
  let nested: Uint8Array = zipSync({ "a/1.png": picture });
  for (let layer = 0; layer < 40; layer++) nested = zipSync({ [`layer${layer}.zip`]: nested });
  const { images, reasons } = await loadAll(entry("nested.zip", nested));
  expect(images).toEqual([]);
  expect(reasons).toEqual(["not-an-image"]);
});

test("paths that escape a tar archive are refused with any kind of slash", async () => {
  const outside = ["../1.png", "a/../../2.png", "/etc/3.png", "..\\4.png", "C:\\5.png"];
  const archive = tarOf(Object.fromEntries([...outside, "a/inside.png"].map((path) => [path, picture])));
  const { sources, rejected } = await listSources(entry("paths.tar", archive));
  expect(sources.map(({ path }) => path)).toEqual(["a/inside.png"]);
  expect(rejected.map(({ path, reason }) => [path, reason])).toEqual(
    outside.map((path) => [path, "unsafe-path"]),
  );
});

test("names of properties that objects inherit work as folders and files", async () => {
  const archive = zipSync({ "constructor/1.png": picture, "toString/2.png": picture });
  const { sources } = await listSources(entry("names.zip", archive));
  expect(sources.map(({ path }) => path)).toEqual(["constructor/1.png", "toString/2.png"]);
  const polluted = tarOf(JSON.parse('{"__proto__/polluted.png": [1, 2, 3]}') as Record<string, Uint8Array>);
  await listSources(entry("polluted.tar", polluted));
  expect("polluted" in {}).toBe(false);
});
