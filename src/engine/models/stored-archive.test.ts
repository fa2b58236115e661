import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { storedArchive } from "./stored-archive";

test("an archive has the bytes that fflate writes without compression, however its files were given", async () => {
  const bytes = (count: number) => Uint8Array.from({ length: count }, (_, at) => (at * 7) & 255);
  const files = { "a.bin": bytes(300), "größe/model.json": bytes(17), "größe/z": bytes(0), äb: bytes(1) };
  const wanted = zipSync(files, { level: 0, mtime: new Date(1980, 0, 1) });
  const given = Object.entries(files).map(([path, content]) => [path, new Blob([content])] as const);
  for (const order of [given, given.toReversed()]) {
    const archive = await storedArchive(new Map(order));
    expect(new Uint8Array(await archive.arrayBuffer())).toEqual(wanted);
  }
});
