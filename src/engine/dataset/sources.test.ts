import { type Zippable, zipSync } from "fflate";
import { expect, test } from "vitest";
import { importLimits } from "../../protocol/dataset";
import { DatasetProblemError } from "./problems";
import { Rejection } from "./rejection";
import { listSources } from "./sources";

const blob = (bytes: Uint8Array) => new Blob([bytes as Uint8Array<ArrayBuffer>]);
const zip = (files: Zippable) => [{ path: "archive.zip", file: blob(zipSync(files)) }];
const files = (...paths: string[]) => paths.map((path) => ({ path, file: blob(Uint8Array.of(1, 2)) }));

test("sources are ordered by path, in any order of the selection", async () => {
  const paths = ["/b/2.png", "/a/10.png", "/a/1.png"];
  const expected = ["a/1.png", "a/10.png", "b/2.png"];
  for (const given of [paths, [...paths].reverse()]) {
    expect((await listSources(files(...given))).sources.map(({ path }) => path)).toEqual(expected);
  }
});

test("system files are counted, unsafe and duplicate paths rejected, the rest kept", async () => {
  const listing = await listSources(
    files("a/1.png", "a/.DS_Store", "__MACOSX/a/1.png", "a/../../2.png", "a//1.png"),
  );
  expect(listing.sources.map(({ path }) => path)).toEqual(["a/1.png"]);
  expect(listing.ignored).toBe(2);
  expect(listing.rejected.map(({ path, reason }) => [path, reason])).toEqual([
    ["a/../../2.png", "unsafe-path"],
    ["a/1.png", "duplicate-path"],
  ]);
});

test("a single zip file is opened under any name, and its unsafe paths are rejected", async () => {
  const listing = await listSources(
    zip({ "a/1.png": Uint8Array.of(5), "../2.png": Uint8Array.of(6), "/etc/3.png": Uint8Array.of(7) }),
  );
  expect(listing.sources.map(({ path }) => path)).toEqual(["a/1.png"]);
  expect(listing.rejected.map(({ reason }) => reason)).toEqual(["unsafe-path", "unsafe-path"]);
  expect(await listing.sources[0]?.read()).toEqual(Uint8Array.of(5));
});

test("a bomb is refused for its stated size, a well-compressed picture is not", async () => {
  const large = importLimits.packingRatioFrom + 1;
  const noise = Uint8Array.from({ length: large }, (_, i) => (i % 50 === 0 ? (i * i) >> 7 : 0));
  const listing = await listSources(zip({ "a/bomb.bmp": new Uint8Array(large), "a/fine.bmp": noise }));
  const [bomb, fine] = listing.sources;
  await expect(bomb?.read()).rejects.toMatchObject({ reason: "suspicious-packing" });
  expect(await fine?.read()).toHaveLength(large);
});

test("a damaged archive fails the whole selection", async () => {
  const cut = zipSync({ "a/1.png": new Uint8Array(1_000) }).slice(0, 60);
  await expect(listSources([{ path: "x.zip", file: blob(cut) }])).rejects.toMatchObject({
    problem: { kind: "archive-unreadable" },
  });
  await expect(listSources([{ path: "x.zip", file: blob(cut) }])).rejects.toThrow(DatasetProblemError);
});

test("a file that the browser cannot read is rejected with the reason", async () => {
  class GoneFile extends Blob {
    override arrayBuffer(): Promise<ArrayBuffer> {
      return Promise.reject(new DOMException("gone", "NotFoundError"));
    }
    override slice(): Blob {
      return new GoneFile();
    }
  }
  const gone = { path: "a/1.png", file: new GoneFile([new Uint8Array(50)]) };
  for (const selection of [[gone], [gone, ...files("a/2.png")]]) {
    const { sources } = await listSources(selection);
    await expect(sources[0]?.read()).rejects.toMatchObject({ reason: "unreadable" });
    await expect(sources[0]?.read()).rejects.toThrow(Rejection);
  }
});

test("a file of too many bytes is refused before it is read", async () => {
  const huge = {
    path: "a/1.png",
    file: Object.defineProperty(new Blob([]), "size", { value: importLimits.fileBytes + 1 }),
  };
  const { sources } = await listSources([huge, ...files("a/2.png")]);
  await expect(sources[0]?.read()).rejects.toMatchObject({ reason: "too-large" });
});
