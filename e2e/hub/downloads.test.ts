import { createHash } from "node:crypto";
/** Tests the real loading code against a server that behaves like the hub, and like unreliable networks. */
import { parquetWriteBuffer } from "hyparquet-writer";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openCached, type SegmentStore } from "../../src/engine/dataset/downloads/cached-file";
import { fetchRange, type Network, persistently } from "../../src/engine/dataset/downloads/http";
import { listHubDataset } from "../../src/engine/dataset/downloads/hub-dataset";
import type { DownloadError } from "../../src/engine/dataset/downloads/problem";
import { type HubServer, type Mood, startHubServer } from "./hub-server";

type Bytes = Uint8Array<ArrayBuffer>;

const ROWS = 400;
const labelOf = (row: number) => (row * 7) % 10;
/** Sorted by class, like folders that were converted to tables. */
const order = Array.from({ length: ROWS }, (_, row) => row).sort((a, b) => labelOf(a) - labelOf(b));
const pictureOf = (row: number) => new TextEncoder().encode(`BM picture ${row} `.padEnd(3_000, "."));
const parquet = (rows: readonly number[]) =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: "image", data: rows.map(pictureOf), type: "BYTE_ARRAY" },
        { name: "label", data: rows.map(labelOf), type: "INT32" },
      ],
      rowGroupSize: 10,
      codec: "UNCOMPRESSED",
    }),
  ) as Bytes;
const train = parquet(order);
const heldOut = parquet(order.slice(0, 60));

let server: HubServer;
let hub = "";
beforeAll(async () => {
  server = await startHubServer(() => ({ train: [train], test: [heldOut] }));
  hub = server.address;
});
afterAll(() => server.close());
afterEach(() => {
  server.moods.length = 0;
  server.asked.length = 0;
  server.tag = '"one"';
});

const waits: number[] = [];
const network: Network = {
  fetch,
  sleep: async (milliseconds) => void waits.push(milliseconds),
};

function memoryStore(): SegmentStore & { readonly files: Map<string, Bytes> } {
  const files = new Map<string, Bytes>();
  return {
    files,
    read: async (name) => files.get(name),
    write: async (name, parts) => void files.set(name, parts[0] as Bytes),
    remove: async (name) => void files.delete(name),
    names: async () => [...files.keys()],
  };
}

const problemOf = async (act: Promise<unknown>) => {
  try {
    await act;
  } catch (error) {
    return (error as DownloadError).problem;
  }
  return "none";
};

const segmentBytes = 100_000;
const options = (store = memoryStore()) => ({ network, store, segmentBytes });

describe("a dataset of the hub", () => {
  test("is loaded completely, each image with its label, and afterwards works without the network", async () => {
    const store = memoryStore();
    const progress: [number, number][] = [];
    const given = await listHubDataset(
      options(store),
      { id: "some/set", hub },
      { onProgress: (done, total) => progress.push([done, total]) },
    );
    expect(given.rejected).toEqual([]);
    for (const { path, placed, read } of given.sources) {
      const rows = path.includes("/train-") ? order : order.slice(0, 60);
      const row = rows[Number(path.split("/").at(-1))] as number;
      expect(placed).toMatchObject({ className: String(labelOf(row)) });
      expect(Buffer.compare((await read()) as Bytes, pictureOf(row))).toBe(0);
    }
    expect(given.sources.filter(({ placed }) => placed?.part === "train")).toHaveLength(ROWS);
    expect(given.sources.filter(({ placed }) => placed?.part === "test")).toHaveLength(60);
    const whole = train.length + heldOut.length;
    expect(progress.at(-1)).toEqual([whole, whole]);

    const noNetwork: Network = { ...network, fetch: () => Promise.reject(new TypeError("offline")) };
    const again = await listHubDataset({ ...options(store), network: noNetwork }, { id: "some/set", hub });
    expect(await again.sources[5]?.read()).toEqual(await given.sources[5]?.read());
  });

  test("with a limit of rows, only the needed parts are fetched, spread over the file", async () => {
    const { sources } = await listHubDataset(options(), { id: "some/set", rows: 40, hub });
    const training = sources.filter(({ placed }) => placed?.part === "train");
    for (const { read } of training) await read();
    expect(training).toHaveLength(40);
    expect(new Set(training.map(({ placed }) => placed?.className)).size).toBeGreaterThan(5);
    const fetched = server.asked.reduce((sum, { range }) => {
      const [, from, to] = /bytes=(\d+)-(\d+)/.exec(range ?? "") ?? [];
      return sum + (from === undefined ? 0 : Number(to) - Number(from) + 1);
    }, 0);
    const footers = 2 * 2 ** 16;
    expect(fetched).toBeLessThan(train.length / 2 + footers);
  });

  test.each([
    ["none/none", "not-found"],
    ["some/gated", "gated"],
    ["some/script", "no-tables"],
    ["some/nonsense", "no-tables"],
    ["some/elsewhere", "no-tables"],
    ["../../etc/passwd", "not-found"],
    ["a b", "not-found"],
  ])("%s is refused: %s", async (id, problem) => {
    expect(await problemOf(listHubDataset(options(), { id, hub }))).toBe(problem);
  });

  test("an unreachable server is reported", async () => {
    expect(await problemOf(listHubDataset(options(), { id: "some/set", hub: "http://127.0.0.1:9" }))).toBe(
      "unreachable",
    );
  });
});

