import { expect, test, vi } from "vitest";
import { type EngineClient, RequestFailed } from "../client/engine-client";
import type { FileEntry } from "../protocol/dataset";
import { defaultDataset } from "../protocol/experiment";
import { cancelled } from "../protocol/failures";
import type { Answer, Request } from "../protocol/messages";
import { createAppStore } from "./app-store";
import { drawnSummary } from "./drawn-summary.testing";
import { createEngineActions } from "./engine-actions";
import { createExperimentActions } from "./experiment/experiment-actions";

const answers: Readonly<Partial<Record<Request["type"], Answer>>> = {
  "start-backend": { type: "backend", device: { backend: "cpu", name: "test", software: true } },
  "load-drawn": { type: "dataset", summary: drawnSummary },
  "load-files": { type: "dataset", summary: drawnSummary },
  "sample-gallery": { type: "gallery", samples: [] },
  plan: { type: "plan", runs: [] },
  start: { type: "started", runs: [] },
};

/** An engine that answers everything a moment later and records its requests. */
function answeringEngine() {
  const asked: Request["type"][] = [];
  const client: EngineClient = {
    async request(request, { signal } = {}) {
      asked.push(request.type);
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (signal?.aborted) throw new RequestFailed(cancelled);
      return (answers[request.type] ?? { type: "done" }) as never;
    },
    subscribe: () => () => undefined,
    restart: () => undefined,
  };
  return { asked, client };
}

const times = (asked: readonly string[], type: string) => asked.filter((one) => one === type).length;

test("Start pressed during preparation waits for the pending requests, and repeats none", async () => {
  const { asked, client } = answeringEngine();
  const store = createAppStore();
  const engine = createEngineActions(store, client);
  await Promise.all([engine.boot(), engine.start()]);
  expect(store.getState().run.status).toBe("training");
  expect(times(asked, "start-backend")).toBe(1);
  expect(times(asked, "load-drawn")).toBe(1);
});

test("Start works at any moment of the preparation", async () => {
  for (let wait = 0; wait < 25; wait += 3) {
    const { client } = answeringEngine();
    const store = createAppStore();
    const engine = createEngineActions(store, client);
    const booted = engine.boot();
    await new Promise((resolve) => setTimeout(resolve, wait));
    await engine.start();
    await booted;
    expect(store.getState().run.status).toBe("training");
  }
});

test("loading other images replaces the load in progress", async () => {
  const { asked, client } = answeringEngine();
  const store = createAppStore();
  const engine = createEngineActions(store, client);
  const booted = engine.boot();
  await vi.waitFor(() => expect(asked).toContain("load-drawn"), { interval: 1 });
  const dataset = { ...defaultDataset("shapes"), resolution: 32 };
  store.setState(({ experiment }) => ({ experiment: { ...experiment, dataset } }));
  await engine.ensureDataset();
  await booted;
  expect(store.getState().dataset.loaded?.settings).toEqual(dataset);
  expect(times(asked, "load-drawn")).toBe(2);
});

test("backends are measured again on request, but not during training", async () => {
  const { asked, client } = answeringEngine();
  const store = createAppStore();
  const engine = createEngineActions(store, client);
  await engine.boot();
  const before = times(asked, "start-backend");
  await Promise.all([engine.measureBackends(), engine.measureBackends()]);
  expect(times(asked, "start-backend")).toBe(before + 1);
  expect(store.getState().engine.status).toBe("ready");
  await engine.start();
  await engine.measureBackends();
  expect(times(asked, "start-backend")).toBe(before + 1);
});

/** A page that is preparing its drawn images while the visitor's files are already being read. */
function pageWithFiles() {
  const { asked, client } = answeringEngine();
  const store = createAppStore();
  const engine = createEngineActions(store, client);
  const files = [{ path: "cat/1.png", file: new Blob([]) }];
  const { takeFiles, takeDropped } = createExperimentActions(store, engine);
  return { asked, store, engine, takeDropped, drop: () => takeFiles("mine", files) };
}

test("files that are dropped while the engine starts are read, at whatever moment, and not replaced", async () => {
  for (let wait = 0; wait < 25; wait += 3) {
    const { store, engine, drop } = pageWithFiles();
    const booted = engine.boot();
    await new Promise((resolve) => setTimeout(resolve, wait));
    await Promise.all([drop(), booted]);
    const { dataset, experiment } = store.getState();
    expect(dataset.loaded?.settings, `after ${wait} ms`).toMatchObject({ source: "files", name: "mine" });
    expect(experiment.dataset, `after ${wait} ms`).toMatchObject({ source: "files", name: "mine" });
    expect(dataset.loading).toBeUndefined();
  }
});

test("Start pressed while files are read waits for them and trains on them", async () => {
  const { asked, store, engine, drop } = pageWithFiles();
  await engine.boot();
  await Promise.all([drop(), engine.start()]);
  const { run, experiment } = store.getState();
  expect(run.status).toBe("training");
  expect(run.experiment?.dataset).toMatchObject({ source: "files", name: "mine" });
  expect(run.experiment).toEqual(experiment);
  expect(asked.filter((type) => type.startsWith("load-"))).toEqual(["load-drawn", "load-files"]);
});

test("Start pressed while a folder is listed waits for it, and Stop ends the waiting", async () => {
  for (const stopped of [false, true]) {
    const { store, engine, takeDropped } = pageWithFiles();
    await engine.boot();
    const listing = new EventTarget();
    const files: FileEntry[] = [{ path: "cat/1.png", file: new Blob([]) }];
    const listed = new Promise((resolve) => listing.addEventListener("listed", resolve));
    const dropped = takeDropped(listed.then(() => ({ name: "mine", files })));
    const started = engine.start();
    if (stopped) {
      await engine.stop();
      await started;
      expect(store.getState().run.status).toBe("idle");
    }
    listing.dispatchEvent(new Event("listed"));
    await Promise.all([dropped, started]);
    expect(store.getState().experiment.dataset).toMatchObject({ source: "files", name: "mine" });
    if (!stopped) expect(store.getState().run.experiment).toEqual(store.getState().experiment);
  }
});

test("Stop pressed while files are read for a start ends both", async () => {
  const { asked, store, engine, drop } = pageWithFiles();
  await engine.boot();
  const started = Promise.all([drop(), engine.start()]);
  await engine.stop();
  await started;
  expect(store.getState().run.status).toBe("idle");
  expect(store.getState().dataset.loading).toBeUndefined();
  expect(asked).not.toContain("start");
});
