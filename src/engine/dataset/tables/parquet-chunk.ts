/**
 * Reads one column of one row group of a Parquet file, as far as images and labels need: flat columns of bytes and
 * whole numbers, plain or by dictionary. General parsers trust the counts in a file and can be made to fill the
 * memory by a single wrong bit; here every count is checked against the rows.
 */
import { crc32 } from "../archives/crc32";
import { Rejection } from "../rejection";

export type Cell = Uint8Array | number | bigint | null;

export interface ChunkLayout {
  readonly type: string | undefined;
  readonly rows: number;
  /** Number of optional fields around a value: a lower definition level means a missing value. */
  readonly depth: number;
  /** Unpacked bytes of all pages. */
  readonly unpackedBytes: number;
  /** Unpacks a page to this many bytes. */
  readonly unpack: (packed: Uint8Array, bytes: number) => Uint8Array;
}

interface PageHeader {
  readonly type?: string | undefined;
  readonly uncompressed_page_size: number;
  readonly compressed_page_size: number;
  readonly crc?: number | undefined;
  readonly data_page_header?: { readonly num_values: number; readonly encoding?: string } | undefined;
  readonly dictionary_page_header?: { readonly num_values: number } | undefined;
  readonly data_page_header_v2?:
    | {
        readonly num_values: number;
        readonly encoding?: string;
        readonly definition_levels_byte_length: number;
        readonly repetition_levels_byte_length: number;
        readonly is_compressed?: boolean | undefined;
      }
    | undefined;
}

/** Reads a page's header at the reader's position and advances past it. */
export type HeaderParser = (reader: { view: DataView; offset: number }) => PageHeader;

const damaged = (what: string) => new Rejection("damaged", `The Parquet file is damaged: ${what}.`);
/** Maximum bytes of headers, which only add a few statistics to the pages. */
const HEADERS_SHARE = 4_096;

