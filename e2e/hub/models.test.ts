/** Tests how models are listed and fetched against a server that behaves like the hub, also when it misbehaves. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Network } from "../../src/engine/dataset/downloads/http";
import { fetchHubModel, fetchStated, findHubModel } from "../../src/engine/models/hub/fetch-model";
import { listingOf, readRepository } from "../../src/engine/models/hub/listing";
import { recognizeFiles } from "../../src/engine/models/model-files";
import type { WantedHubModel } from "../../src/protocol/hub-models";
import { modelLimits } from "../../src/protocol/teacher-model";
import { smallModel } from "../fixtures/small-model";
import { type ModelHub, startModelHub } from "./model-hub";

const bytesOf = async (file: Blob | undefined) => new Uint8Array((await file?.arrayBuffer()) ?? []);
const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const onnx = smallModel();
/** A model of which the topology names shards, as TensorFlow.js writes it. */
const topology = {
  format: "graph-model",
  modelTopology: {
    node: [
      {
        name: "x",
        op: "Placeholder",
        attr: {
          dtype: { type: "DT_FLOAT" },
          shape: { shape: { dim: [-1, 8, 8, 3].map((size) => ({ size: String(size) })) } },
        },
      },
      { name: "y", op: "Relu", input: ["x"] },
    ],
  },
  weightsManifest: [
    {
      paths: ["group1-shard1of2.bin", "group1-shard2of2.bin"],
      weights: [{ name: "w", shape: [32], dtype: "float32" }],
    },
  ],
};
const files = {
  "README.md": json("A model"),
  "model.onnx": onnx.map((byte) => byte),
  "onnx/model.onnx": onnx,
  "onnx/model_broken.onnx": onnx.slice(0, 300),
  "model.safetensors": new Uint8Array(64),
  "web/model.json": json(topology),
  "web/group1-shard1of2.bin": new Uint8Array(100),
  "web/group1-shard2of2.bin": new Uint8Array(28).fill(7),
  "config.json": json({ id2label: { 0: "cat", 1: "dog" } }),
  "preprocessor_config.json": json({ size: 32, image_mean: [0.5], image_std: [0.5] }),
};

let server: ModelHub;
let revision = "";
beforeAll(async () => {
  server = await startModelHub("hf_secret");
  revision = server.publish("some/model", files);
  server.publish("some/weights", { "pytorch_model.bin": new Uint8Array(9) });
});
afterAll(() => server.close());
afterEach(() => {
  server.faults.clear();
  server.asked.length = 0;
});

const network: Network = { fetch, sleep: async () => undefined };
const access = (signal?: AbortSignal) => ({ network, hub: server.address, signal });
const repository = "some/model";

async function fetched(wanted: WantedHubModel, signal?: AbortSignal, onProgress?: (done: number) => void) {
  return fetchHubModel(access(signal), await findHubModel(access(signal), wanted), onProgress);
}

const problemOf = (act: Promise<unknown>) =>
  act.then(
    () => "none",
    (error: unknown) => {
      expect((error as Error).message).toMatch(/^[^\n]+\.$/);
      return (error as { problem?: string }).problem ?? (error as Error).name;
    },
  );

test("a repository's models are listed on all of its pages, those in onnx/ first, and what cannot be used is named", async () => {
  const listing = listingOf(await readRepository(access(), { repository }));
  expect(listing).toMatchObject({ repository, revision, others: ["model.safetensors"] });
  expect(listing.models.map(({ path, files: count }) => [path, count])).toEqual([
    ["onnx/model.onnx", 1],
    ["onnx/model_broken.onnx", 1],
    ["model.onnx", 1],
    ["web/model.json", 3],
  ]);
  const [first, , , last] = listing.models;
  expect(first?.bytes).toBe(onnx.length);
  expect(last?.bytes).toBe(files["web/model.json"].length + 128);
  expect(server.asked.filter((path) => path.includes("/tree/")).length).toBeGreaterThan(2);
});