describe("a download", () => {
  const url = () => `${hub}/contents/some/set/train/0`;

  test("survives network failures, byte for byte", async () => {
    server.moods.push(
      "truncate",
      "rate-limit",
      "error",
      "fine",
      "break",
      "rate-limit",
      "fine",
      "ignore-range",
    );
    const file = await openCached(options(), url(), "a.parquet");
    expect(Buffer.compare(await file.read(), train)).toBe(0);
    expect(await file.slice(99_990, 100_010)).toEqual(train.slice(99_990, 100_010));
    expect(server.moods).toEqual([]);
  });

  test("that was interrupted at half continues from there", async () => {
    const store = memoryStore();
    const controller = new AbortController();
    const half = openCached(options(store), url(), "a.parquet", {
      signal: controller.signal,
      onProgress: (done, total) => {
        if (done > total / 2) controller.abort(new Error("closed"));
      },
    });
    await expect(half).rejects.toThrow("closed");
    const kept = store.files.size;
    expect(kept).toBeGreaterThan(3);
    server.asked.length = 0;
    const file = await openCached(options(store), url(), "a.parquet");
    expect(Buffer.compare(await file.read(), train)).toBe(0);
    const segments = Math.ceil(train.length / segmentBytes);
    // The plan is also a file; one request asks for the size.
    expect(server.asked.filter(({ method }) => method === "GET")).toHaveLength(segments - (kept - 1));
  });

  test("is checked against the server's SHA-256; other content is not kept", async () => {
    const digest = (content: Uint8Array) => createHash("sha256").update(content).digest("hex");
    const store = memoryStore();
    server.tag = `"${digest(heldOut)}"`;
    expect(await problemOf(openCached(options(store), url(), "a.parquet"))).toBe("changed");
    expect(store.files.size).toBe(0);
    server.tag = `"${digest(train)}"`;
    const file = await openCached(options(store), url(), "a.parquet");
    expect(Buffer.compare(await file.read(), train)).toBe(0);
  });

  test("of the catalog must have the known size, or it is not kept", async () => {
    const store = memoryStore();
    const fetchExpecting = (images: { train: number; test: number }, classNames = [..."0123456789"]) =>
      problemOf(listHubDataset(options(store), { id: "some/set", hub, expected: { images, classNames } }));
    expect(await fetchExpecting({ train: ROWS + 1, test: 60 })).toBe("changed");
    expect(store.files.size).toBe(0);
    expect(await fetchExpecting({ train: ROWS, test: 60 }, ["only one"])).toBe("changed");
    expect(await fetchExpecting({ train: ROWS, test: 60 })).toBe("none");
    expect(store.files.size).toBeGreaterThan(0);
  });

  test("starts again if the content has changed", async () => {
    const store = memoryStore();
    server.moods.push(...Array<Mood>(4).fill("error"));
    expect(await problemOf(openCached(options(store), url(), "a.parquet"))).toBe("server-error");
    const stale = [...store.files.keys()].map((name) => name.replace("plan", "00000"))[0] as string;
    store.files.set(stale, new Uint8Array(segmentBytes));
    server.tag = '"two"';
    const file = await openCached(options(store), url(), "a.parquet");
    expect(Buffer.compare(await file.read(), train)).toBe(0);
  });

  test("gives up after several attempts and reports why", async () => {
    for (const [mood, problem] of [
      ["truncate", "truncated"],
      ["rate-limit", "rate-limited"],
      ["error", "server-error"],
    ] as const) {
      server.moods.push(...Array<Mood>(4).fill(mood));
      const act = () => fetchRange(network, url(), 0, 5_000);
      expect(await problemOf(persistently(network, undefined, act))).toBe(problem);
    }
    expect(waits.some((wait) => wait === 0)).toBe(true);
  });

  test("reports a full store", async () => {
    const full = memoryStore();
    const store = {
      ...full,
      write: async () => {
        throw Object.assign(new Error("full"), { name: "StorageFull" });
      },
    };
    expect(await problemOf(openCached({ network, store, segmentBytes }, url(), "a.parquet"))).toBe(
      "storage-full",
    );
  });
});
