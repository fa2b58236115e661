import { expect, test } from "vitest";
import { defaultDataset } from "../protocol/experiment";
import { type Command, INITIAL_CREDIT } from "../protocol/messages";
import { batchOfRows } from "../protocol/metrics/metric-batch";
import type { ConnectionHandlers } from "./connection";
import { createEngineClient, RequestFailed } from "./engine-client";
import type { Notification } from "./notification-queue";

const filesSettings = defaultDataset("files");

/** Engines that answer only when the test tells them to. */
function fakeEngines() {
  const engines: { handlers: ConnectionHandlers; sent: Command[]; terminated: boolean }[] = [];
  const timers: (() => void)[] = [];
  const client = createEngineClient(
    (handlers) => {
      const engine = { handlers, sent: [] as Command[], terminated: false };
      engines.push(engine);
      return {
        send: (command) => engine.sent.push(structuredClone(command)),
        terminate: () => {
          engine.terminated = true;
        },
      };
    },
    (callback) => timers.push(callback),
  );
  const engine = (index: number) => {
    const found = engines[index];
    if (!found) throw new Error(`no engine ${index}`);
    return found;
  };
  const tick = () => {
    for (const callback of timers.splice(0)) callback();
  };
  return { client, engines, engine, tick };
}

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable("answered"),
    (error: unknown) => (error instanceof RequestFailed ? error.failure : expect.unreachable(String(error))),
  );

const metrics = (runId: string): Notification => ({
  type: "metrics",
  batch: batchOfRows(runId, [{ stage: "student", step: 1, epoch: 0, wallMs: 1, macs: 1, values: {} }]),
});

test("answers reach the request with their id, in any order", async () => {
  const { client, engine } = fakeEngines();
  const pause = client.request({ type: "pause" });
  const backend = client.request({ type: "start-backend" });
  const { handlers, sent } = engine(0);
  const ids = sent.map((command) => ("requestId" in command ? command.requestId : 0));
  expect(new Set(ids).size).toBe(2);
  const device = { backend: "cpu", name: "none", software: true } as const;
  handlers.onEvent({ type: "answer", requestId: ids[1] ?? 0, answer: { type: "backend", device } });
  handlers.onEvent({ type: "answer", requestId: ids[0] ?? 0, answer: { type: "done" } });
  expect((await backend).device).toEqual(device);
  expect((await pause).type).toBe("done");
});

test("a dead engine fails every pending request, and the next request starts another", async () => {
  const { client, engine, engines } = fakeEngines();
  const received: Notification[] = [];
  client.subscribe((notifications) => received.push(...notifications));
  const failures = [client.request({ type: "pause" }), client.request({ type: "stop" })].map(failureOf);
  engine(0).handlers.onDeath("out of memory");
  for (const failure of await Promise.all(failures)) {
    expect(failure).toMatchObject({ kind: "worker-died", cause: "out of memory" });
  }
  expect(received.map(({ type }) => type)).toEqual(["engine-failed"]);
  expect(engine(0).terminated).toBe(true);
  const again = client.request({ type: "stop" });
  expect(engines).toHaveLength(2);
  // Later messages of the dead engine are ignored.
  engine(0).handlers.onEvent({ type: "answer", requestId: 3, answer: { type: "done" } });
  engine(1).handlers.onEvent({ type: "answer", requestId: 3, answer: { type: "done" } });
  expect((await again).type).toBe("done");
});

test("an aborted request fails at once, notifies the engine, and ignores a late answer", async () => {
  const { client, engine } = fakeEngines();
  const controller = new AbortController();
  const failure = failureOf(client.request({ type: "start-backend" }, { signal: controller.signal }));
  controller.abort();
  expect((await failure).kind).toBe("cancelled");
  expect(engine(0).sent.at(-1)).toEqual({ type: "cancel", requestId: 1 });
  engine(0).handlers.onEvent({ type: "answer", requestId: 1, answer: { type: "done" } });
  expect((await failureOf(client.request({ type: "stop" }, { signal: controller.signal }))).kind).toBe(
    "cancelled",
  );
  expect(engine(0).sent).toHaveLength(2);
});

test("progress reaches the request it belongs to", async () => {
  const { client, engine } = fakeEngines();
  const seen: number[] = [];
  const settings = { ...filesSettings, name: "x" };
  const loading = client.request(
    { type: "load-files", settings, entries: [] },
    { onProgress: ({ done }) => seen.push(done) },
  );
  const progress = (requestId: number, done: number) =>
    engine(0).handlers.onEvent({
      type: "progress",
      requestId,
      progress: { phase: "decoding", done, total: 9 },
    });
  progress(1, 3);
  progress(7, 5);
  engine(0).handlers.onDeath("gone");
  await failureOf(loading);
  progress(1, 6);
  expect(seen).toEqual([3]);
});

test("metrics are credited once they are delivered, not when they arrive", () => {
  const { client, engine, tick } = fakeEngines();
  let delivered = 0;
  client.subscribe((notifications) => {
    delivered += notifications.length;
  });
  void client.request({ type: "start-backend" });
  const { handlers, sent } = engine(0);
  for (let batch = 0; batch < INITIAL_CREDIT; batch++) handlers.onEvent(metrics("a"));
  expect([delivered, sent.length]).toEqual([0, 1]);
  tick();
  expect(delivered).toBe(INITIAL_CREDIT);
  expect(sent.at(-1)).toEqual({ type: "credit", batches: INITIAL_CREDIT });
});

test("urgent notifications are delivered at once, after everything that came before them", () => {
  const { client, engine, tick } = fakeEngines();
  const received: string[] = [];
  client.subscribe((notifications) => received.push(...notifications.map(({ type }) => type)));
  void client.request({ type: "start-backend" });
  engine(0).handlers.onEvent(metrics("a"));
  engine(0).handlers.onEvent({ type: "finished", stopped: false });
  expect(received).toEqual(["metrics", "finished"]);
  tick();
  expect(received).toHaveLength(2);
});

test("a value that cannot be cloned fails only its own request", async () => {
  const { client, engine } = fakeEngines();
  const settings = { ...filesSettings, name: "x" };
  const entries = [{ path: "a/b.png", file: { trap: () => 1 } as unknown as Blob }];
  expect((await failureOf(client.request({ type: "load-files", settings, entries }))).kind).toBe("internal");
  const stop = client.request({ type: "stop" });
  engine(0).handlers.onEvent({ type: "answer", requestId: 2, answer: { type: "done" } });
  expect((await stop).type).toBe("done");
});
