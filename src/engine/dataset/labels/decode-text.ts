/** Decodes a table's text from the encodings in common use. */
export interface DecodedText {
  readonly text: string;
  /** True if it is neither UTF-8 nor marked as UTF-16, so that its encoding is a guess. */
  readonly isGuess: boolean;
}

const marks: readonly (readonly [encoding: string, bytes: readonly number[]])[] = [
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/** Decodes UTF-8; else UTF-16 by its byte order mark; else windows-1252, which Western Excel writes. */
export function decodeText(bytes: Uint8Array<ArrayBuffer>): DecodedText {
  const marked = marks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte));
  if (marked) return { text: new TextDecoder(marked[0]).decode(bytes), isGuess: false };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), isGuess: false };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), isGuess: true };
  }
}

/** Recognizes text by its first bytes: no control characters, or UTF-16's byte order mark. */
export function mayBeText(head: Uint8Array): boolean {
  if (marks.some(([, mark]) => mark.every((byte, at) => head[at] === byte))) return true;
  return head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}
