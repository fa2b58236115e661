import { batchFromJson, batchToJson } from "../protocol/metrics/stored-rows";
import { parseTraining, type WholeTraining } from "../protocol/saved-training";

/**
 * Trainings as one file: lines of JSON, compressed with gzip. The first line identifies the format; each further line
 * is a training with its rows.
 */
const HEADING = { format: "retort-history", version: 2 } as const;
/** In the first, rows lay row by row; they are read as well. */
const versionsRead: readonly unknown[] = [1, HEADING.version];

/** Limits on the content read from a file, uncompressed. */
export const fileLimits = { bytes: 1024 ** 3, lineCharacters: 128 * 1024 ** 2, trainings: 2_000 } as const;

/** The file has another format, or one of its trainings cannot be read. */
export class HistoryFileUnreadable extends Error {
  constructor(cause: string) {
    super(cause);
    this.name = "HistoryFileUnreadable";
  }
}

export async function encodeHistoryFile(trainings: AsyncIterable<WholeTraining>): Promise<Blob> {
  const lines = async function* () {
    yield HEADING;
    for await (const { training, batches } of trainings) {
      yield { training, batches: batches.map(batchToJson) };
    }
  };
  const iterator = lines();
  const encoder = new TextEncoder();
  const text = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
    },
  });
  const packed = text.pipeThrough(new CompressionStream("gzip"));
  const bytes = await new Response(packed).blob();
  return bytes.slice(0, bytes.size, "application/gzip");
}

/**
 * Yields the trainings one at a time, each complete and checked. @throws HistoryFileUnreadable, which names the line
 * and the field; trainings yielded before remain valid
 */
export async function* decodeHistoryFile(file: Blob): AsyncGenerator<WholeTraining> {
  let number = 0;
  for await (const line of linesOf(file)) {
    number++;
    const value = parseJson(line, number);
    if (number === 1) checkHeading(value);
    else if (number > fileLimits.trainings + 1) {
      throw new HistoryFileUnreadable(`It contains more than ${fileLimits.trainings} trainings.`);
    } else yield readWhole(value, number);
  }
  if (number === 0) throw new HistoryFileUnreadable("The file is empty.");
}

function parseJson(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new HistoryFileUnreadable(`Line ${number} is truncated or damaged.`);
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

function checkHeading(value: unknown): void {
  if (!isObject(value) || value["format"] !== HEADING.format) {
    throw new HistoryFileUnreadable("This is not a file of saved trainings.");
  }
  if (!versionsRead.includes(value["version"])) {
    const given = String(value["version"]).slice(0, 20);
    throw new HistoryFileUnreadable(
      `The file has version ${given}; this page reads versions ${versionsRead.join(" and ")}.`,
    );
  }
}

function readWhole(value: unknown, number: number): WholeTraining {
  const where = `Line ${number}`;
  if (!isObject(value)) throw new HistoryFileUnreadable(`${where} is not a training.`);
  const parsed = parseTraining(value["training"]);
  if (!parsed.ok) throw new HistoryFileUnreadable(`${where}, ${parsed.problem}.`);
  const { training } = parsed;
  const runIds = new Set(training.runs.map(({ planned }) => planned.runId));
  const given = value["batches"];
  if (!Array.isArray(given) || given.length > runIds.size) {
    throw new HistoryFileUnreadable(`${where}, batches: not one list of rows for each run.`);
  }
  const batches = given.map((item, at) => {
    const batch = batchFromJson(item);
    if (!batch || !runIds.delete(batch.runId)) {
      throw new HistoryFileUnreadable(`${where}, batches.${at}: no rows of one of its runs.`);
    }
    return batch;
  });
  return { training, batches };
}

/** Never holds more than a line in memory; a file that unpacks to more than the limits is rejected. */
async function* linesOf(file: Blob): AsyncGenerator<string> {
  const reader = file.stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  /** Length of the current, incomplete line. */
  let parts: string[] = [];
  let [length, bytes] = [0, 0];
  try {
    for (;;) {
      const { done, value } = await read(reader);
      bytes += value?.length ?? 0;
      const [rest = "", ...others] = decode(decoder, value).split("\n");
      parts.push(rest);
      length += rest.length;
      if (bytes > fileLimits.bytes || length > fileLimits.lineCharacters) {
        throw new HistoryFileUnreadable("It unpacks to more data than trainings can have.");
      }
      const begun = others.pop();
      if (begun !== undefined) {
        yield parts.join("");
        yield* others;
        parts = [begun];
        length = begun.length;
      }
      if (done) break;
    }
    if (length > 0) yield parts.join("");
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function read(reader: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    return await reader.read();
  } catch {
    throw new HistoryFileUnreadable("The file is not a gzip file, or it is truncated or damaged.");
  }
}

function decode(decoder: TextDecoder, bytes: Uint8Array | undefined): string {
  try {
    return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
  } catch {
    throw new HistoryFileUnreadable("The file contains data that is not text.");
  }
}
