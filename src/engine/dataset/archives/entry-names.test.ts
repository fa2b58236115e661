import fc from "fast-check";
import { expect, test } from "vitest";
import { crc32 } from "./crc32";
import { entryNames, rawName } from "./entry-names";

const none = new DataView(new ArrayBuffer(0));
const utf8 = (text: string) => new TextEncoder().encode(text);

/** Encodes text in a legacy encoding by searching, since browsers can only decode those. */
function encoder(encoding: string): (text: string) => Uint8Array {
  const codes = new Map<string, readonly number[]>();
  const decoder = new TextDecoder(encoding, { fatal: true });
  const offer = (...bytes: number[]) => {
    try {
      const text = decoder.decode(Uint8Array.from(bytes));
      if ([...text].length === 1 && !codes.has(text)) codes.set(text, bytes);
    } catch {
      // This code has no character.
    }
  };
  for (let lead = 0; lead < 256; lead++) offer(lead);
  for (let lead = 0x81; lead < 255; lead++) for (let trail = 0x40; trail < 255; trail++) offer(lead, trail);
  return (text) =>
    Uint8Array.from(
      [...text].flatMap((character) => {
        const bytes = codes.get(character);
        if (!bytes) throw new Error(`${encoding} has no ${character}`);
        return bytes;
      }),
    );
}

const read = (names: readonly Uint8Array[]) => entryNames(names.map((bytes) => rawName(bytes, none, false)));

test("UTF-8 is recognized with and without its flag, and is not a guess", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1 }), fc.boolean(), (texts, flag) => {
      const names = entryNames(texts.map((text) => rawName(utf8(text), none, flag)));
      expect(names).toEqual({ names: texts, guess: undefined });
    }),
  );
});

test("letters of code page 437 are read by the format's default, and are not a guess", () => {
  const bytes = (text: string) =>
    Uint8Array.from(
      text,
      (character) => ({ ö: 0x94, ä: 0x84, ü: 0x81, ß: 0xe1, é: 0x82 })[character] ?? character.charCodeAt(0),
    );
  const texts = ["Tiere/Möwe/0.png", "Tiere/Bär/1.png", "Tiere/Frühling/2.png", "Straße/café.png"];
  expect(read(texts.map(bytes))).toEqual({ names: texts, guess: undefined });
});

test.each([
  ["Shift_JIS", ["動物/猫/0.png", "動物/犬/1.png", "ひらがな/カタカナ.png"]],
  ["GBK", ["动物/猫/0.png", "动物/狗/1.png", "花园/玫瑰.png"]],
  ["EUC-KR", ["동물/고양이/0.png", "동물/강아지/1.png"]],
  ["Windows-1252", ["Tiere/Möwe/0.png", "Tiere/Bär/1.png"]],
])("names in %s are guessed, and the guess is reported", (encoding, texts) => {
  expect(read(texts.map(encoder(encoding)))).toEqual({ names: texts, guess: encoding });
});

test("the Unicode extra field is used if it belongs to that name", () => {
  const bytes = Uint8Array.of(0x94, 0x4c);
  const field = (crc: number) => {
    const path = utf8("猫");
    const view = new DataView(new ArrayBuffer(9 + path.length));
    view.setUint16(0, 0x7075, true);
    view.setUint16(2, 5 + path.length, true);
    view.setUint8(4, 1);
    view.setUint32(5, crc, true);
    new Uint8Array(view.buffer).set(path, 9);
    return view;
  };
  expect(entryNames([rawName(bytes, field(crc32(bytes)), false)]).names).toEqual(["猫"]);
  expect(rawName(bytes, field(1), false).stated).toBeUndefined();
});

test("any bytes and any extra field yield a name, and reading terminates", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.uint8Array(), fc.uint8Array())), (entries) => {
      const raw = entries.map(([bytes, extra]) => rawName(bytes, new DataView(extra.slice().buffer), false));
      expect(entryNames(raw).names).toHaveLength(entries.length);
    }),
  );
});
