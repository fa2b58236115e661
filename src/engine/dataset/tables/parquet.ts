/**
 * Tables of encoded images in Parquet files, as the Hugging Face hub serves them. Labels are read at once, images
 * group of rows by group, so that a large file never lies in memory as a whole. The library comes when it is needed.
 */
import type { ColumnMetaData, FileMetaData } from "hyparquet";
import { importLimits } from "../../../protocol/dataset";
import type { FoundFile } from "../files";
import { Rejection } from "../rejection";
import type { LabelledBatch } from "./batch";
import type { Label } from "./label-list";
import { type Cell, type HeaderParser, readChunk } from "./parquet-chunk";
import { type ColumnPath, type ImageColumns, imageColumns } from "./parquet-columns";

type Bytes = Uint8Array<ArrayBuffer>;
type Unpack = (packed: Uint8Array, bytes: number) => Uint8Array;

/** Decoders walk through the rows together: they meet at most the end of one group and the beginning of the next. */
const GROUPS_HELD = 2;
const CHUNK_BYTES = 1024 ** 3;

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

/** At most `rowLimit` rows, from the first. Throws a `Rejection`. */
export function readParquet(
  file: FoundFile,
  rowLimit: number = Number.POSITIVE_INFINITY,
): Promise<LabelledBatch> {
  return orDamaged(async () => {
    const { parquetMetadataAsync, parquetSchema } = await import("hyparquet");
    const { parquetHeader } = await import("hyparquet/src/column.js");
    const metadata = await parquetMetadataAsync({
      byteLength: file.bytes,
      slice: async (from, to = file.bytes) => (await file.slice(from, to)).slice().buffer,
    });
    const columns = imageColumns(metadata, parquetSchema(metadata));
    const rows = Math.min(rowsOf(metadata), rowLimit);
    if (rows > importLimits.files) {
      throw new Rejection("too-large", `It has ${rows} rows; at most ${importLimits.files} are read.`);
    }
    const unpackers = await loadUnpackers(metadata);
    const table = { file, metadata, columns, unpackers, parseHeader: parquetHeader as HeaderParser };
    const labels = await readLabels(table, rows);
    return { path: file.path, labels, classNames: columns.classNames, image: createRowReader(table) };
  });
}

/** Whatever a parser trips over in a broken file is that file's fault. */
async function orDamaged<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Rejection) throw error;
    const cause = error instanceof Error ? error.message.slice(0, 120) : "unknown";
    throw new Rejection("damaged", `The Parquet file cannot be read (${cause}).`);
  }
}

function rowsOf({ num_rows, row_groups }: FileMetaData): number {
  const rows = row_groups.reduce((sum, group) => sum + group.num_rows, 0n);
  if (rows === num_rows && row_groups.every((group) => group.num_rows > 0n)) return Number(rows);
  throw new Rejection("damaged", "The Parquet file contradicts itself about its rows.");
}

/** Snappy, the usual one, comes with the parser itself; the others are loaded for files that need them. */
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
    const { gunzipSync } = await import("fflate");
    unpackers.set("GZIP", (packed, bytes) => gunzipSync(packed, { out: new Uint8Array(bytes) }));
  }
  return unpackers;
}

/** One column of one group of rows. */
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

async function readLabels(table: OpenTable, rows: number): Promise<readonly Label[]> {
  const { label } = table.columns;
  const labels: Label[] = [];
  for (let group = 0; labels.length < rows; group++) {
    for (const cell of await readColumn(table, label, group))
      labels.push(labelOf(cell, label.path.join(".")));
  }
  return labels.slice(0, rows);
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
  throw new Rejection("label-mismatch", `Its column «${column}» holds ${shown}, which is no label.`);
}

function createRowReader(table: OpenTable): LabelledBatch["image"] {
  const starts: number[] = [];
  let total = 0;
  for (const { num_rows } of table.metadata.row_groups) {
    starts.push(total);
    total += Number(num_rows);
  }
  const held = new Map<number, Promise<readonly Cell[]>>();
  const groupOf = (group: number): Promise<readonly Cell[]> => {
    const known = held.get(group);
    if (known) return known;
    const read = orDamaged(() => readColumn(table, table.columns.image, group));
    held.set(group, read);
    const [oldest] = held.keys();
    if (held.size > GROUPS_HELD && oldest !== undefined) held.delete(oldest);
    return read;
  };
  return async (index) => {
    const group = starts.findLastIndex((start) => start <= index);
    const cell = (await groupOf(group))[index - (starts[group] as number)];
    if (cell instanceof Uint8Array) return cell as Bytes;
    throw new Rejection("unreadable", "The table has no image in this row.");
  };
}
