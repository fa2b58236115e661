import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { backendNames } from "../protocol/messages";
import { chooseBackend } from "./backend-choice";
import { EngineFailure } from "./failures";

test("where the processor does all the work, the backend that was measured to be the fastest is in use", async () => {
  const chosen = await chooseBackend();
  expect(chosen.software).toBe(true);
  const measured = chosen.measured ?? [];
  expect(new Set(measured.map(({ backend }) => backend))).toEqual(new Set(["webgpu", "wasm", "webgl"]));
  expect(measured[0]?.backend).toBe(chosen.name);
  const times = measured.map(({ ms }) => ms);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(Math.min(...times)).toBeGreaterThan(0);
  expect(tf.getBackend()).toBe(chosen.name);
});

test.each(backendNames)("%s is taken, measured or not, where it is asked for", async (name) => {
  const chosen = await chooseBackend(name);
  expect([chosen.name, tf.getBackend(), chosen.measured]).toEqual([name, name, undefined]);
});

test("a backend that does not exist is named, with those that do", async () => {
  const failure = await chooseBackend("cuda").catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(EngineFailure);
  expect((failure as EngineFailure).failure.cause).toMatch(/“cuda”.*auto, webgpu, wasm, webgl, cpu/);
});
