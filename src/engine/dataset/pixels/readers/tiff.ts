/** Reads TIFF images (TIFF 6.0, BigTIFF) of scanners and microscopes by geotiff.js, which is loaded with the first one. */
import type { GeoTIFFImage } from "geotiff";
import type { RawImage } from "../raw-image";
import { type DeepImage, stretched } from "./deep-png";
import { library, type Opened, orUnread, unread } from "./opened";
import { boundDecoders, checkBlocks, checkDirectory } from "./tiff-limits";

/** Values of PhotometricInterpretation (262). */
const WHITE_IS_ZERO = 0;
const BLACK_IS_ZERO = 1;
const RGB = 2;
/** Values of SampleFormat (339). */
const UNSIGNED = 1;
const FLOAT = 3;
/** An unassociated or associated opacity in ExtraSamples (338). */
const opacities = [1, 2];

export function isTiff(bytes: Uint8Array): boolean {
  const [first, second, third, fourth] = bytes;
  const isLittle = first === 0x49 && second === 0x49 && (third === 42 || third === 43) && fourth === 0;
  const isBig = first === 0x4d && second === 0x4d && third === 0 && (fourth === 42 || fourth === 43);
  return isLittle || isBig;
}

/** Opens the first page, turned as it says. Throws a `Rejection`. */
export async function openTiff(bytes: Uint8Array<ArrayBuffer>): Promise<Opened> {
  const geotiff = await library("TIFF", () => import("geotiff"));
  boundDecoders(geotiff);
  return orUnread("TIFF", async () => {
    checkDirectory(bytes);
    const page = await (await geotiff.fromArrayBuffer(bytes.slice().buffer)).getImage(0);
    const [width, height] = [page.getWidth(), page.getHeight()];
    return { width, height, read: () => orUnread("TIFF", () => readPage(page, bytes)) };
  });
}

async function readPage(page: GeoTIFFImage, bytes: Uint8Array): Promise<RawImage | DeepImage> {
  const tags = page.getFileDirectory();
  const photometric = (tags.getValue("PhotometricInterpretation") as number | undefined) ?? BLACK_IS_ZERO;
  await checkBlocks(page, bytes);
  const bits = page.getBitsPerSample();
  const isPlain = photometric <= RGB;
  const found = isPlain ? await plain(page, photometric, bits) : await colored(page);
  return turned(found, ((await tags.loadValue("Orientation")) as number | undefined) ?? 1);
}

/** Palettes, inks and video colors, of 8 bits. */
async function colored(page: GeoTIFFImage): Promise<RawImage> {
  if (page.getBitsPerSample() > 8) throw unread("TIFF", "has colors of more than 8 bits that are not RGB");
  const values = await page.readRGB({ interleave: true });
  return {
    width: page.getWidth(),
    height: page.getHeight(),
    channels: 3,
    pixels: Uint8Array.from(values as Uint8Array),
  };
}

/** Gray and RGB, with opacity if there is one: 16 bits remain, others become 8. */
async function plain(page: GeoTIFFImage, photometric: number, bits: number): Promise<RawImage | DeepImage> {
  const [width, height] = [page.getWidth(), page.getHeight()];
  const format = page.getSampleFormat();
  if (format !== UNSIGNED && format !== FLOAT) throw unread("TIFF", "has signed values");
  if (format === UNSIGNED && bits > 16) throw unread("TIFF", `has whole numbers of ${bits} bits`);
  const colors = photometric === RGB ? 3 : 1;
  const extra = page.getFileDirectory().getValue("ExtraSamples") as ArrayLike<number> | undefined;
  const hasOpacity = page.getSamplesPerPixel() > colors && opacities.includes(extra?.[0] ?? 0);
  if (page.getSamplesPerPixel() < colors) throw unread("TIFF");
  const channels = (colors + (hasOpacity ? 1 : 0)) as 1 | 2 | 3 | 4;
  const samples = Array.from({ length: channels }, (_, i) => i);
  const values = (await page.readRasters({ interleave: true, samples })) as ArrayLike<number>;
  if (values.length !== width * height * channels) throw unread("TIFF");
  const most = format === FLOAT ? 1 : 2 ** bits - 1;
  const deep = new Uint16Array(values.length);
  for (let i = 0; i < deep.length; i++) {
    const value = values[i] as number;
    if (!(value >= 0 && value <= most)) throw unread("TIFF", "has values outside 0 to 1");
    const isColor = i % channels < colors;
    // 12 bits in 16 keep their values, so that a narrow range is noticed.
    deep[i] = Math.round((65_535 * (photometric === WHITE_IS_ZERO && isColor ? most - value : value)) / most);
  }
  const image: DeepImage = { width, height, channels, values: deep };
  return bits <= 8 ? stretched(image, { low: 0, high: 65_535 }) : image;
}

/** Applies the tag Orientation (274), 1 to 8. */
function turned<T extends RawImage | DeepImage>(image: T, orientation: number): T {
  if (orientation <= 1 || orientation > 8) return image;
  const { width, height, channels } = image;
  const source = "pixels" in image ? image.pixels : image.values;
  const into = source.slice();
  const swaps = orientation >= 5;
  const [wide, high] = swaps ? [height, width] : [width, height];
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBelow = [3, 4, 6, 7].includes(orientation);
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      const [column, row] = swaps ? [y, x] : [x, y];
      const from = (fromBelow ? height - 1 - row : row) * width + (fromRight ? width - 1 - column : column);
      for (let c = 0; c < channels; c++)
        into[(y * wide + x) * channels + c] = source[from * channels + c] as number;
    }
  }
  return { ...image, width: wide, height: high, ["pixels" in image ? "pixels" : "values"]: into };
}
