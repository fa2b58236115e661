import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type DatasetSettings, defaultDataset, defaultExperiment } from "../protocol/experiment";
import { createAppStore } from "./app-store";
import { imagesFollow } from "./images-follow";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const read = (reading?: string): DatasetSettings => ({
  ...defaultDataset("files"),
  name: "mine",
  ...(reading && { reading }),
});

/** A page with files, and what it asked the engine to load because the settings name it. */
function page() {
  const store = createAppStore({ experiment: { ...defaultExperiment(), dataset: read() } });
  const asked: (string | undefined)[] = [];
  const set = (dataset: DatasetSettings) =>
    store.setState(({ experiment }) => ({ experiment: { ...experiment, dataset } }));
  const load = (settings?: DatasetSettings, chosenBeside?: DatasetSettings["source"]) =>
    store.setState(({ dataset: { loading: _, ...dataset } }) => ({
      dataset: {
        ...dataset,
        files: [],
        ...(settings && { loading: { settings, ...(chosenBeside && { chosenBeside }) } }),
      },
    }));
  const ensureDataset = async () => {
    const { dataset } = store.getState().experiment;
    asked.push(dataset.source === "files" ? (dataset.reading ?? "as they are") : dataset.source);
  };
  store.subscribe(imagesFollow(store, { ensureDataset }));
  load();
  return { set, load, asked };
}

test("images follow the settings, also while others are loaded", () => {
  const { set, load, asked } = page();
  set(read("inner"));
  vi.advanceTimersByTime(1_000);
  load(read("inner"));
  set(read("folders"));
  vi.advanceTimersByTime(1_000);
  expect(asked).toEqual(["inner", "folders"]);
});

test("a load that is asked for right after another one ended is not replaced by what the settings still name", () => {
  const { set, load, asked } = page();
  set(read("inner"));
  vi.advanceTimersByTime(300);
  load(read());
  vi.advanceTimersByTime(5_000);
  expect(asked).toEqual([]);
  load();
  set(read());
  vi.advanceTimersByTime(1_000);
  expect(asked).toEqual(["as they are"]);
});

test("settings that changed before a load that came to nothing are followed after it", () => {
  const { set, load, asked } = page();
  set(read("folders"));
  vi.advanceTimersByTime(300);
  load(read("names"));
  vi.advanceTimersByTime(5_000);
  load();
  vi.advanceTimersByTime(1_000);
  expect(asked).toEqual(["folders"]);
});

test("settings that change while chosen files are read are meant for these; another source replaces them", () => {
  const { set, load, asked } = page();
  load(read(), "files");
  set({ ...read(), resolution: 32 });
  vi.advanceTimersByTime(5_000);
  expect(asked).toEqual([]);
  set(defaultDataset("textures"));
  vi.advanceTimersByTime(1_000);
  expect(asked).toEqual(["textures"]);
});