test("weights beside an ONNX file count, and a model above the limit comes last and is not fetched", () => {
  const at = (path: string, bytes: number) => ({ path, bytes });
  const all = [
    at("onnx/model.onnx", 1_000),
    at("onnx/model.onnx_data", modelLimits.bytes),
    at("onnx/model_int8.onnx", modelLimits.bytes),
    at("onnx/other/model.onnx_data", 5),
  ];
  const { models, others } = listingOf({ repository, revision, files: all });
  expect(models).toEqual([
    { path: "onnx/model_int8.onnx", bytes: modelLimits.bytes, files: 1, isTooLarge: false },
    { path: "onnx/model.onnx", bytes: 1_000 + modelLimits.bytes, files: 2, isTooLarge: true },
  ]);
  expect(others).toEqual([]);
});

describe("a model of the hub", () => {
  test("is the same as from a file, and what the repository says of it is known", async () => {
    let progress = 0;
    const from = await fetched({ repository, path: "onnx/model.onnx" }, undefined, (done) => {
      progress = done;
    });
    const dropped = await recognizeFiles(new Map([["model.onnx", new Blob([onnx])]]), "model.onnx");
    const taken = await recognizeFiles(from, "onnx/model.onnx");
    expect(taken).toMatchObject({ name: "model.onnx", hash: dropped.hash });
    expect(progress).toBe(onnx.length);
    expect(await fetchStated(access(), await readRepository(access(), { repository }))).toEqual({
      side: 32,
      pixels: { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] },
      labels: ["cat", "dog"],
    });
  });

  test("of several files brings those that it names", async () => {
    const from = await fetched({ repository, path: "web/model.json" });
    expect([...from.keys()]).toEqual([
      "web/model.json",
      "web/group1-shard1of2.bin",
      "web/group1-shard2of2.bin",
    ]);
    expect([...from.values()].slice(1).map(({ size }) => size)).toEqual([100, 28]);
    expect((await recognizeFiles(from, "web/model.json")).read.input.side).toBe(8);
  });

  test("at an earlier commit stays what it was", async () => {
    server.publish("some/changing", { "model.onnx": onnx });
    const { revision: before } = await readRepository(access(), { repository: "some/changing" });
    server.publish("some/changing", { "model.onnx": files["onnx/model_broken.onnx"] });
    const old = await fetched({ repository: "some/changing", revision: before, path: "model.onnx" });
    expect(await bytesOf(old.get("model.onnx"))).toEqual(onnx);
  });

  test("continues where a transfer was cut off", async () => {
    server.faults.set(`${repository}:onnx/model.onnx`, "break");
    const from = await fetched({ repository, path: "onnx/model.onnx" });
    expect(await bytesOf(from.get("onnx/model.onnx"))).toEqual(onnx);
  });

  test("can be given up", async () => {
    server.faults.set(`${repository}:onnx/model.onnx`, "stall");
    const controller = new AbortController();
    const half = fetched({ repository, path: "onnx/model.onnx" }, controller.signal, () =>
      controller.abort(new Error("given up")),
    );
    await expect(half).rejects.toThrow("given up");
  });

  test.each([
    ["none/none", "model.onnx", undefined, "gated"],
    [repository, "onnx/none.onnx", undefined, "not-found"],
    [repository, "README.md", undefined, "no-model"],
    [repository, "model.safetensors", undefined, "no-model"],
    [repository, "onnx/model_broken.onnx", undefined, "ModelUnreadable"],
    [repository, "onnx/model.onnx", "gated", "gated"],
    [repository, "onnx/model.onnx", "cut", "truncated"],
    [repository, "onnx/model.onnx", "other", "changed"],
  ] as const)("%s:%s with the fault %s is refused: %s", async (of, path, fault, problem) => {
    if (fault) server.faults.set(`${of}:${path}`, fault);
    expect(await problemOf(fetched({ repository: of, path }))).toBe(problem);
  });

  test("without a network is refused in one sentence", async () => {
    const nowhere = { network, hub: "http://127.0.0.1:9" };
    expect(await problemOf(readRepository(nowhere, { repository }))).toBe("unreachable");
    expect(await problemOf(readRepository(access(), { repository, revision: "none" }))).toBe("not-found");
  });
});
