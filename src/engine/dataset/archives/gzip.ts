import { importLimits } from "../../../protocol/dataset";
import { refuseBomb, refuseLarge } from "../files";
import { Rejection } from "../rejection";

type Bytes = Uint8Array<ArrayBuffer>;

/** A header of ten bytes, a block, and eight bytes of checksum and length (RFC 1952). */
const LEAST_BYTES = 20;

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/**
 * Unpacks one gzip file and verifies its checksum. The length in its trailer is a limit: a bomb that understates its
 * length is cut off there. Throws a `Rejection`.
 */
export async function gunzip(packed: Bytes): Promise<Bytes> {
  if (packed.length < LEAST_BYTES) throw new Rejection("damaged", "The gzip file ends too early.");
  const bytes = new DataView(packed.buffer, packed.byteOffset).getUint32(packed.length - 4, true);
  refuseLarge(bytes);
  refuseBomb(bytes, packed.length);
  const content = allocate(bytes);
  let filled = 0;
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const chunk: Uint8Array = next.value;
      if (filled + chunk.length > bytes) throw new RangeError("longer than announced");
      content.set(chunk, filled);
      filled += chunk.length;
    }
  } catch {
    void reader.cancel().catch(() => undefined);
    throw new Rejection("damaged", "The gzip file cannot be unpacked, or does not match its checksum.");
  }
  if (filled !== bytes) throw new Rejection("damaged", "The gzip file is shorter than it says.");
  return content;
}

function allocate(bytes: number): Bytes {
  try {
    return new Uint8Array(bytes);
  } catch {
    const [size, limit] = [bytes, importLimits.fileBytes].map((value) => Math.ceil(value / 1024 ** 2));
    throw new Rejection(
      "too-large",
      `It unpacks to ${size} MiB of at most ${limit}; the browser has no room for it.`,
    );
  }
}
