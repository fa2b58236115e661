import { importLimits } from "../../../protocol/dataset";
import { Rejection } from "../rejection";
import { createBudget } from "./budget";
import { type Dimensions, headerDimensions, type ImageFormat, sniffFormat } from "./image-format";
import { decodeQuickly } from "./quick-decode";
import { createRawReader, type RawImage } from "./raw-image";
import { asRaw, foreignReader } from "./readers/foreign";
import { isNetpbm, netpbmHeader, readNetpbm } from "./readers/netpbm";
import { createShrinker, enlarge } from "./resize";

/** Number of pixels read back at once: large images are read in bands. */
const BAND_PIXELS = 1 << 20;
/** Pixels assumed if a header does not state an image's size. */
const UNKNOWN_PIXELS = 16_000_000;
/** Pixels decoded at the same time; a larger image waits until it is alone. */
const PIXELS_IN_FLIGHT = 48_000_000;

/**
 * Decodes one image, encoded or not, and writes its center square, at the chosen size, to `into` [size, size, 3].
 * Transparency becomes white; an animation gives its first frame; the EXIF orientation is applied; color profiles are
 * not, since their arithmetic differs between machines. Throws a `Rejection`.
 */
export type Decode = (content: Uint8Array<ArrayBuffer> | RawImage, into: Uint8Array) => Promise<void>;

/** Calls may overlap; images in progress share a memory budget. */
export function createDecoder(size: number): Decode {
  const budget = createBudget(PIXELS_IN_FLIGHT);
  const square = createSquareReader(size);
  const readSquare = (bitmap: ImageBitmap, into: Uint8Array) => {
    try {
      square(bitmap, into);
    } catch {
      throw new Rejection("damaged", "The browser decoded it, but could not hand over its pixels.");
    }
  };
  const readRaw = createRawReader(size);
  return async (bytes, into) => {
    if (!(bytes instanceof Uint8Array)) return readRaw(bytes, into);
    const netpbm = isNetpbm(bytes) ? netpbmHeader(bytes) : undefined;
    if (netpbm) {
      refuseAbsurd(netpbm);
      return readRaw(readNetpbm(bytes), into);
    }
    const open = foreignReader(bytes);
    if (open) {
      const opened = await open(bytes);
      refuseAbsurd(opened);
      const release = await budget(opened.width * opened.height);
      try {
        const image = asRaw(await opened.read());
        refuseAbsurd(image);
        return readRaw(image, into);
      } finally {
        release();
      }
    }
    const format = sniffFormat(bytes);
    const claimed = headerDimensions(bytes, format);
    if (claimed) refuseAbsurd(claimed);
    const quick = await decodeQuickly(bytes, format, claimed);
    if (quick) return readRaw(quick, into);
    const release = await budget(claimed ? claimed.width * claimed.height : UNKNOWN_PIXELS);
    try {
      const bitmap = await decodeBitmap(bytes, format);
      try {
        refuseAbsurd(bitmap);
        readSquare(bitmap, into);
      } finally {
        bitmap.close();
      }
    } finally {
      release();
    }
  };
}

async function decodeBitmap(bytes: Uint8Array<ArrayBuffer>, format: ImageFormat): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(new Blob([bytes], { type: `image/${format}` }), {
      colorSpaceConversion: "none",
      imageOrientation: "from-image",
    });
  } catch {
    throw new Rejection("damaged", `It begins like a ${format.toUpperCase()} image, but cannot be decoded.`);
  }
}

function refuseAbsurd({ width, height }: Dimensions): void {
  const { sidePixels, imagePixels } = importLimits;
  // A damaged header may also give a reader several numbers, or none.
  if (![width, height].every((side) => Number.isInteger(side) && side >= 1)) {
    throw new Rejection("damaged", `Its header says ${width} × ${height} pixels.`);
  }
  if (width > sidePixels || height > sidePixels || width * height > imagePixels) {
    const limit = `${sidePixels} pixels a side and ${imagePixels / 1e6} megapixels`;
    throw new Rejection("too-large", `${width} × ${height} pixels; at most ${limit} are read.`);
  }
}

/** Reads the center square of a bitmap, resized. One canvas is used for all. */
function createSquareReader(size: number): (bitmap: ImageBitmap, into: Uint8Array) => void {
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("this browser offers no 2D canvas in workers");

  /** Reads RGBA of `rows` rows of the square from `top`, over white. */
  const readBand = (bitmap: ImageBitmap, side: number, top: number, rows: number): Uint8ClampedArray => {
    if (canvas.width !== side || canvas.height !== rows) {
      canvas.width = side;
      canvas.height = rows;
    }
    context.fillStyle = "white";
    context.fillRect(0, 0, side, rows);
    const left = Math.floor((bitmap.width - side) / 2);
    const above = Math.floor((bitmap.height - side) / 2);
    context.drawImage(bitmap, left, above + top, side, rows, 0, 0, side, rows);
    return context.getImageData(0, 0, side, rows).data;
  };

  // Most images of a dataset have one size, so the shrinker of one is reused for the next.
  let shrinker = createShrinker(size, size);
  return (bitmap, into) => {
    const side = Math.min(bitmap.width, bitmap.height);
    if (side < size) return enlarge(readBand(bitmap, side, 0, side), side, size, into);
    if (shrinker.side !== side) shrinker = createShrinker(side, size);
    shrinker.start();
    const bandRows = Math.max(1, Math.floor(BAND_PIXELS / side));
    for (let top = 0; top < side; top += bandRows) {
      const rows = Math.min(bandRows, side - top);
      const band = readBand(bitmap, side, top, rows);
      for (let row = 0; row < rows; row++) shrinker.addRow(band, 4 * side * row);
    }
    shrinker.finish(into);
  };
}
