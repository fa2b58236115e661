import { bytes, double, type Field, float, integer, joined, message, text } from "../../../protocol/protobuf";

/**
 * TensorBoard's event files: records of TensorFlow (length, checksum, content, checksum) that hold messages `Event`
 * (tensorflow/core/util/event.proto, tensorflow/core/framework/summary.proto).
 */

/** One moment of a run. `wallSeconds` counts since 1970. */
interface Moment {
  readonly wallSeconds: number;
  readonly step: number;
}

export interface ScalarEvent extends Moment {
  readonly tag: string;
  readonly value: number;
}

const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? 0x82f63b78 ^ (rest >>> 1) : rest >>> 1;
  return rest >>> 0;
});

/** The checksum CRC-32C (RFC 3720, appendix B.4). */
export function crc32c(content: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of content) rest = (remainders[(rest ^ byte) & 255] as number) ^ (rest >>> 8);
  return ~rest >>> 0;
}

/** Rotated and shifted, so that a checksum of data that contain checksums is no weaker. */
const masked = (sum: number) => (((sum >>> 15) | (sum << 17)) + 0xa282ead8) >>> 0;

function record(parts: readonly Field[]): Uint8Array {
  const content = joined(parts);
  const bytesOfRecord = new Uint8Array(content.length + 16);
  const view = new DataView(bytesOfRecord.buffer);
  view.setBigUint64(0, BigInt(content.length), true);
  view.setUint32(8, masked(crc32c(bytesOfRecord.subarray(0, 8))), true);
  bytesOfRecord.set(content, 12);
  view.setUint32(12 + content.length, masked(crc32c(content)), true);
  return bytesOfRecord;
}

const moment = ({ wallSeconds, step }: Moment): Field[] => [double(1, wallSeconds), integer(2, step)];

/** Every file begins with it. */
const heading = (wallSeconds: number) => record([double(1, wallSeconds), text(3, "brain.Event:2")]);

const scalar = ({ tag, value, ...at }: ScalarEvent) =>
  record([...moment(at), message(5, [message(1, [text(1, tag), float(2, value)])])]);

const STRING = 7;

/** A Markdown text for the tab "Text". */
function note(tag: string, markdown: string, wallSeconds: number): Uint8Array {
  const shape = message(2, [message(2, [integer(1, 1)])]);
  const tensor = message(8, [integer(1, STRING), shape, bytes(8, new TextEncoder().encode(markdown))]);
  const plugin = message(9, [message(1, [text(1, "text")])]);
  return record([
    ...moment({ wallSeconds, step: 0 }),
    message(5, [message(1, [text(1, tag), plugin, tensor])]),
  ]);
}

export interface EventFile {
  readonly wallSeconds: number;
  /** Markdown by tag. */
  readonly notes: Readonly<Record<string, string>>;
  readonly scalars: readonly ScalarEvent[];
}

/** The bytes of an event file. */
export function encodeEvents({ wallSeconds, notes, scalars }: EventFile): Uint8Array<ArrayBuffer> {
  const texts = Object.entries(notes).map(([tag, markdown]) => note(tag, markdown, wallSeconds));
  return joined([[heading(wallSeconds), ...texts, ...scalars.map(scalar)]]);
}
