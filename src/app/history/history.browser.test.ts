import { afterEach, beforeEach, expect, test } from "vitest";
import type { WholeTraining } from "../../protocol/saved-training";
import { type History, openHistory } from "../../storage/history";
import { decodeHistoryFile, encodeHistoryFile } from "../../storage/history-file";
import { holdTraining, liveTrainings } from "../../storage/training-locks";
import { createAppStore } from "../../store/app-store";
import { createHistoryActions } from "../../store/history/history-actions";
import { createHistoryRecorder } from "../../store/history/history-recorder";
import { curveOf } from "../../store/measurements/series";
import { finishedRun, measured, runIdOf, startedTraining, withFloors } from "../../store/run-state.testing";

const NAME = "history-of-a-page";
let history: History;

/** The page's state and its history, with a real database. */
function page(open: () => Promise<History> = async () => history, live = liveTrainings) {
  const store = createAppStore();
  const failures: unknown[] = [];
  let savings = 0;
  const recorder = createHistoryRecorder(store, {
    open,
    hold: holdTraining,
    live: liveTrainings,
    onSaved: () => savings++,
    onFailed: (error) => failures.push(error),
    periodMs: 5,
  });
  const actions = createHistoryActions(store, {
    open,
    live,
    estimate: () => navigator.storage.estimate(),
    encode: encodeHistoryFile,
    decode: (file) => decodeHistoryFile(file),
    notify: () => undefined,
  });
  const disconnect = recorder.connect();
  return { store, actions, recorder, disconnect, failures, savings: () => savings };
}

/** States as produced by engine events, one after the other. */
const halfWay = () =>
  measured(measured(startedTraining(), "0-1", 1, { studentLoss: 2 }), "0-1", 2, { knnTop1: 0.5 });

beforeEach(async () => {
  history = await openHistory(NAME);
});

afterEach(async () => {
  history.close();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase(NAME).onsuccess = resolve;
  });
});

test("a training is saved while it runs, and opens again with every curve and result", async () => {
  const { store, recorder, disconnect } = page();
  const trained = halfWay();
  store.setState({ run: { ...trained, status: "starting", runs: [] } });
  store.setState({ run: trained });
  await recorder.saveNow();
  await expect.poll(async () => (await history.list()).length).toBe(1);
  const [begun] = await history.list();
  expect(begun?.status).toBe("training");
  await expect.poll(liveTrainings).toContain(begun?.id);

  const later = withFloors(finishedRun(measured(trained, "1-2", 7, { knnTop1: 0.75 }), "1-2", 0.8), "1-2");
  store.setState({ run: { ...later, status: "finished" } });
  await expect.poll(async () => (await history.list())[0]?.status).toBe("finished");
  await expect.poll(liveTrainings).not.toContain(begun?.id);
  disconnect();

  const other = page();
  await other.actions.reopen(begun?.id ?? "");
  const { run, experiment } = other.store.getState();
  expect(run).toMatchObject({ status: "finished", reopened: { id: begun?.id, live: false } });
  expect(experiment).toEqual(trained.experiment);
  const byId = (id: string) => run.runs.find(({ planned }) => planned.runId === id);
  expect(byId("1-2")?.final?.knnTop1).toBe(0.8);
  expect(byId("1-2")?.floors).toEqual(later.runs.find(({ planned }) => planned.runId === "1-2")?.floors);
  const curve = curveOf(byId("0-1")?.series ?? expect.fail("no run"), "knnTop1", "step", ["student"]);
  expect([...curve.x, ...curve.y]).toEqual([2, 0.5]);
  // A training that is only shown is not saved as a new one.
  await other.recorder.saveNow();
  expect(await history.list()).toHaveLength(1);
  other.disconnect();
});

test("a resumed training continues its history entry, with replayed rows stored once", async () => {
  const first = page();
  first.store.setState({ run: halfWay() });
  await expect.poll(first.savings).toBeGreaterThan(0);
  first.disconnect();
  // The tab is closed, which releases its lock.
  const [begun] = await history.list();
  first.recorder.end();
  await expect.poll(liveTrainings).not.toContain(begun?.id);

  const second = page();
  const again = measured({ ...startedTraining(), continued: true }, "0-1", 1, { studentLoss: 2 });
  second.store.setState({ run: again });
  await expect.poll(second.savings).toBeGreaterThan(0);
  expect((await history.list()).map(({ id }) => id)).toEqual([begun?.id]);
  expect((await history.rows(begun?.id ?? "")).map(({ rows }) => rows)).toEqual([1]);
  second.recorder.end();
  second.disconnect();
});

