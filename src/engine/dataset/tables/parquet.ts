/**
 * Tables of encoded images in Parquet files, as the Hugging Face hub serves them. Labels are read at once, images
 * group of rows by group, so that a large file never lies in memory as a whole. The parser comes when it is needed.
 */
import type { AsyncBuffer, Compressors, FileMetaData } from "hyparquet";
import { importLimits } from "../../../protocol/dataset";
import type { FoundFile } from "../files";
import { Rejection } from "../rejection";
import type { LabelledBatch } from "./batch";
import type { Label } from "./label-list";
import { type ImageColumns, imageColumns } from "./parquet-columns";

type Bytes = Uint8Array<ArrayBuffer>;
/** Decoders walk through the rows together: they meet at most the end of one group and the beginning of the next. */
const GROUPS_HELD = 2;
const GROUP_BYTES = 1024 ** 3;

export function isParquet(head: Uint8Array): boolean {
  return String.fromCharCode(...head.subarray(0, 4)) === "PAR1";
}

interface OpenTable {
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly compressors: Compressors;
  readonly columns: ImageColumns;
}

/** At most `rowLimit` rows, from the first. Throws a `Rejection`. */
export async function readParquet(found: FoundFile, rowLimit = importLimits.files): Promise<LabelledBatch> {
  const { parquetMetadataAsync, parquetSchema } = await import("hyparquet");
  const file = asyncBuffer(found);
  const { metadata, columns } = await orDamaged(async () => {
    const footer = await parquetMetadataAsync(file);
    return { metadata: footer, columns: imageColumns(footer, parquetSchema(footer)) };
  });
  refuseAbsurd(metadata, rowLimit);
  const table = { file, metadata, columns, compressors: await loadCompressors(metadata) };
  const rows = Math.min(Number(metadata.num_rows), rowLimit);
  const labels = await readLabels(table, rows);
  return { path: found.path, labels, classNames: columns.classNames, image: createRowReader(table, rows) };
}

function asyncBuffer({ bytes, slice }: FoundFile): AsyncBuffer {
  return {
    byteLength: bytes,
    slice: async (from, to = bytes) => {
      const part = await slice(Math.max(0, from), Math.min(to, bytes));
      return part.buffer.slice(part.byteOffset, part.byteOffset + part.byteLength);
    },
  };
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

function refuseAbsurd({ num_rows, row_groups }: FileMetaData, rowLimit: number): void {
  const rows = row_groups.reduce((sum, group) => sum + group.num_rows, 0n);
  const isWhole = row_groups.every((group) => group.num_rows >= 0n) && rows === num_rows;
  if (!isWhole) throw new Rejection("damaged", "The Parquet file contradicts itself about its rows.");
  if (rowLimit === importLimits.files && rows > rowLimit) {
    throw new Rejection("too-large", `It has ${rows} rows; at most ${rowLimit} are read.`);
  }
  if (row_groups.some((group) => group.total_byte_size > GROUP_BYTES)) {
    throw new Rejection("too-large", "It has groups of rows of more than 1 GiB.");
  }
}

/** Snappy, the usual one, comes with the parser itself; the others are loaded for files that need them. */
async function loadCompressors({ row_groups }: FileMetaData): Promise<Compressors> {
  const codecs = new Set(
    row_groups.flatMap(({ columns }) => columns.map(({ meta_data }) => meta_data?.codec)),
  );
  codecs.delete("SNAPPY");
  codecs.delete("UNCOMPRESSED");
  if (codecs.size === 0) return {};
  const { compressors } = await import("hyparquet-compressors");
  const { SNAPPY: _, ...others } = compressors;
  return others;
}

async function readLabels({ columns, ...table }: OpenTable, rows: number): Promise<readonly Label[]> {
  const values = await readColumn(table, columns.label, 0, rows);
  return values.map((value) => {
    if (typeof value === "string" && value.trim() !== "") return value.trim().slice(0, 100).normalize("NFC");
    const label = typeof value === "bigint" ? Number(value) : value;
    if (typeof label === "number" && Number.isSafeInteger(label) && label >= 0) return label;
    throw new Rejection(
      "label-mismatch",
      `Its column «${columns.label}» holds ${String(value)}, which is no label.`,
    );
  });
}

async function readColumn(
  table: Omit<OpenTable, "columns">,
  column: string,
  rowStart: number,
  rowEnd: number,
): Promise<unknown[]> {
  const { parquetRead } = await import("hyparquet");
  return orDamaged(async () => {
    let rows: unknown[][] = [];
    await parquetRead({
      ...table,
      columns: [column],
      rowStart,
      rowEnd,
      utf8: false,
      onComplete: (read: unknown[][]) => {
        rows = read;
      },
    });
    if (rows.length !== rowEnd - rowStart) throw new RangeError("rows are missing");
    return rows.map(([value]) => value);
  });
}

function createRowReader({ columns, ...table }: OpenTable, rows: number): LabelledBatch["image"] {
  const starts: number[] = [];
  let total = 0;
  for (const { num_rows } of table.metadata.row_groups) {
    starts.push(total);
    total += Number(num_rows);
  }
  const held = new Map<number, Promise<unknown[]>>();
  const groupOf = (group: number): Promise<unknown[]> => {
    const known = held.get(group);
    if (known) return known;
    const from = starts[group] as number;
    const read = readColumn(table, columns.image, from, Math.min(starts[group + 1] ?? total, rows));
    held.set(group, read);
    const [oldest] = held.keys();
    if (held.size > GROUPS_HELD && oldest !== undefined) held.delete(oldest);
    return read;
  };
  return async (index) => {
    const group = starts.findLastIndex((start) => start <= index);
    const cell = (await groupOf(group))[index - (starts[group] as number)];
    const bytes = columns.nested ? bytesIn(cell) : cell;
    if (!(bytes instanceof Uint8Array))
      throw new Rejection("unreadable", "The table has no image in this row.");
    return bytes as Bytes;
  };
}

function bytesIn(cell: unknown): unknown {
  return typeof cell === "object" && cell !== null && "bytes" in cell ? cell.bytes : undefined;
}
