import { afterEach, beforeEach, expect, test } from "vitest";
import { cellsOf, rowsOf } from "../protocol/metrics/metric-rows.testing";
import { type History, openHistory, PIECE_ROWS, SHORT_PIECES } from "./history";
import { RUN, rowsFrom, savedTraining } from "./saved-training.testing";

const NAME = "history-of-a-test";
let history: History;

const deleteDatabase = () =>
  new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });

/** Number of records in a table, read without the code under test. */
function countOf(table: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const counted = request.result.transaction(table).objectStore(table).count();
      counted.onsuccess = () => {
        request.result.close();
        resolve(counted.result);
      };
    };
  });
}

/** Puts a record into a table, past the code under test. */
function putIn(table: string, record: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const writing = request.result.transaction(table, "readwrite");
      writing.objectStore(table).put(record);
      writing.oncomplete = () => {
        request.result.close();
        resolve();
      };
    };
  });
}

beforeEach(async () => {
  history = await openHistory(NAME);
});

afterEach(async () => {
  history.close();
  await deleteDatabase();
});

test("rows saved in several steps are returned as one list, in order, in few pieces", async () => {
  const training = savedTraining();
  let from = 0;
  for (const count of [1, 7, 300, 300, 5, 900, 2, ...Array<number>(60).fill(20)]) {
    await history.save(training, [rowsFrom(from, count)]);
    from += count;
  }
  const [found] = await history.rows(training.id);
  expect(found && rowsOf(found)).toEqual(rowsOf(rowsFrom(0, from)));
  expect(await countOf("pieces")).toBeLessThanOrEqual(SHORT_PIECES + from / PIECE_ROWS);
});

test("pieces written row by row by an earlier version are read, also once later ones are merged with them", async () => {
  const training = savedTraining();
  await history.save(training, []);
  await putIn("pieces", {
    id: training.id,
    runId: RUN,
    first: 0,
    batch: cellsOf(RUN, rowsOf(rowsFrom(0, 9))),
  });
  expect(await history.rows(training.id)).toEqual([rowsFrom(0, 9)]);
  let from = 9;
  for (; from < 9 + 2 * SHORT_PIECES; from++) await history.save(training, [rowsFrom(from, 1)]);
  expect(await history.rows(training.id)).toEqual([rowsFrom(0, from)]);
  expect(await countOf("pieces")).toBeLessThanOrEqual(SHORT_PIECES);
});

test("replayed rows replace the previous ones of that training only", async () => {
  const [one, other] = [savedTraining(), savedTraining()];
  await history.save(one, [rowsFrom(0, 600)]);
  await history.save(other, [rowsFrom(0, 4)]);
  await history.save(one, [rowsFrom(0, 3)], [RUN]);
  expect((await history.rows(one.id)).map(({ rows }) => rows)).toEqual([3]);
  expect((await history.rows(other.id)).map(({ rows }) => rows)).toEqual([4]);
});

test("remarks are kept while the training is saved", async () => {
  const training = savedTraining();
  await history.save(training, []);
  await history.remark(training.id, { name: "Mine", tags: ["a"], note: "as expected" });
  await history.save({ ...training, status: "finished" }, []);
  expect(await history.list()).toEqual([
    { ...training, status: "finished", name: "Mine", tags: ["a"], note: "as expected" },
  ]);
});

test("a deleted training leaves nothing, other trainings stay, and remarks do not restore it", async () => {
  const [gone, stays] = [savedTraining(), savedTraining()];
  await history.save(gone, [rowsFrom(0, 600)]);
  await history.save(stays, [rowsFrom(0, 2)]);
  await history.remove([gone.id]);
  await history.remark(gone.id, { name: "Still here?" });
  expect((await history.list()).map(({ id }) => id)).toEqual([stays.id]);
  expect(await history.rows(gone.id)).toEqual([]);
  expect(await countOf("pieces")).toBe(1);
});

test("an interrupted save leaves everything unchanged", async () => {
  const training = savedTraining();
  await history.save(training, [rowsFrom(0, 5)]);
  const nobodys = { ...rowsFrom(5, 5), runId: {} as never };
  const saved = history.save({ ...training, status: "finished" }, [rowsFrom(5, 5), nobodys]);
  await expect(saved).rejects.toThrow();
  expect((await history.rows(training.id)).map(({ rows }) => rows)).toEqual([5]);
  expect((await history.find(training.id))?.status).toBe("training");
});
