/**
 * Bounds what reading a TIFF costs by the size of its file and of its picture: a directory may state any number of
 * values, and a block (strip or tile) may unpack to anything.
 */
import type { GeoTIFFImage, ImageFileDirectory } from "geotiff";
import { unread } from "./opened";
import { inflate, type Unpack, unpackBits, unpackLzw } from "./tiff-unpack";

type Library = typeof import("geotiff");

/** Bytes of a value by its field type, 1 to 18; TIFF 6.0, section 2, and BigTIFF. */
const valueBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];
/** Values of Compression (259). */
const UNCOMPRESSED = 1;
const JPEG = 7;
const unpackers: Readonly<Record<number, Unpack>> = {
  5: unpackLzw,
  8: inflate,
  32773: unpackBits,
  32946: inflate,
};
const others: Readonly<Record<number, string>> = {
  2: "as a fax",
  3: "as a fax",
  4: "as a fax",
  6: "with JPEG in a form that was given up",
  34887: "with LERC",
  50000: "with Zstandard",
  50001: "with WebP",
};
/** Blocks may hold more than the picture, such as a tile wider than it. */
const BLOCKS_BYTES = 64 * 1024 * 1024;
/** 100 megapixels of four colors of 32 bits. */
const MOST_BYTES = 1_600_000_000;

/** Refuses a first directory with more values than its file can hold, for which the library would make room. */
export function checkDirectory(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[0] === 0x49;
  const isBig = view.getUint16(2, little) === 43;
  const long = (at: number) => (isBig ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little));
  const start = long(isBig ? 8 : 4);
  const entries = isBig ? long(start) : view.getUint16(start, little);
  const [first, size] = isBig ? [start + 8, 20] : [start + 2, 12];
  if (entries * size > bytes.length) throw unread("TIFF");
  for (let at = first; at < first + entries * size; at += size) {
    const held = (valueBytes[view.getUint16(at + 2, little)] ?? 0) * long(at + 4);
    if (held > bytes.length) throw unread("TIFF", "states more values than its file holds");
  }
}

/** Refuses compressions that are not bounded, and blocks that cannot belong to the picture. */
export async function checkBlocks(page: GeoTIFFImage, bytes: Uint8Array): Promise<void> {
  const tags = page.getFileDirectory();
  const compression = ((await tags.loadValue("Compression")) as number | undefined) ?? UNCOMPRESSED;
  if (![UNCOMPRESSED, JPEG].includes(compression) && !unpackers[compression])
    throw unread("TIFF", `is compressed ${others[compression] ?? "in an unknown way"}`);
  const [width, height] = [page.getWidth(), page.getHeight()];
  const [wide, high] = [page.getTileWidth(), page.getTileHeight()];
  if (![width, height, wide, high].every((size) => Number.isInteger(size) && size > 0)) throw unread("TIFF");
  const planes = page.planarConfiguration === 2 ? page.getSamplesPerPixel() : 1;
  const blocks = Math.ceil(width / wide) * Math.ceil(height / high) * planes;
  const layout = await layoutOf(tags);
  const picture = planes * bytesOf({ ...layout, tileWidth: width, tileHeight: height });
  const unpacked = blocks * bytesOf({ ...layout, tileWidth: wide, tileHeight: high });
  if (blocks > bytes.length || picture > MOST_BYTES || unpacked > 4 * picture + BLOCKS_BYTES)
    throw unread("TIFF", "states strips or tiles that do not fit its size");
  const packed = await valuesOf(tags, page.isTiled ? "TileByteCounts" : "StripByteCounts");
  const read = packed.slice(0, blocks).reduce((sum, count) => sum + Math.min(count, bytes.length), 0);
  if (read > 2 * bytes.length) throw unread("TIFF", "states strips or tiles larger than its file");
  if (compression !== JPEG) return;
  const offsets = await valuesOf(tags, page.isTiled ? "TileOffsets" : "StripOffsets");
  for (const [at, offset] of offsets.slice(0, blocks).entries())
    checkJpeg(bytes.subarray(offset, offset + (packed[at] ?? 0)), wide, high);
}

