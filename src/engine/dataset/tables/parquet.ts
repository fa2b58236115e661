/**
 * Reads tables of encoded images in Parquet files, as served by the Hugging Face hub. Labels are read at once, images
 * one row group at a time, so that a large file is never in memory as a whole. The library is loaded on demand.
 */
import { gunzipSync } from "fflate";
import type { ColumnMetaData, FileMetaData } from "hyparquet";
import { importLimits } from "../../../protocol/dataset";
import { DownloadError } from "../downloads/problem";
import type { FoundFile } from "../files";
import { Rejection } from "../rejection";
import type { LabeledBatch } from "./batch";
import type { Label } from "./label-list";
import { type Cell, type HeaderParser, readChunk } from "./parquet-chunk";
import { type ColumnPath, type ImageColumns, imageColumns } from "./parquet-columns";

type Bytes = Uint8Array<ArrayBuffer>;
type Unpack = (packed: Uint8Array, bytes: number) => Uint8Array;

/** Cached groups: decoders advance together and need at most the end of one group and the start of the next. */
const GROUPS_HELD = 2;
/** Bytes first fetched from a file's end, which mostly contain its complete metadata. */
const FOOTER_BYTES = 2 ** 16;
const CHUNK_BYTES = 1024 ** 3;
/** Minimum number of groups from which a limited number of rows is taken, if the file has that many. */
const LEAST_GROUPS = 8;

export function isParquet(head: Uint8Array): boolean {
  return String.fromCharCode(...head.subarray(0, 4)) === "PAR1";
}

interface OpenTable {
  readonly file: FoundFile;
  readonly metadata: FileMetaData;
  readonly columns: ImageColumns;
  readonly unpackers: ReadonlyMap<string, Unpack>;
  readonly parseHeader: HeaderParser;
}

/** Reads at most `rowLimit` rows. Throws a `Rejection`. */
export function readParquet(
  file: FoundFile,
  rowLimit: number = Number.POSITIVE_INFINITY,
): Promise<LabeledBatch> {
  return orDamaged(async () => {
    const { parquetMetadataAsync, parquetSchema } = await import("hyparquet");
    const { parquetHeader } = await import("hyparquet/src/column.js");
    const asyncBuffer = {
      byteLength: file.bytes,
      slice: async (from: number, to = file.bytes) => (await file.slice(from, to)).slice().buffer,
    };
    const metadata = await parquetMetadataAsync(asyncBuffer, { initialFetchSize: FOOTER_BYTES });
    const columns = imageColumns(metadata, parquetSchema(metadata));
    const chosen = chooseRows(groupRowsOf(metadata), rowLimit);
    const rows = chosen.reduce((sum, { count }) => sum + count, 0);
    if (rows > importLimits.files) {
      throw new Rejection("too-large", `It has ${rows} rows; at most ${importLimits.files} are read.`);
    }
    const unpackers = await loadUnpackers(metadata);
    const table = { file, metadata, columns, unpackers, parseHeader: parquetHeader as HeaderParser };
    const labels = await readLabels(table, chosen);
    return { path: file.path, labels, classNames: columns.classNames, image: createRowReader(table, chosen) };
  });
}

/** Turns any error of the parser into a rejection of the file. */
async function orDamaged<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    // An interrupted or aborted transfer says nothing about the file.
    const isOfFile = !(
      error instanceof DownloadError ||
      (error instanceof DOMException && error.name === "AbortError")
    );
    if (error instanceof Rejection || !isOfFile) throw error;
    const cause = error instanceof Error ? error.message.slice(0, 120) : "unknown";
    throw new Rejection("damaged", `The Parquet file cannot be read (${cause}).`);
  }
}

function groupRowsOf({ num_rows, row_groups }: FileMetaData): readonly number[] {
  const rows = row_groups.reduce((sum, group) => sum + group.num_rows, 0n);
  if (rows === num_rows && row_groups.every((group) => group.num_rows > 0n)) {
    return row_groups.map((group) => Number(group.num_rows));
  }
  throw new Rejection("damaged", "The Parquet file contradicts itself about its rows.");
}

interface ChosenRows {
  readonly group: number;
  /** Row offset from the start of the group. */
  readonly count: number;
}

/**
 * Selects about this many rows from groups spread over the whole file: many files are sorted by class, so that their
 * beginning has only a few classes.
 */
function chooseRows(groupRows: readonly number[], limit: number): readonly ChosenRows[] {
  const total = groupRows.reduce((sum, rows) => sum + rows, 0);
  if (total <= limit) return groupRows.map((count, group) => ({ group, count }));
  const groups = Math.min(
    groupRows.length,
    Math.max(Math.ceil((limit * groupRows.length) / total), LEAST_GROUPS),
  );
  let left = limit;
  return Array.from({ length: groups }, (_, i) => {
    const group = Math.floor((i * groupRows.length) / groups);
    const count = Math.min(groupRows[group] as number, Math.ceil(left / (groups - i)));
    left -= count;
    return { group, count };
  }).filter(({ count }) => count > 0);
}