test("with full storage training continues, the page says so, and the missed rows are saved later", async () => {
  let isFull = true;
  const refusing: History = {
    list: () => history.list(),
    find: (id) => history.find(id),
    rows: (id) => history.rows(id),
    remark: (id, remarks) => history.remark(id, remarks),
    remove: (ids) => history.remove(ids),
    close: () => undefined,
    save: (...saved) => {
      if (isFull) throw Object.assign(new Error("no room"), { name: "HistoryFull" });
      return history.save(...saved);
    },
  };
  const { store, actions, failures, savings, recorder, disconnect } = page(async () => refusing);
  store.setState({ run: halfWay() });
  await expect.poll(() => failures.length).toBeGreaterThan(0);
  actions.noteUnsaved(failures[0]);
  expect(store.getState().history.unsaved?.full).toBe(true);
  isFull = false;
  store.setState(({ run }) => ({ run: measured(run, "0-1", 3, { studentLoss: 1 }) }));
  await expect.poll(savings).toBeGreaterThan(0);
  const [saved] = await history.list();
  expect((await history.rows(saved?.id ?? "")).map(({ rows }) => rows)).toEqual([3]);
  recorder.end();
  disconnect();
});

test("the whole history goes into one file and back; existing entries are left unchanged", async () => {
  const { store, actions, savings, recorder, disconnect } = page();
  store.setState({ run: { ...halfWay(), status: "stopped" } });
  await expect.poll(savings).toBeGreaterThan(0);
  await recorder.saveNow();
  disconnect();
  const [saved] = await history.list();
  const id = saved?.id ?? "";
  await actions.remark(id, { name: "Kept", tags: ["x"], note: "why" });
  const file = await actions.exportFile();
  const wholes: WholeTraining[] = [];
  for await (const whole of decodeHistoryFile(file ?? expect.fail("no file"))) wholes.push(whole);
  expect(wholes).toHaveLength(1);

  await actions.remark(id, { name: "Renamed since" });
  await actions.importFile(file as Blob);
  expect((await history.find(id))?.name).toBe("Renamed since");
  expect(store.getState().history.result).toEqual({ kind: "imported", added: 0, skipped: 1 });

  await actions.remove([id]);
  expect(await history.list()).toEqual([]);
  await actions.importFile(file as Blob);
  expect(await history.find(id)).toMatchObject({ name: "Kept", tags: ["x"], note: "why", status: "stopped" });
  expect((await history.rows(id)).map(({ rows }) => rows)).toEqual([2]);

  await actions.importFile(new Blob(["no such file"]));
  expect(store.getState().history.result).toMatchObject({ added: 0, problem: { full: false } });
});

test("a training of another tab cannot be deleted, is shown as live, and its curves follow", async () => {
  const trainer = page();
  trainer.store.setState({ run: halfWay() });
  await expect.poll(trainer.savings).toBeGreaterThan(0);
  const [saved] = await history.list();
  const id = saved?.id ?? "";
  const watcher = page();
  await expect.poll(liveTrainings).toContain(id);
  await watcher.actions.reopen(id);
  expect(watcher.store.getState().run.reopened?.live).toBe(true);
  await watcher.actions.remove([id]);
  expect(await history.list()).toHaveLength(1);

  const before = trainer.savings();
  trainer.store.setState(({ run }) => ({ run: measured(run, runIdOf(0, 1), 3, { studentLoss: 1 }) }));
  await expect.poll(trainer.savings).toBeGreaterThan(before);
  await watcher.actions.follow(id);
  const { run } = watcher.store.getState();
  expect(run.runs.find(({ planned }) => planned.runId === "0-1")?.series.step.length).toBe(3);
  trainer.recorder.end();
  for (const { disconnect } of [trainer, watcher]) disconnect();
});

/** A page that trains, another that watches it, and the end of the training, saved. */
async function watched(open?: () => Promise<History>, live?: typeof liveTrainings) {
  const trainer = page();
  trainer.store.setState({ run: halfWay() });
  await expect.poll(trainer.savings).toBeGreaterThan(0);
  const id = (await history.list())[0]?.id ?? "";
  await expect.poll(liveTrainings).toContain(id);
  const watcher = page(open, live);
  await watcher.actions.reopen(id);
  const reopened = () => watcher.store.getState().run.reopened;
  expect(reopened()?.live).toBe(true);
  const stop = async () => {
    trainer.store.setState(({ run }) => ({ run: { ...run, status: "stopped" } }));
    await expect.poll(async () => (await history.list())[0]?.status).toBe("stopped");
  };
  return { id, follow: () => watcher.actions.follow(id), reopened, stop };
}

test("a training whose end is saved is no longer watched, even if its lock still seems to be held", async () => {
  let held: ReadonlySet<string> | undefined;
  const { follow, reopened, stop } = await watched(undefined, async () => (held ??= await liveTrainings()));
  await stop();
  await follow();
  expect(reopened()?.live).toBe(false);
});

test("a slow update never replaces the state of a later one", async () => {
  let wait: Promise<void> | undefined;
  let reached = () => {};
  const waiting = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const slow = async (): Promise<History> => ({
    ...history,
    rows: async (id) => {
      const [rows, before] = [await history.rows(id), wait];
      wait = undefined;
      if (before) reached();
      await before;
      return rows;
    },
  });
  const { follow, reopened, stop } = await watched(slow);
  let proceed = () => {};
  wait = new Promise<void>((resolve) => {
    proceed = resolve;
  });
  const first = follow();
  await waiting;
  await stop();
  const second = follow();
  setTimeout(proceed, 100); // Longer than the second update needs by itself.
  await Promise.all([first, second]);
  expect(reopened()?.live).toBe(false);
});