async function valuesOf(
  tags: ImageFileDirectory,
  tag: "StripOffsets" | "StripByteCounts" | "TileOffsets" | "TileByteCounts",
): Promise<number[]> {
  const values = (await tags.loadValue(tag)) as ArrayLike<number | bigint> | number | undefined;
  return typeof values === "number" ? [values] : Array.from(values ?? [], Number);
}

/** More scans than any progressive JPEG has. */
const MOST_SCANS = 100;

/**
 * Refuses a JPEG whose frames are larger than its block. Frames are searched everywhere, since a parser that meets an
 * error may take any bytes for one.
 */
function checkJpeg(bytes: Uint8Array, wide: number, high: number): void {
  let scans = 0;
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xda && ++scans > MOST_SCANS) throw unread("TIFF");
    if (marker < 0xc0 || marker > 0xcf || [0xc4, 0xc8, 0xcc].includes(marker) || at + 9 >= bytes.length)
      continue;
    const [y, x] = [at + 5, at + 7].map((from) => 256 * (bytes[from] ?? 0) + (bytes[from + 1] ?? 0)) as [
      number,
      number,
    ];
    // Blocks are filled up to whole units of at most 32 pixels.
    if (x > wide + 32 || y > high + 32 || (bytes[at + 9] ?? 0) > 4)
      throw unread("TIFF", "holds a JPEG that does not fit its strip or tile");
  }
}

interface BlockLayout {
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly bitsPerSample: readonly number[];
  readonly samplesPerPixel: number;
  readonly planarConfiguration: number;
  readonly predictor: number;
}

/** Bytes of one block, whose rows begin at whole bytes. */
function bytesOf({
  tileWidth,
  tileHeight,
  bitsPerSample,
  samplesPerPixel,
  planarConfiguration,
}: BlockLayout): number {
  const most = Math.max(8, ...bitsPerSample);
  const samples = planarConfiguration === 2 ? 1 : Math.max(samplesPerPixel, bitsPerSample.length);
  return Math.ceil((tileWidth * samples * most) / 8) * tileHeight;
}

async function layoutOf(tags: ImageFileDirectory): Promise<BlockLayout & { bitsPerSample: number[] }> {
  const one = async (
    tag:
      | "TileWidth"
      | "TileLength"
      | "ImageWidth"
      | "ImageLength"
      | "RowsPerStrip"
      | "Predictor"
      | "PlanarConfiguration"
      | "SamplesPerPixel",
  ) => Number((await tags.loadValue(tag)) ?? 0);
  const isTiled = !tags.hasTag("StripOffsets");
  const rows = await one("ImageLength");
  const bits = (await tags.loadValue("BitsPerSample")) as ArrayLike<number> | undefined;
  return {
    tileWidth: await one(isTiled ? "TileWidth" : "ImageWidth"),
    tileHeight: isTiled ? await one("TileLength") : Math.min(rows, (await one("RowsPerStrip")) || rows),
    bitsPerSample: Array.from(bits ?? [1]),
    samplesPerPixel: (await one("SamplesPerPixel")) || 1,
    planarConfiguration: (await one("PlanarConfiguration")) || 1,
    predictor: (await one("Predictor")) || 1,
  };
}

/** Has the library unpack blocks by functions that stop at a block's stated size, which its own do not. */
export function boundDecoders({ addDecoder, BaseDecoder }: Library): void {
  for (const [compression, unpack] of Object.entries(unpackers)) {
    class Bounded extends BaseDecoder {
      override decodeBlock(buffer: ArrayBufferLike): ArrayBufferLike {
        // `layoutOf` made these parameters.
        const most = bytesOf(this.parameters as unknown as BlockLayout);
        const unpacked = unpack(new Uint8Array(buffer), most);
        return unpacked.length === most ? unpacked.buffer : unpacked.slice().buffer;
      }
    }
    addDecoder(Number(compression), async () => Bounded, layoutOf);
  }
}