/** The parser includes Snappy, the usual codec; others are loaded for files that need them. */
async function loadUnpackers({ row_groups }: FileMetaData): Promise<ReadonlyMap<string, Unpack>> {
  const { snappyUncompress } = await import("hyparquet");
  const snappy: Unpack = (packed, bytes) => {
    const page = new Uint8Array(bytes);
    snappyUncompress(packed, page);
    return page;
  };
  const unpackers = new Map<string, Unpack>([
    ["UNCOMPRESSED", (packed) => packed],
    ["SNAPPY", snappy],
  ]);
  const codecs = new Set(
    row_groups.flatMap(({ columns }) => columns.map(({ meta_data }) => meta_data?.codec)),
  );
  if (codecs.has("ZSTD")) {
    const { decompress } = await import("fzstd");
    unpackers.set("ZSTD", (packed, bytes) => decompress(packed, new Uint8Array(bytes)));
  }
  if (codecs.has("GZIP")) {
    unpackers.set("GZIP", (packed, bytes) => gunzipSync(packed, { out: new Uint8Array(bytes) }));
  }
  return unpackers;
}

/** Reads one column of one row group. */
async function readColumn(table: OpenTable, column: ColumnPath, group: number): Promise<readonly Cell[]> {
  const { file, metadata, unpackers, parseHeader } = table;
  const { num_rows, columns } = metadata.row_groups[group] as FileMetaData["row_groups"][number];
  const own = columns.find(({ meta_data }) => meta_data?.path_in_schema.join("/") === column.path.join("/"));
  const meta = own?.meta_data;
  if (!meta) throw new Rejection("damaged", "The Parquet file has lost a column.");
  const { from, to } = rangeOf(meta, file.bytes);
  const unpack = unpackers.get(meta.codec);
  if (!unpack) throw new Rejection("unsupported-table", `It is packed by ${meta.codec}, which is not read.`);
  const layout = {
    type: meta.type,
    rows: Number(num_rows),
    depth: column.depth,
    unpackedBytes: Number(meta.total_uncompressed_size),
    unpack,
  };
  return readChunk(await file.slice(from, to), layout, parseHeader);
}

function rangeOf(meta: ColumnMetaData, fileBytes: number): { from: number; to: number } {
  const first = Number(meta.data_page_offset);
  const dictionary = Number(meta.dictionary_page_offset ?? 0n);
  const from = dictionary > 0 && dictionary < first ? dictionary : first;
  const to = from + Number(meta.total_compressed_size);
  if (!(from >= 4 && to > from && to <= fileBytes)) {
    throw new Rejection("damaged", "The Parquet file points beyond its end.");
  }
  if (to - from > CHUNK_BYTES || meta.total_uncompressed_size > CHUNK_BYTES) {
    throw new Rejection("too-large", "It has groups of rows of more than 1 GiB.");
  }
  return { from, to };
}

async function readLabels(table: OpenTable, chosen: readonly ChosenRows[]): Promise<readonly Label[]> {
  const { label } = table.columns;
  const labels: Label[] = [];
  for (const { group, count } of chosen) {
    const cells = await readColumn(table, label, group);
    for (const cell of cells.slice(0, count)) labels.push(labelOf(cell, label.path.join(".")));
  }
  return labels;
}

function labelOf(cell: Cell, column: string): Label {
  if (cell instanceof Uint8Array) {
    const name = new TextDecoder().decode(cell).trim().normalize("NFC");
    if (name !== "" && name.length <= 100) return name;
  } else if (cell !== null) {
    const label = Number(cell);
    if (Number.isSafeInteger(label) && label >= 0) return label;
  }
  const shown = cell instanceof Uint8Array ? "a text" : String(cell);
  throw new Rejection("label-mismatch", `Its column «${column}» holds ${shown}, which is not a label.`);
}

function createRowReader(table: OpenTable, chosen: readonly ChosenRows[]): LabeledBatch["image"] {
  const starts: number[] = [];
  let total = 0;
  for (const { count } of chosen) {
    starts.push(total);
    total += count;
  }
  const held = new Map<number, Promise<readonly Cell[]>>();
  const cellsOf = (place: number): Promise<readonly Cell[]> => {
    const known = held.get(place);
    if (known) return known;
    const { group } = chosen[place] as ChosenRows;
    const read = orDamaged(() => readColumn(table, table.columns.image, group));
    held.set(place, read);
    const [oldest] = held.keys();
    if (held.size > GROUPS_HELD && oldest !== undefined) held.delete(oldest);
    return read;
  };
  return async (index) => {
    const place = starts.findLastIndex((start) => start <= index);
    const cell = (await cellsOf(place))[index - (starts[place] as number)];
    if (cell instanceof Uint8Array) return cell as Bytes;
    throw new Rejection("unreadable", "The table has no image in this row.");
  };
}
