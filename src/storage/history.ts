import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import { joinBatches, type MetricBatch } from "../protocol/metrics/metric-batch";
import { readBatch } from "../protocol/metrics/stored-rows";
import { parseTraining, type Remarks, type SavedTraining } from "../protocol/saved-training";

/** A piece of so many rows is joined with no other any more. */
export const PIECE_ROWS = 512;
/** Shorter ones of a run, at most. */
export const SHORT_PIECES = 16;

/** Rows of one run, starting at its row number `first`. */
interface Piece {
  readonly id: string;
  readonly runId: string;
  readonly first: number;
  /** Read back, it passes the schema: an earlier page may have written it in another form. */
  readonly batch: Pick<MetricBatch, "rows">;
}

interface Tables extends DBSchema {
  /** Checked against the schema when read, because another version of the page may have written them. */
  trainings: { key: string; value: unknown };
  pieces: { key: [id: string, runId: string, first: number]; value: Piece };
}

type Writing = IDBPTransaction<Tables, ("trainings" | "pieces")[], "readwrite">;

/** The browser allows no more storage. */
export class HistoryFull extends Error {
  constructor() {
    super("The browser allows this page no more storage.");
    this.name = "HistoryFull";
  }
}

const NAME = "retort-history";
const VERSION = 1;
/** The range of all keys that begin with these parts: arrays sort above numbers and strings. */
const LAST: never[] = [];
const piecesOf = (...beginning: string[]) => IDBKeyRange.bound(beginning, [...beginning, LAST]);

/** Trainings saved in this browser. */
export interface History {
  /** Newest first. Unreadable entries are left out. */
  readonly list: () => Promise<readonly SavedTraining[]>;
  readonly find: (id: string) => Promise<SavedTraining | undefined>;
  /** One batch for each run that has rows. */
  readonly rows: (id: string) => Promise<readonly MetricBatch[]>;
  /**
   * Saves a training's progress and its new rows, all or nothing. Remarks made in the meantime are kept. @param
   * replaced the runs whose earlier rows are replaced @throws HistoryFull
   */
  readonly save: (
    training: SavedTraining,
    batches: readonly MetricBatch[],
    replaced?: readonly string[],
  ) => Promise<void>;
  /** @throws HistoryFull */
  readonly remark: (id: string, remarks: Partial<Remarks>) => Promise<void>;
  readonly remove: (ids: readonly string[]) => Promise<void>;
  readonly close: () => void;
}

/** @throws where the browser blocks storage */
export async function openHistory(name = NAME): Promise<History> {
  const database = await openDB<Tables>(name, VERSION, {
    upgrade: (fresh) => {
      fresh.createObjectStore("trainings");
      fresh.createObjectStore("pieces", { keyPath: ["id", "runId", "first"] });
    },
    // Another tab with a newer version is waiting for this connection to close.
    blocking: (_, __, event) => (event.target as IDBDatabase).close(),
  });
  return {
    list: async () => {
      const found = await database.getAll("trainings");
      return found.flatMap(readTraining).sort((a, b) => b.startedAt - a.startedAt);
    },
    find: async (id) => readTraining(await database.get("trainings", id))[0],
    rows: (id) => readRows(database, id),
    save: (training, batches, replaced = []) =>
      write(database, async (tables) => {
        const { id } = training;
        const kept = readTraining(await tables.objectStore("trainings").get(id))[0];
        const remarks = kept && { name: kept.name, tags: kept.tags, note: kept.note };
        await tables.objectStore("trainings").put({ ...training, ...remarks }, id);
        for (const runId of replaced) await tables.objectStore("pieces").delete(piecesOf(id, runId));
        for (const batch of batches) await append(tables, id, batch);
      }),
    remark: (id, remarks) =>
      write(database, async (tables) => {
        const [kept] = readTraining(await tables.objectStore("trainings").get(id));
        if (kept) await tables.objectStore("trainings").put({ ...kept, ...remarks }, id);
      }),
    remove: (ids) =>
      write(database, async (tables) => {
        for (const id of ids) {
          await tables.objectStore("trainings").delete(id);
          await tables.objectStore("pieces").delete(piecesOf(id));
        }
      }),
    close: () => database.close(),
  };
}

function readTraining(input: unknown): SavedTraining[] {
  const parsed = parseTraining(input);
  return parsed.ok ? [parsed.training] : [];
}

async function readRows(database: IDBPDatabase<Tables>, id: string): Promise<readonly MetricBatch[]> {
  const batches = (await database.getAll("pieces", piecesOf(id))).flatMap(
    ({ batch }) => readBatch(batch) ?? [],
  );
  const runIds = [...new Set(batches.map(({ runId }) => runId))];
  return runIds.map((runId) =>
    joinBatches(
      runId,
      batches.filter((batch) => batch.runId === runId),
    ),
  );
}

/**
 * Every save adds a short piece, and from time to time the short pieces at the end are merged into one. Rewriting one
 * growing piece at each save would leave its earlier versions in the storage. Keys count rows, so they sort in the
 * order of measurement.
 */
async function append(tables: Writing, id: string, batch: MetricBatch): Promise<void> {
  const { runId } = batch;
  const store = tables.objectStore("pieces");
  const short: Piece[] = [];
  let cursor = await store.openCursor(piecesOf(id, runId), "prev");
  const last = cursor?.value;
  while (cursor && cursor.value.batch.rows < PIECE_ROWS) {
    short.unshift(cursor.value);
    cursor = await cursor.continue();
  }
  const [oldest, ...others] = short;
  const readable = short.flatMap((piece) => readBatch(piece.batch) ?? []);
  if (!oldest || short.length < SHORT_PIECES || readable.length < short.length) {
    await store.put({ id, runId, first: last ? last.first + last.batch.rows : 0, batch });
    return;
  }
  for (const { first } of others) await store.delete([id, runId, first]);
  const joined = joinBatches(runId, [...readable, batch]);
  await store.put({ ...oldest, batch: joined });
}

async function write(
  database: IDBPDatabase<Tables>,
  change: (tables: Writing) => Promise<void>,
): Promise<void> {
  const tables = database.transaction(["trainings", "pieces"], "readwrite");
  try {
    // The first of the two to fail gives the reason.
    await Promise.all([change(tables).catch((error: unknown) => giveUp(tables, error)), tables.done]);
  } catch (error) {
    const isFull = [error, tables.error].some(
      (one) => one instanceof DOMException && one.name === "QuotaExceededError",
    );
    throw isFull ? new HistoryFull() : error;
  }
}

/** Rolls back an interrupted change. @throws its error */
function giveUp(tables: Writing, error: unknown): never {
  try {
    tables.abort();
  } catch {
    // The transaction has already ended.
  }
  throw error;
}
