/** Handwritten tables for tests, and damage to files in transfer. */
import fc from "fast-check";
import { zipSync } from "fflate";
import type { FileEntry } from "../../../protocol/dataset";
import { layOutSources } from "../layout/layout";
import { idleLists } from "../layout/losses";
import { sniffFormat } from "../pixels/image-format";
import { DatasetProblemError } from "../problems";
import { Rejection } from "../rejection";
import { listSources } from "../sources";

export type Bytes = Uint8Array<ArrayBuffer>;
export type Files = Readonly<Record<string, Uint8Array>>;

export const bytesOf = (...parts: readonly (ArrayLike<number> | string)[]): Bytes =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === "string" ? Array.from(part, (character) => character.charCodeAt(0)) : Array.from(part),
    ),
  );

export const entriesOf = (files: Files): FileEntry[] =>
  Object.entries(files).map(([path, bytes]) => ({ path, file: new Blob([bytes as Bytes]) }));

export const zipOf = (files: Files): Bytes => zipSync({ ...files }) as Bytes;

export async function gzipOf(bytes: Uint8Array): Promise<Bytes> {
  const stream = new Blob([bytes as Bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export function idx(shape: readonly number[], bytes: Uint8Array): Bytes {
  const header = new DataView(new ArrayBuffer(4 + 4 * shape.length));
  header.setUint32(0, 0x0800 + shape.length);
  shape.forEach((side, i) => {
    header.setUint32(4 + 4 * i, side);
  });
  return bytesOf(new Uint8Array(header.buffer), bytes);
}

export function npy(shape: readonly number[], bytes: Uint8Array, type = "|u1"): Bytes {
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(", ")},), }`;
  const header = `${text.padEnd(117)}\n`;
  return bytesOf("\x93NUMPY\x01\x00", [header.length, 0], header, bytes);
}

export function tarOf(files: Files): Bytes {
  const blocks = Object.entries(files).flatMap(([path, content]) => {
    const header = new Uint8Array(512);
    const put = (text: string, at: number) => header.set(bytesOf(text), at);
    put(path, 0);
    put(`${content.length.toString(8).padStart(11, "0")} `, 124);
    put("        0", 148);
    put("ustar\x0000", 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    put(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    return [header, content, new Uint8Array((512 - (content.length % 512)) % 512)];
  });
  return bytesOf(...blocks, new Uint8Array(1024));
}

/** A batch pickled as by Python 2: strings without an encoding, including the array's bytes. */
export function pickleOfPython2(planes: Uint8Array, labels: readonly number[]): Bytes {
  const short = (text: string) => bytesOf("U", [text.length], text);
  const uint32 = (value: number) => new Uint8Array(Uint32Array.of(value).buffer);
  return bytesOf(
    "\x80\x02}q\x01(",
    short("data"),
    "cnumpy.core.multiarray\n_reconstruct\nq\x02cnumpy\nndarray\nq\x03K\x00\x85",
    short("b"),
    "\x87Rq\x04(K\x01",
    bytesOf("J", uint32(labels.length), "M\x00\x0c\x86"),
    "cnumpy\ndtype\nq\x05",
    short("u1"),
    "K\x00K\x01\x87Rq\x06(K\x03",
    short("|"),
    "NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89",
    bytesOf("T", uint32(planes.length), planes),
    "tb",
    short("labels"),
    bytesOf("](", ...labels.map((label) => [0x4b, label]), "e"),
    "u.",
  );
}

/** Random damage to a file: truncation, flipped bits, and bytes swapped, lost, doubled or overwritten. */
export function mutationOf(bytes: Uint8Array): fc.Arbitrary<Bytes> {
  const place = fc.nat(bytes.length - 1);
  const flip = fc.tuple(place, fc.nat(7)).map(([at, bit]) => {
    const changed = bytesOf(bytes);
    changed[at] = (changed[at] as number) ^ (1 << bit);
    return changed;
  });
  const write = fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 8 })).map(([at, other]) => {
    const changed = bytesOf(bytes);
    changed.set(other.subarray(0, bytes.length - at), at);
    return changed;
  });
  const exchange = fc.tuple(place, place).map(([a, b]) => {
    const changed = bytesOf(bytes);
    [changed[a], changed[b]] = [bytes[b] as number, bytes[a] as number];
    return changed;
  });
  const cut = place.map((end) => bytesOf(bytes.subarray(0, end)));
  const lose = fc
    .tuple(place, fc.integer({ min: 1, max: 64 }))
    .map(([at, length]) => bytesOf(bytes.subarray(0, at), bytes.subarray(at + length)));
  const double = fc
    .tuple(place, fc.integer({ min: 1, max: 64 }))
    .map(([at, length]) => bytesOf(bytes.subarray(0, at + length), bytes.subarray(at)));
  return fc.oneof(flip, write, exchange, cut, lose, double);
}

export interface LoadedImage {
  readonly path: string;
  readonly className: string | undefined;
  readonly part: string | undefined;
  /** The image's bytes, encoded or plain. */
  readonly bytes: string;
}

/** Reads all images of a selection. Collects expected rejections and throws any other error. */
export async function loadAll(entries: readonly FileEntry[]) {
  const images: LoadedImage[] = [];
  const reasons: string[] = [];
  try {
    const listing = await listSources(entries);
    const { sources, rejected } = listing;
    const layout = layOutSources(sources, listing);
    const unlabeled = layout.rejected.filter(({ reason }) => reason === "unlabelled");
    const lists = idleLists(listing, layout);
    reasons.push(...[...rejected, ...unlabeled, ...lists].map(({ reason }) => reason));
    for (const { path, placed, read } of sources) {
      try {
        const content = await read();
        // Other files are left to the decoder, which rejects those that are not images.
        if (!placed && content instanceof Uint8Array) sniffFormat(content);
        const bytes = (content instanceof Uint8Array ? content : content.pixels).join();
        images.push({ path, className: placed?.className, part: placed?.part, bytes });
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
        reasons.push(error.reason);
      }
    }
  } catch (error) {
    if (!(error instanceof DatasetProblemError)) throw error;
    reasons.push(error.problem.kind);
  }
  return { images, reasons };
}

/** Checks a law for a selection with one damaged file; the others are unchanged. */
export async function forMutations(
  files: Files,
  mutated: string,
  law: (loaded: Awaited<ReturnType<typeof loadAll>>, changed: Bytes) => void,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(mutationOf(files[mutated] as Uint8Array), async (changed) => {
      law(await loadAll(entriesOf({ ...files, [mutated]: changed })), changed);
    }),
    { numRuns: 200 },
  );
}
