import type { Dimensions, ImageFormat } from "./image-format";
import { isInterpolated, type Plane, type Subsampling, toRgb } from "./jpeg-planes";
import type { RawImage } from "./raw-image";

/**
 * Decodes small images in this process. The standard path sends each through the browser's other process and back, one
 * at a time for all workers, which takes many times as long as decoding.
 */

type Bytes = Uint8Array<ArrayBuffer>;

/** For larger files the round trip is a small part of the time, and their pixels should be read in bands. */
const MOST_BYTES = 64 * 1024;
const MOST_PIXELS = 512 * 512;

const subsamplings: Readonly<Record<string, Subsampling>> = {
  I420: { columns: 2, rows: 2 },
  I422: { columns: 2, rows: 1 },
  I444: { columns: 1, rows: 1 },
};

/**
 * Returns the pixels that `createImageBitmap` would give; undefined for files left to it.
 *
 * @param claimed size stated by the header
 */
export async function decodeQuickly(
  bytes: Bytes,
  format: ImageFormat,
  claimed: Dimensions | undefined,
): Promise<RawImage | undefined> {
  const isSmall = claimed && claimed.width * claimed.height <= MOST_PIXELS && bytes.length <= MOST_BYTES;
  if (!isSmall || !isPlain(bytes, format) || !("ImageDecoder" in globalThis)) return undefined;
  let decoder: ImageDecoder | undefined;
  let frame: VideoFrame | undefined;
  try {
    decoder = new ImageDecoder({ data: bytes, type: `image/${format}`, colorSpaceConversion: "none" });
    frame = (await decoder.decode()).image;
    return await pixelsOf(frame, format);
  } catch {
    // Damaged or unsupported here: the standard path reports which.
    return undefined;
  } finally {
    frame?.close();
    decoder?.close();
  }
}

/** Recognizes files with one frame and no orientation to apply. */
function isPlain(bytes: Bytes, format: ImageFormat): boolean {
  return (format === "jpeg" || format === "png") && !hasExif(bytes);
}

const exif = [0x45, 0x78, 0x69, 0x66];
const chunk = [0x65, 0x58, 0x49, 0x66];

/** Finds "Exif" in a JPEG or "eXIf" in a PNG, even if it occurs by chance. */
function hasExif(bytes: Bytes): boolean {
  const isAt = (at: number, word: readonly number[]) => word.every((code, i) => bytes[at + i] === code);
  for (let at = bytes.indexOf(0x78); at > 0; at = bytes.indexOf(0x78, at + 1))
    if (isAt(at - 1, exif)) return true;
  for (let at = bytes.indexOf(0x58); at > 0; at = bytes.indexOf(0x58, at + 1))
    if (isAt(at - 1, chunk)) return true;
  return false;
}

async function pixelsOf(frame: VideoFrame, format: ImageFormat): Promise<RawImage | undefined> {
  const { codedWidth: width, codedHeight: height, displayWidth, displayHeight } = frame;
  if (displayWidth !== width || displayHeight !== height || width * height > MOST_PIXELS) return undefined;
  const content = new Uint8Array(frame.allocationSize());
  const layout = await frame.copyTo(content);
  const sampling = format === "jpeg" ? subsamplings[frame.format ?? ""] : undefined;
  if (sampling) return fromPlanes(content, layout, width, height, sampling);
  return layout[0] && isBlueFirst(frame.format) ? fromPixels(content, layout[0], width, height) : undefined;
}

function fromPlanes(
  content: Uint8Array,
  layout: readonly PlaneLayout[],
  width: number,
  height: number,
  sampling: Subsampling,
): RawImage | undefined {
  const [luma, cb, cr] = layout.map(({ offset, stride }, place): Plane => {
    const { columns, rows } = place === 0 ? { columns: 1, rows: 1 } : sampling;
    const samples = content.subarray(offset);
    return { width: Math.ceil(width / columns), height: Math.ceil(height / rows), stride, samples };
  });
  if (!luma || !cb || !cr || !isInterpolated(cb.width, sampling)) return undefined;
  return { width, height, channels: 3, pixels: toRgb(luma, cb, cr, sampling) };
}

const isBlueFirst = (format: string | null) => format === "BGRA" || format === "BGRX";

/** Returns undefined for transparent images, which browsers blend over white with a rounding of their own. */
function fromPixels(
  content: Uint8Array,
  { offset, stride }: PlaneLayout,
  width: number,
  height: number,
): RawImage | undefined {
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0, from = offset + y * stride; x < width; x++, from += 4, to += 3) {
      if (content[from + 3] !== 255) return undefined;
      pixels[to] = content[from + 2] as number;
      pixels[to + 1] = content[from + 1] as number;
      pixels[to + 2] = content[from] as number;
    }
  }
  return { width, height, channels: 3, pixels };
}
