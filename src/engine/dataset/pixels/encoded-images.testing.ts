/** Small encoded images for tests: made by the browser, by hand, or stored here if it cannot encode them. */

export type Painter = (x: number, y: number) => readonly [number, number, number, number];

/** A picture with structure everywhere, so that a shift by one pixel is detected. */
export const pattern: Painter = (x, y) => [
  (x * 37 + y * 11) % 256,
  (x * 5 + y * 71) % 256,
  (x * y) % 256,
  255,
];

export async function encode(
  width: number,
  height: number,
  type: "image/png" | "image/jpeg" | "image/webp" = "image/png",
  paint: Painter = pattern,
): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(width, height);
  const image = new ImageData(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) image.data.set(paint(x, y), 4 * (y * width + x));
  }
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  const blob = await canvas.convertToBlob({ type, quality: 0.95 });
  if (blob.type !== type) throw new Error(`this browser does not encode ${type}`);
  return new Uint8Array(await blob.arrayBuffer());
}

/** Encodes a BMP: uncompressed, 24 bits per pixel, rows from the bottom. */
export function encodeBitmap(
  width: number,
  height: number,
  paint: Painter = pattern,
): Uint8Array<ArrayBuffer> {
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const bytes = new Uint8Array(54 + rowBytes * height);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red, green, blue] = paint(x, y);
      bytes.set([blue, green, red], 54 + (height - 1 - y) * rowBytes + 3 * x);
    }
  }
  return bytes;
}

/** Inserts the EXIF orientation tag after a JPEG's first marker. 6: to be rotated clockwise by 90°. */
export function withOrientation(jpeg: Uint8Array, orientation: number): Uint8Array<ArrayBuffer> {
  const tiff = [
    0x49,
    0x49,
    42,
    0,
    8,
    0,
    0,
    0,
    1,
    0,
    0x12,
    0x01,
    3,
    0,
    1,
    0,
    0,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
  ];
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff];
  return Uint8Array.of(...jpeg.subarray(0, 2), 0xff, 0xe1, 0, exif.length + 2, ...exif, ...jpeg.subarray(2));
}

/** The head of a PNG with large dimensions. */
export function giantPngHead(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(64);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  new DataView(bytes.buffer).setUint32(16, width);
  new DataView(bytes.buffer).setUint32(20, height);
  return bytes;
}

export const fromBase64 = (text: string) =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** 24 × 24 pixels, the left half red, the right half blue. */
export const redBlue = {
  avif: fromBase64(
    "AAAAHGZ0eXBhdmlmAAAAAG1pZjFhdmlmbWlhZgAAANZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9j" +
      "AAAAAERAAAEAAQAAAAAA+gABAAAAAAAAACoAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABhdjAxAAAAAA5waXRtAAAAAAABAAAAVmlw" +
      "cnAAAAA4aXBjbwAAAAxhdjFDgSACAAAAABRpc3BlAAAAAAAAABgAAAAYAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAgMA" +
      "AAAybWRhdBIACgg4ES92kBDQaTIcRICQ0qAAPIABAMsBYKp4S5elL8ExesxvcDJ3tA==",
  ),
  gif: fromBase64(
    "R0lGODlhGAAYAIEAAExpcf8AAAAA/wAAACH5BAUAAAAALAAAAAAYABgAAAIyjI8my70Jg5siJuoswk0fzngKWIlk6Z2iRK6q2cKgG6e19tqz" +
      "zNG73uNhfEHgUEghYgoAOw==",
  ),
} as const;

export const text = (content: string) => new TextEncoder().encode(content) as Uint8Array<ArrayBuffer>;
