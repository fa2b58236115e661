import * as tf from "@tensorflow/tfjs-core";
import { deleteDB } from "idb";
import { afterAll, expect, test, vi } from "vitest";
import { backendNames } from "../../protocol/messages";
import { EngineFailure } from "../failures";
import { backendMemory, chooseBackend } from "./backend-choice";
import { tryLayer } from "./backend-trial";
import { machineKey } from "./machine-memory";

const database = "retort-backends-test";
const memory = backendMemory(database);

afterAll(() => deleteDB(database));

test("without a GPU the backend with the lowest measured time is used and remembered", async () => {
  const trial = vi.fn(tryLayer);
  const chosen = await chooseBackend({ memory, trial });
  expect(chosen.software).toBe(true);
  const measured = chosen.measured ?? [];
  expect(new Set(measured.map(({ backend }) => backend))).toEqual(new Set(["webgpu", "wasm", "webgl"]));
  expect(measured[0]?.backend).toBe(chosen.name);
  expect(measured[0]?.isAtLeast).toBeUndefined();
  const times = measured.map(({ ms }) => ms);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(Math.min(...times)).toBeGreaterThan(0);
  expect(tf.getBackend()).toBe(chosen.name);

  expect(trial).toHaveBeenCalledTimes(3);
  const again = await chooseBackend({ memory, trial });
  expect([again.name, again.measured]).toEqual([chosen.name, measured]);
  expect(tf.getBackend()).toBe(chosen.name);
  expect(trial).toHaveBeenCalledTimes(3);
});

test("a choice is measured again on request, and remembered only for the machine it was measured on", async () => {
  const trial = vi.fn<typeof tryLayer>();
  for (const [backend, ms] of Object.entries({ wasm: 7, webgpu: 5, webgl: 6 })) {
    trial.mockImplementationOnce(async () => {
      expect(tf.getBackend()).toBe(backend);
      return { ms };
    });
  }
  expect((await chooseBackend({ memory, trial, anew: true })).name).toBe("webgpu");
  trial.mockRejectedValueOnce(new Error("broken")).mockResolvedValue({ ms: 3 });
  const next = await chooseBackend({ memory, trial, anew: true });
  expect(next.measured?.map(({ backend }) => backend)).toEqual(["webgpu", "webgl"]);
  expect(await memory.recall(machineKey("another adapter"))).toBeUndefined();
});

test.each(backendNames)("%s is used without measuring if it is requested by name", async (name) => {
  const chosen = await chooseBackend({ wanted: name });
  expect([chosen.name, tf.getBackend(), chosen.measured]).toEqual([name, name, undefined]);
});

test("an unknown backend fails with its name and the names of the existing ones", async () => {
  const failure = await chooseBackend({ wanted: "cuda" }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(EngineFailure);
  expect((failure as EngineFailure).failure.cause).toMatch(/“cuda”.*auto, webgpu, wasm, webgl, cpu/);
});
