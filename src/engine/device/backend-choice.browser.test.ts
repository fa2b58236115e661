import * as tf from "@tensorflow/tfjs-core";
import { deleteDB } from "idb";
import { afterAll, expect, test, vi } from "vitest";
import { backendNames } from "../../protocol/messages";
import { EngineFailure } from "../failures";
import { chooseBackend } from "./backend-choice";
import { BackendMemory, machineKey } from "./backend-memory";
import { tryLayer } from "./backend-trial";

const database = "retort-backends-test";
const memory = new BackendMemory(database);

afterAll(() => deleteDB(database));

test("where the processor does all the work, the backend that was measured to be the fastest is in use, and remembered", async () => {
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

test("a choice is measured anew on demand, and remembered for the machine that it was measured on alone", async () => {
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

test.each(backendNames)("%s is taken, measured or not, where it is asked for", async (name) => {
  const chosen = await chooseBackend({ wanted: name });
  expect([chosen.name, tf.getBackend(), chosen.measured]).toEqual([name, name, undefined]);
});

test("a backend that does not exist is named, with those that do", async () => {
  const failure = await chooseBackend({ wanted: "cuda" }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(EngineFailure);
  expect((failure as EngineFailure).failure.cause).toMatch(/“cuda”.*auto, webgpu, wasm, webgl, cpu/);
});
