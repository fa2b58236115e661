/** Reads JPEG XL images (ISO/IEC 18181) by libjxl, which is loaded with the first one. */
import { library, type Opened, orUnread, unread } from "./opened";

const CODESTREAM = [0xff, 0x0a];
const CONTAINER = [0, 0, 0, 12, 0x4a, 0x58, 0x4c, 0x20, 0x0d, 0x0a, 0x87, 0x0a];
const begins = (bytes: Uint8Array, mark: readonly number[]) => mark.every((byte, at) => bytes[at] === byte);

export const isJpegXl = (bytes: Uint8Array): boolean => begins(bytes, CODESTREAM) || begins(bytes, CONTAINER);

/** Offset of the codestream, which boxes "jxlc" or "jxlp" contain; undefined if there is none. */
function codestreamAt(bytes: Uint8Array): number | undefined {
  if (begins(bytes, CODESTREAM)) return 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 16 <= bytes.length; ) {
    const type = view.getUint32(at + 4);
    // "jxlc"; "jxlp" begins with its number.
    if (type === 0x6a786c63) return at + 8;
    if (type === 0x6a786c70) return at + 12;
    const length = view.getUint32(at);
    if (length < 8) return undefined;
    at += length;
  }
  return undefined;
}

const ratios = [
  [1, 1],
  [12, 10],
  [4, 3],
  [3, 2],
  [16, 9],
  [5, 4],
  [2, 1],
] as const;

/** The size that the header states (ISO/IEC 18181-1, SizeHeader); undefined if it ends early. */
function sizeOf(bytes: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  const from = codestreamAt(bytes);
  if (from === undefined || !begins(bytes.subarray(from), CODESTREAM) || from + 12 > bytes.length)
    return undefined;
  let at = 8 * (from + 2);
  const bits = (count: number) => {
    let value = 0;
    for (let i = 0; i < count; i++, at++) value += (((bytes[at >> 3] as number) >> (at & 7)) & 1) * 2 ** i;
    return value;
  };
  const isSmall = bits(1) === 1;
  const length = () => (isSmall ? 8 * (bits(5) + 1) : bits([9, 13, 18, 30][bits(2)] as number) + 1);
  const height = length();
  const ratio = bits(3);
  const [over, under] = ratios[ratio - 1] ?? [0, 1];
  return { width: ratio === 0 ? length() : Math.floor((height * over) / under), height };
}

/** Opens the first frame, with its orientation applied. Throws a `Rejection`. */
export async function openJpegXl(bytes: Uint8Array<ArrayBuffer>): Promise<Opened> {
  const size = sizeOf(bytes);
  if (!size) throw unread("JPEG XL");
  const { default: decode } = await library("JPEG XL", () => import("@jsquash/jxl/decode.js"));
  const read = async () => {
    // The library takes whole buffers.
    const { width, height, data } = await orUnread("JPEG XL", () => decode(bytes.slice().buffer));
    return { width, height, channels: 4 as const, pixels: new Uint8Array(data.buffer) };
  };
  return { ...size, read };
}