/** Throws a `Rejection`, or a `RangeError` if the bytes end too early. */
export function readChunk(bytes: Uint8Array, layout: ChunkLayout, parseHeader: HeaderParser): Cell[] {
  const reader = { view: viewOf(bytes), offset: 0 };
  const cells: Cell[] = [];
  let dictionary: readonly Cell[] = [];
  while (cells.length < layout.rows) {
    const header = parseHeader(reader);
    const from = reader.offset;
    const packed = bytes.subarray(from, from + header.compressed_page_size);
    if (!(header.compressed_page_size >= 0) || packed.length !== header.compressed_page_size) {
      throw damaged("a page ends too early");
    }
    if (header.crc !== undefined && crc32(packed) !== header.crc >>> 0) {
      throw damaged("a page does not match its checksum");
    }
    reader.offset += packed.length;
    if (header.type === "DICTIONARY_PAGE") {
      const page = unpackWhole(packed, header, layout);
      dictionary = plainValues(page, layout.type, header.dictionary_page_header?.num_values ?? 0);
    } else if (header.type === "DATA_PAGE" || header.type === "DATA_PAGE_V2") {
      const page = openPage(packed, header, layout, layout.rows - cells.length);
      for (const cell of pageCells(page, layout, dictionary)) cells.push(cell);
    }
  }
  return cells;
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function unpackWhole(packed: Uint8Array, header: PageHeader, layout: ChunkLayout, less = 0): Uint8Array {
  const size = header.uncompressed_page_size - less;
  if (!(size >= 0 && size <= layout.unpackedBytes + HEADERS_SHARE)) {
    throw damaged("a page is larger than its column");
  }
  const page = layout.unpack(packed, size);
  if (page.length !== size) throw damaged("a page is not as long as it says");
  return page;
}

interface OpenPage {
  readonly count: number;
  readonly encoding: string | undefined;
  readonly levels: Uint8Array;
  readonly values: Uint8Array;
}

function openPage(packed: Uint8Array, header: PageHeader, layout: ChunkLayout, most: number): OpenPage {
  const second = header.type === "DATA_PAGE_V2" ? header.data_page_header_v2 : undefined;
  const data = second ?? header.data_page_header;
  if (!data || !(data.num_values > 0 && data.num_values <= most)) {
    throw damaged("a page has another number of rows than it should");
  }
  const { num_values: count, encoding } = data;
  if (second) {
    const { definition_levels_byte_length: definition, repetition_levels_byte_length: repetition } = second;
    if (repetition !== 0 || !(definition >= 0 && definition <= packed.length))
      throw damaged("levels are missing");
    const body = packed.subarray(definition);
    const values = second.is_compressed === false ? body : unpackWhole(body, header, layout, definition);
    return { count, encoding, levels: packed.subarray(0, definition), values };
  }
  const page = unpackWhole(packed, header, layout);
  if (layout.depth === 0) return { count, encoding, levels: page.subarray(0, 0), values: page };
  const length = viewOf(page).getUint32(0, true);
  if (4 + length > page.length) throw damaged("levels are missing");
  return { count, encoding, levels: page.subarray(4, 4 + length), values: page.subarray(4 + length) };
}

function pageCells(page: OpenPage, { type, depth }: ChunkLayout, dictionary: readonly Cell[]): Cell[] {
  const { count, levels, encoding } = page;
  const present =
    depth === 0
      ? undefined
      : readRuns(levels, bitsFor(depth), count).map((level) => (level === depth ? 1 : 0));
  const stored = present ? present.reduce((sum, one) => sum + one, 0) : count;
  const values = storedValues(page.values, type, encoding, stored, dictionary);
  if (!present || stored === count) return values;
  let next = 0;
  return Array.from(present, (one) => (one ? (values[next++] as Cell) : null));
}

const bitsFor = (most: number) => 32 - Math.clz32(most);

function storedValues(
  bytes: Uint8Array,
  type: string | undefined,
  encoding: string | undefined,
  count: number,
  dictionary: readonly Cell[],
): Cell[] {
  if (encoding === "PLAIN") return plainValues(bytes, type, count);
  if (encoding !== "PLAIN_DICTIONARY" && encoding !== "RLE_DICTIONARY") {
    throw new Rejection(
      "unsupported-table",
      `The Parquet file uses the encoding ${encoding}, which is not read.`,
    );
  }
  if (count === 0) return [];
  const places = readRuns(bytes.subarray(1), bytes[0] ?? 0, count);
  return Array.from(places, (place) => {
    const cell = dictionary[place];
    if (cell === undefined) throw damaged("a value is missing in its dictionary");
    return cell;
  });
}

function plainValues(bytes: Uint8Array, type: string | undefined, count: number): Cell[] {
  const view = viewOf(bytes);
  const cells: Cell[] = [];
  for (let at = 0; cells.length < count; ) {
    if (type === "INT32") cells.push(view.getInt32(at, true));
    else if (type === "INT64") cells.push(view.getBigInt64(at, true));
    else {
      const length = view.getUint32(at, true);
      if (at + 4 + length > bytes.length) throw damaged("a value ends too early");
      cells.push(bytes.subarray(at + 4, at + 4 + length));
      at += length;
    }
    at += type === "INT64" ? 8 : 4;
  }
  return cells;
}

/**
 * Decodes the RLE/bit-packing hybrid, runs of one value mixed with bit-packed groups of eight: `count` numbers of
 * `width` bits.
 */
function readRuns(bytes: Uint8Array, width: number, count: number): Uint32Array {
  if (width > 24) throw damaged("its numbers are too wide");
  const values = new Uint32Array(count);
  let at = 0;
  const byte = () => {
    const value = bytes[at++];
    if (value === undefined) throw damaged("a run ends too early");
    return value;
  };
  for (let filled = 0; filled < count; ) {
    let header = 0;
    for (let shift = 0, part = 0x80; part & 0x80; shift += 7) {
      if (shift > 28) throw damaged("a run is too long");
      part = byte();
      header |= (part & 0x7f) << shift;
    }
    const length = header >>> 1;
    if (length === 0) throw damaged("a run is empty");
    if (header & 1) {
      const until = Math.min(count, filled + 8 * length);
      let [held, bits] = [0, 0];
      const end = at + length * width;
      for (; filled < until; filled++) {
        for (; bits < width; bits += 8) held += byte() * 2 ** bits;
        values[filled] = held % 2 ** width;
        held = Math.floor(held / 2 ** width);
        bits -= width;
      }
      at = end;
    } else {
      let value = 0;
      for (let shift = 0; shift < width; shift += 8) value += byte() * 2 ** shift;
      const until = Math.min(count, filled + length);
      values.fill(value, filled, until);
      filled = until;
    }
  }
  return values;
}
