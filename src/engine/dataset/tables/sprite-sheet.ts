import { importLimits } from "../../../protocol/dataset";
import { type Dimensions, headerDimensions, sniffFormat } from "../pixels/image-format";
import type { RawImage } from "../pixels/raw-image";
import { Rejection } from "../rejection";

/** The arrangement of images in a sheet. */
export interface SheetLayout {
  readonly side: number;
  /** Tiles per row; undefined if each row of pixels is one flattened image, as in TensorFlow.js's examples. */
  readonly columns: number | undefined;
}

const LEAST_SIDE = 4;

/**
 * Finds the only arrangement of this many square images in a sheet: rows of pixels that are one image each, or a grid of
 * tiles with at most the last row incomplete. Undefined if there is none or more than one.
 */
export function sheetLayout({ width, height }: Dimensions, count: number): SheetLayout | undefined {
  const rowSide = Math.sqrt(width);
  if (height === count && Number.isInteger(rowSide) && rowSide >= LEAST_SIDE) {
    return { side: rowSide, columns: undefined };
  }
  const layouts: SheetLayout[] = [];
  for (let side = LEAST_SIDE; side <= Math.min(width, height); side++) {
    if (width % side !== 0 || height % side !== 0) continue;
    const [columns, rows] = [width / side, height / side];
    if (Math.ceil(count / columns) === rows) layouts.push({ side, columns });
  }
  return layouts.length === 1 ? layouts[0] : undefined;
}

/** Width and height of a possible sheet; undefined for other files. Throws a `Rejection` for absurd sizes. */
export function sheetDimensions(bytes: Uint8Array): Dimensions | undefined {
  let size: Dimensions | undefined;
  try {
    size = headerDimensions(bytes, sniffFormat(bytes));
  } catch (error) {
    if (error instanceof Rejection) return undefined;
    throw error;
  }
  if (size && size.width * size.height > importLimits.imagePixels) {
    const limit = `${importLimits.imagePixels / 1e6} megapixels`;
    throw new Rejection(
      "too-large",
      `The sheet has ${size.width} × ${size.height} pixels; at most ${limit} are read.`,
    );
  }
  return size;
}

/** Pixels of a band read at once, since reading a single tile would cost as much. */
const BAND_PIXELS = 1 << 20;

/**
 * Splits a sheet into images. It is decoded for the first image and read in bands; images may be requested in
 * any order. Throws a `Rejection`.
 */
export function createSheetReader(
  bytes: Uint8Array<ArrayBuffer>,
  { width, height }: Dimensions,
  { side, columns }: SheetLayout,
): (index: number) => Promise<RawImage> {
  const tileRow = columns === undefined ? 1 : side;
  const bandRows = Math.max(1, Math.floor(BAND_PIXELS / (width * tileRow))) * tileRow;
  let bitmap: Promise<ImageBitmap> | undefined;
  let band: { readonly top: number; readonly rgba: Uint8ClampedArray } | undefined;
  const readBand = (sheet: ImageBitmap, top: number) => {
    const rows = Math.min(bandRows, height - top);
    const context = new OffscreenCanvas(width, rows).getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("this browser offers no 2D canvas in workers");
    context.drawImage(sheet, 0, top, width, rows, 0, 0, width, rows);
    return { top, rgba: context.getImageData(0, 0, width, rows).data };
  };
  return async (index) => {
    bitmap ??= decodeSheet(bytes);
    const sheet = await bitmap;
    if (sheet.width !== width || sheet.height !== height) {
      throw new Rejection("damaged", "The sheet is not as large as its header says.");
    }
    const row = columns === undefined ? index : Math.floor(index / columns) * side;
    const top = Math.floor(row / bandRows) * bandRows;
    if (band?.top !== top) band = readBand(sheet, top);
    const left = columns === undefined ? 0 : (index % columns) * side;
    const pixels = new Uint8Array(side * side * 4);
    const line = columns === undefined ? width : side;
    for (let y = 0; y < tileRow; y++) {
      const from = ((row - top + y) * width + left) * 4;
      pixels.set(band.rgba.subarray(from, from + line * 4), y * line * 4);
    }
    return { width: side, height: side, channels: 4, pixels };
  };
}

async function decodeSheet(bytes: Uint8Array<ArrayBuffer>): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(new Blob([bytes]), { colorSpaceConversion: "none" });
  } catch {
    throw new Rejection("damaged", "The sheet begins like an image, but cannot be decoded.");
  }
}
