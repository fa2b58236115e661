import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { startBackend } from "../device/start";
import { type GpuProgram, type TrainingBackend, trainingBackend } from "./backend";

let backend: TrainingBackend;

beforeAll(async () => {
  await startBackend("webgpu");
  const found = trainingBackend();
  if (!found) throw new Error("not our backend");
  backend = found;
});
afterAll(() => tf.disposeVariables());

const increment: GpuProgram = {
  label: "increment",
  wgsl: `@group(0) @binding(0) var<storage, read_write> x: array<f32>;
@group(0) @binding(1) var<storage, read> by: array<f32>;
@compute @workgroup_size(4) fn main(@builtin(global_invocation_id) id: vec3<u32>) { x[id.x] += by[0]; }`,
  access: ["write", "read"],
  workgroups: [1],
};

test("a program writes in place, and reads return the new values", async () => {
  const x = tf.tensor1d([1, 2, 3, 4]);
  const by = tf.tensor1d([10]);
  expect(await x.array()).toEqual([1, 2, 3, 4]);
  backend.run(increment, [x, by]);
  expect(await x.array()).toEqual([11, 12, 13, 14]);
  tf.dispose([x, by]);
});

test("Retort's and tfjs's programs read and write views of a slab in place", async () => {
  const slab = tf.zeros([192]);
  const second = tf.engine().makeTensorFromTensorInfo(backend.viewOf(slab, 256, [4]));
  const by = tf.tensor1d([2]);
  backend.run(increment, [second, by]);
  expect(await second.array()).toEqual([2, 2, 2, 2]);
  const doubled = tf.mul(second, second);
  expect(await doubled.array()).toEqual([4, 4, 4, 4]);
  const whole = await slab.data();
  expect(Array.from(whole.slice(62, 70))).toEqual([0, 0, 2, 2, 2, 2, 0, 0]);
  backend.writeInPlace(second, new Float32Array([7, 8]));
  expect(await second.array()).toEqual([7, 8, 2, 2]);
  tf.dispose([second, doubled, by, slab]);
});

test("a copy overwrites its target, a view included, and rejects a different size", async () => {
  const slab = tf.zeros([128]);
  const view = tf.engine().makeTensorFromTensorInfo(backend.viewOf(slab, 256, [2, 2]));
  backend.copyInPlace(tf.tensor1d([1, 2, 3, 4]), view);
  expect(await view.array()).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(Array.from(await slab.data()).slice(62, 69)).toEqual([0, 0, 1, 2, 3, 4, 0]);
  expect(() => backend.copyInPlace(tf.tensor1d([1]), view)).toThrow(/\[1\] cannot be copied over \[2,2\]/);
});

test("invalid WGSL throws instead of leaving zeros, and is printed with line numbers", async () => {
  const printed = vi.spyOn(console, "error").mockImplementation(() => undefined);
  onTestFinished(() => printed.mockRestore());
  await startBackend("webgpu");
  const own = trainingBackend() as TrainingBackend;
  const x = tf.tensor1d([1]);
  const wgsl = "fn main() {\n  nonsense\n}";
  own.run({ label: "broken", wgsl, access: ["write"], workgroups: [1] }, [x]);
  await expect(x.data()).rejects.toThrow(/broken/);
  expect(printed).toHaveBeenCalledWith(expect.stringMatching(/^broken: [\s\S]*\n {3}2 │ {3}nonsense\n/));
});

test("an error outside of all error scopes, as in tfjs's own programs, fails the next check", async () => {
  await startBackend("webgpu");
  const own = trainingBackend() as TrainingBackend;
  await own.checked();
  // A storage buffer cannot be mapped for reading.
  own.device.createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.STORAGE });
  await own.device.queue.onSubmittedWorkDone();
  await expect.poll(() => own.checked().then(String, String)).toMatch(/WebGPU: .*usage/i);
});

test("preparing a step changes nothing, and the step then runs as without preparation", async () => {
  await startBackend("webgpu");
  const own = trainingBackend() as TrainingBackend;
  const state = tf.variable(tf.tensor1d([1, 2, 3, 4]));
  own.uploadToGPU(state.dataId);
  const step = () =>
    tf.tidy(() => {
      own.run(increment, [state, tf.add(tf.tensor1d([10]), 5)]);
      own.copyInPlace(tf.mul(state, 2), state);
    });
  await own.prepare(step);
  expect(await state.array()).toEqual([1, 2, 3, 4]);
  const recording = own.record(step);
  expect(await state.array()).toEqual([32, 34, 36, 38]);
  own.replay(recording);
  expect(await state.array()).toEqual([94, 98, 102, 106]);
  recording.dispose();
  state.dispose();
});

test("preparing a step rejects on invalid WGSL", async () => {
  await startBackend("webgpu");
  const own = trainingBackend() as TrainingBackend;
  const x = tf.tensor1d([1]);
  const broken: GpuProgram = {
    label: "broken",
    wgsl: "fn main() { nonsense }",
    access: ["write"],
    workgroups: [1],
  };
  await expect(own.prepare(() => own.run(broken, [x]))).rejects.toThrow(/broken/);
});

test("a replayed step continues from the current state, like an eager step", async () => {
  await startBackend("webgpu");
  const own = trainingBackend() as TrainingBackend;
  const state = tf.variable(tf.tensor1d([1, 1, 1, 1]));
  const input = tf.variable(tf.tensor1d([1]));
  const step = () =>
    tf.tidy(() => {
      const change = tf.reshape(tf.sum(tf.mul(tf.mul(state, input), [0.5, 0.25, 0.125, 0.125])), [1]);
      own.run(increment, [state, change]);
    });
  const recording = own.record(step);
  expect(await state.array()).toEqual([2, 2, 2, 2]);
  own.writeInPlace(input, new Float32Array([2]));
  own.replay(recording);
  expect(await state.array()).toEqual([6, 6, 6, 6]);
  const noise = tf.randomNormal([4]); // eager work in between must not disturb the step's buffers
  own.replay(recording);
  expect(await state.array()).toEqual([18, 18, 18, 18]);
  const before = tf.memory().numTensors;
  own.replay(recording);
  expect(tf.memory().numTensors).toBe(before);
  tf.dispose(noise);
  recording.dispose();
});
