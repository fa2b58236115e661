import fc from "fast-check";
import { type Zippable, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { Rejection } from "../rejection";
import { isZip, openZip, readZipDirectory, readZipEntry, type ZipEntry, ZipError, type ZipFile } from "./zip";

function archive(files: Zippable): Uint8Array<ArrayBuffer> {
  return zipSync(files) as Uint8Array<ArrayBuffer>;
}

async function entriesOf(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ file: ZipFile; entries: readonly ZipEntry[] }> {
  const file = await openZip(new Blob([bytes]));
  return { file, ...(await readZipDirectory(file, 1_000)) };
}

async function reasonFor(file: ZipFile, entry: ZipEntry | undefined): Promise<string> {
  if (!entry) throw new Error("the test's archive has no such entry");
  try {
    await readZipEntry(file, entry);
    return "accepted";
  } catch (error) {
    if (error instanceof Rejection) return error.reason;
    throw error;
  }
}

const content = (length: number) => Uint8Array.from({ length }, (_, i) => (i * i) >> 3);

test("every entry round-trips, deflated or stored", async () => {
  const name = fc.stringMatching(/^[a-zé]{1,8}\.png$/);
  const body = fc.tuple(fc.uint8Array({ maxLength: 3_000 }), fc.constantFrom(0, 6));
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, body, { maxKeys: 8 }), async (files) => {
      const zipped = archive(
        Object.fromEntries(
          Object.entries(files).map(([path, [data, level]]) => [path, [data, { level } as never]]),
        ),
      );
      const { file, entries } = await entriesOf(zipped);
      // As for an archive too large for memory.
      const unheld = await openZip(new Blob([zipped]), 0);
      expect((await readZipDirectory(unheld, 1_000)).entries).toEqual(entries);
      expect(entries.map(({ path }) => path).sort()).toEqual(Object.keys(files).sort());
      for (const entry of entries) {
        const expected = Array.from(files[entry.path]?.[0] ?? []);
        expect(Array.from(await readZipEntry(file, entry))).toEqual(expected);
        expect(Array.from(await readZipEntry(unheld, entry))).toEqual(expected);
      }
    }),
    { numRuns: 30 },
  );
});

test("folders are not listed as files, and a comment at the end is ignored", async () => {
  const zipped = archive({ "a/": new Uint8Array(0), "a/b.png": content(10) });
  const commented = Uint8Array.of(...zipped, ...new TextEncoder().encode("hello PK\x05\x06"));
  new DataView(commented.buffer).setUint16(zipped.length - 2, commented.length - zipped.length, true);
  const { entries } = await entriesOf(commented);
  expect(entries.map(({ path }) => path)).toEqual(["a/b.png"]);
});

test("archives are recognized by content", () => {
  expect(isZip(archive({ a: content(3) }))).toBe(true);
  expect(isZip(content(100))).toBe(false);
  expect(isZip(content(0))).toBe(false);
});

/** The same archive with the fields of its end record moved to a zip64 record, as archivers do for many entries. */
function asZip64(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const end = new DataView(bytes.buffer, bytes.length - 22);
  const record = new DataView(new ArrayBuffer(56));
  record.setUint32(0, 0x06064b50, true);
  record.setBigUint64(4, 44n, true);
  record.setBigUint64(24, BigInt(end.getUint16(8, true)), true);
  record.setBigUint64(32, BigInt(end.getUint16(10, true)), true);
  record.setBigUint64(40, BigInt(end.getUint32(12, true)), true);
  record.setBigUint64(48, BigInt(end.getUint32(16, true)), true);
  const locator = new DataView(new ArrayBuffer(20));
  locator.setUint32(0, 0x07064b50, true);
  locator.setBigUint64(8, BigInt(bytes.length - 22), true);
  locator.setUint32(16, 1, true);
  const narrow = bytes.slice(-22);
  narrow.fill(0xff, 8, 20);
  const parts = [bytes.slice(0, -22), new Uint8Array(record.buffer), new Uint8Array(locator.buffer), narrow];
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)));
}

test("zip64 archives are read", async () => {
  const { file, entries } = await entriesOf(
    asZip64(archive({ "a/1.png": content(500), "b/2.png": content(70) })),
  );
  expect(entries).toHaveLength(2);
  for (const entry of entries) {
    expect(Array.from(await readZipEntry(file, entry))).toEqual(Array.from(content(entry.bytes)));
  }
});

describe("damage", () => {
  const intact = archive({ "a/1.png": content(900), "b/2.png": content(900) });

  test("a truncated archive is refused", async () => {
    for (const share of [0.1, 0.5, 0.99]) {
      const cut = await openZip(new Blob([intact.slice(0, Math.floor(intact.length * share))]));
      await expect(readZipDirectory(cut, 1_000)).rejects.toThrow(ZipError);
    }
  });

  test("every wrong byte is detected: no wrong content, no other error", async () => {
    const expected = Array.from(content(900));
    await fc.assert(
      fc.asyncProperty(fc.nat(intact.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const bytes = intact.slice();
        bytes[at] = (bytes[at] as number) ^ change;
        const file = await openZip(new Blob([bytes]));
        try {
          for (const entry of (await readZipDirectory(file, 1_000)).entries) {
            expect(Array.from(await readZipEntry(file, entry))).toEqual(expected);
          }
        } catch (error) {
          if (!(error instanceof ZipError || error instanceof Rejection)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });

  test("other entries stay readable beside a damaged one", async () => {
    const bytes = intact.slice();
    bytes.fill(0x55, 60, 90);
    const { file, entries } = await entriesOf(bytes);
    expect(await reasonFor(file, entries[0])).toBe("damaged");
    expect(await reasonFor(file, entries[1])).toBe("accepted");
  });
});

/** Offset of the first entry of the directory. */
function directoryAt(bytes: Uint8Array<ArrayBuffer>): number {
  return new DataView(bytes.buffer).getUint32(bytes.length - 6, true);
}

describe("hostile archives", () => {
  test("content longer than stated is refused", async () => {
    const bytes = archive({ "a.png": new Uint8Array(100_000) });
    new DataView(bytes.buffer).setUint32(directoryAt(bytes) + 24, 50, true);
    const { file, entries } = await entriesOf(bytes);
    expect(entries[0]?.bytes).toBe(50);
    expect(await reasonFor(file, entries[0])).toBe("damaged");
  });

  test("entries that share bytes are refused", async () => {
    const bytes = archive({ "a.png": content(50), "b.png": content(50) });
    const first = directoryAt(bytes);
    // The second directory entry (46 bytes and a five-byte name after the first) points to the first one's data.
    new DataView(bytes.buffer).setUint32(first + 51 + 42, 0, true);
    await expect(entriesOf(bytes)).rejects.toThrow(/overlap/);
  });

  test("too many entries are refused before any is read", async () => {
    const files = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i}.png`, content(3)]));
    const file = await openZip(new Blob([archive(files)]));
    await expect(readZipDirectory(file, 19)).rejects.toThrow(/20 entries/);
  });

  test("encrypted entries and unknown compression methods are reported as such", async () => {
    const bytes = archive({ "a.png": content(50), "b.png": content(50) });
    const view = new DataView(bytes.buffer);
    const first = directoryAt(bytes);
    view.setUint16(first + 8, view.getUint16(first + 8, true) | 1, true);
    view.setUint16(first + 51 + 10, 12, true);
    const { file, entries } = await entriesOf(bytes);
    expect(await reasonFor(file, entries[0])).toBe("unsupported-packing");
    expect(await reasonFor(file, entries[1])).toBe("unsupported-packing");
  });
});
