import { ModelUnreadable } from "../model-unreadable";

/**
 * Reads the wire format of protocol buffers (https://protobuf.dev/programming-guides/encoding) without ever reading beyond
 * the end of a message. Numbers that take more than 53 bits are refused.
 */

/** One field of a message. */
export interface WireField {
  readonly field: number;
  /** Of a whole number; 0 for others. */
  readonly value: number;
  /** The bytes of a text, a nested message or packed numbers; undefined for others. */
  readonly bytes?: Uint8Array;
}

const MOST_VARINT_BYTES = 10;
export const truncated = () => new ModelUnreadable("The ONNX file is truncated or damaged.");

class Reader {
  at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  /** Of a negative number the lowest 53 bits are wrong, and −1 stands for it. */
  varint(): number {
    let value = 0;
    for (let i = 0; i < MOST_VARINT_BYTES; i++) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw truncated();
      value += (byte & 127) * 2 ** (7 * i);
      if (byte < 128) return Number.isSafeInteger(value) ? value : -1;
    }
    throw truncated();
  }

  take(length: number): Uint8Array {
    if (length < 0 || length > this.bytes.length - this.at) throw truncated();
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}

/** Where the content of a field lies, counted from the field's first byte. */
export interface FieldSpan {
  readonly field: number;
  /** Whether it is a text, a nested message or packed numbers. */
  readonly isBytes: boolean;
  readonly from: number;
  readonly to: number;
}

/** The most bytes that a field has before its content. */
export const mostHeadBytes = 2 * MOST_VARINT_BYTES;

/** @param head the first bytes of a field, which may be all of it or only {@link mostHeadBytes} @throws ModelUnreadable */
export function spanOf(head: Uint8Array): FieldSpan {
  const reader = new Reader(head);
  const tag = reader.varint();
  const field = Math.floor(tag / 8);
  if (field < 1) throw truncated();
  let length: number | undefined;
  if (tag % 8 === 1) length = 8;
  if (tag % 8 === 5) length = 4;
  if (tag % 8 === 2) length = reader.varint();
  const from = reader.at;
  if (tag % 8 === 0) {
    reader.varint();
    length = reader.at - from;
  }
  if (length === undefined || length < 0) throw truncated();
  return { field, isBytes: tag % 8 === 2, from, to: from + length };
}

/** Yields the fields of a message. @throws ModelUnreadable */
export function* fieldsOf(message: Uint8Array): Generator<WireField> {
  const reader = new Reader(message);
  while (!reader.isAtEnd) {
    const tag = reader.varint();
    const field = Math.floor(tag / 8);
    if (field < 1) throw truncated();
    switch (tag % 8) {
      case 0:
        yield { field, value: reader.varint() };
        break;
      case 1:
        reader.take(8);
        break;
      case 2:
        yield { field, value: 0, bytes: reader.take(reader.varint()) };
        break;
      case 5:
        reader.take(4);
        break;
      default:
        throw truncated();
    }
  }
}

/** Reads whole numbers, which may be packed into one field. @throws ModelUnreadable */
export function wholeNumbersIn({ value, bytes }: WireField): number[] {
  if (!bytes) return [value];
  const reader = new Reader(bytes);
  const numbers: number[] = [];
  while (!reader.isAtEnd) numbers.push(reader.varint());
  return numbers;
}

const LONGEST_TEXT = 2_000;

/** Reads a name, shortened if it is longer than any name. */
export const textIn = ({ bytes }: WireField): string =>
  new TextDecoder().decode(bytes?.subarray(0, LONGEST_TEXT));
