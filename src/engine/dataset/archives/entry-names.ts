/**
 * Decodes names in zip archives without the UTF-8 flag (APPNOTE 6.3, appendix D): code page 437 or the encoding of the
 * machine that packed the archive.
 */
import { crc32 } from "./crc32";

const UNICODE_PATH = 0x7075;

/** Characters of code page 437 from 0x80 on. */
const codePage437 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ ";

export interface RawName {
  readonly bytes: Uint8Array;
  /** The name in UTF-8 if the archive states one in addition to those bytes or in their place. */
  readonly stated: string | undefined;
}

/** @param extra the entry's extra field */
export function rawName(bytes: Uint8Array, extra: DataView, isUtf8: boolean): RawName {
  return { bytes, stated: isUtf8 ? new TextDecoder().decode(bytes) : unicodePath(bytes, extra) };
}

/** Reads Info-ZIP's Unicode Path if it still belongs to the name. */
function unicodePath(name: Uint8Array, extra: DataView): string | undefined {
  for (let at = 0; at + 4 <= extra.byteLength; ) {
    const [id, length] = [extra.getUint16(at, true), extra.getUint16(at + 2, true)];
    const end = at + 4 + length;
    if (id === UNICODE_PATH && length > 5 && end <= extra.byteLength && extra.getUint8(at + 4) === 1) {
      const isCurrent = extra.getUint32(at + 5, true) === crc32(name);
      const path = new Uint8Array(extra.buffer, extra.byteOffset + at + 9, length - 5);
      if (isCurrent) return strictly("utf-8", path);
    }
    at = end;
  }
  return undefined;
}

export interface EntryNames {
  readonly names: readonly string[];
  /** The encoding guessed for some of the names. */
  readonly guess: string | undefined;
}

/** Decodes the names of one archive, assuming one encoding for all of them. */
export function entryNames(raw: readonly RawName[]): EntryNames {
  const unstated = raw.flatMap(({ bytes, stated }) =>
    stated === undefined && strictly("utf-8", bytes) === undefined ? [bytes] : [],
  );
  const encoding = unstated.length > 0 ? likelyEncoding(unstated) : "";
  return {
    names: raw.map(({ bytes, stated }) => stated ?? strictly("utf-8", bytes) ?? decoded(bytes, encoding)),
    guess: encoding === "" || encoding === CODE_PAGE ? undefined : encoding,
  };
}

const CODE_PAGE = "cp437";

function strictly(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function decoded(bytes: Uint8Array, encoding: string): string {
  const text = encoding === CODE_PAGE ? undefined : strictly(encoding, bytes);
  return (
    text ??
    Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : codePage437[byte - 0x80])).join("")
  );
}

const isLetter = (character: string) => /\p{L}/u.test(character);

/**
 * Picks the encoding that decodes most bytes to plausible letters; the format's own code page unless another fits
 * better.
 */
function likelyEncoding(names: readonly Uint8Array[]): string {
  const high = names.flatMap((name) => Array.from(name).filter((byte) => byte >= 0x80));
  const inCodePage = high.filter((byte) => byte <= 0xa5 || byte === 0xe1);
  const pairs = names.flatMap(pairsOf);
  if (inCodePage.length === high.length && areMostlyAscii(names)) return CODE_PAGE;
  const fits = (encoding: string) => names.every((name) => strictly(encoding, name) !== undefined);
  const share = (isUsual: (lead: number, trail: number) => boolean) =>
    pairs.filter(([lead, trail]) => isUsual(lead, trail)).length / Math.max(1, pairs.length);
  const isJapanese = (lead: number) => lead === 0x82 || lead === 0x83 || (lead >= 0x88 && lead <= 0x97);
  const isChinese = (lead: number, trail: number) => lead >= 0xb0 && lead <= 0xf7 && trail >= 0xa1;
  const isKorean = (lead: number, trail: number) => lead >= 0xb0 && lead <= 0xc8 && trail >= 0xa1;
  if (fits("shift_jis") && share(isJapanese) > 0.8) return "Shift_JIS";
  if (fits("euc-kr") && pairs.length >= FEWEST_KOREAN && share(isKorean) === 1) return "EUC-KR";
  if (fits("gbk") && share(isChinese) > 0.8) return "GBK";
  const western = new TextDecoder("windows-1252").decode(Uint8Array.from(high));
  const likeLatin = Array.from(western).filter(isLetter).length;
  return likeLatin === high.length && inCodePage.length < high.length ? "Windows-1252" : CODE_PAGE;
}

/** Hangul and the most common Chinese characters share codes, so a few characters cannot decide. */
const FEWEST_KOREAN = 4;

/** Byte pairs, each starting at a lead byte. */
function pairsOf(name: Uint8Array): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  for (let at = 0; at + 1 < name.length; at++) {
    const [lead, trail] = [name[at] as number, name[at + 1] as number];
    if (lead < 0x80) continue;
    pairs.push([lead, trail]);
    at++;
  }
  return pairs;
}

/** Words in Latin script consist mostly of ASCII letters, with few others. */
function areMostlyAscii(names: readonly Uint8Array[]): boolean {
  let [high, ascii] = [0, 0];
  for (const name of names) {
    for (const segment of String.fromCharCode(...name).split("/")) {
      const own = Array.from(segment).filter((character) => character >= "\x80").length;
      if (own === 0) continue;
      high += own;
      ascii += segment.match(/[a-z]/gi)?.length ?? 0;
    }
  }
  return ascii >= 2 * high;
}
