import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { backendNames } from "../../protocol/messages";
import { startBackend } from "../device/start";
import { trainingBackend } from "./backend";
import { ResidentTensor } from "./resident-tensor";

describe.each(backendNames)("on %s", (name) => {
  test("a resident tensor holds the values written or copied last, and leaks no tensors", async () => {
    await startBackend(name);
    const before = tf.memory().numTensors;
    const resident = ResidentTensor.of(tf.tensor2d([1, 2, 3, 4], [2, 2]));
    resident.write(Float32Array.of(5, 6, 7, 8));
    expect(Array.from(await resident.tensor.data())).toEqual([5, 6, 7, 8]);
    const source = tf.tensor1d([9, 10, 11, 12]);
    resident.copyFrom(source);
    source.dispose();
    expect(await resident.tensor.array()).toEqual([
      [9, 10],
      [11, 12],
    ]);
    resident.copyFrom(resident.tensor);
    expect(Array.from(await resident.tensor.data())).toEqual([9, 10, 11, 12]);
    resident.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test("a resident tensor outlives the tidy in which it is created and changed", async () => {
    await startBackend(name);
    tf.engine().startScope();
    const resident = ResidentTensor.of(tf.tensor1d([1, 2], "int32"));
    resident.write(Int32Array.of(3, 4));
    resident.copyFrom(tf.add(resident.tensor, tf.scalar(1, "int32")));
    tf.engine().endScope();
    expect(Array.from(await resident.tensor.data())).toEqual([4, 5]);
    expect(resident.tensor.dtype).toBe("int32");
    resident.dispose();
  });

  test("a variable stays the same object", async () => {
    await startBackend(name);
    const variable = tf.variable(tf.tensor1d([1, 2]));
    const resident = ResidentTensor.of(variable);
    resident.write(Float32Array.of(3, 4));
    expect(Array.from(await variable.data())).toEqual([3, 4]);
    resident.copyFrom(tf.tensor1d([5, 6]));
    expect(Array.from(await variable.data())).toEqual([5, 6]);
    expect(resident.tensor).toBe(variable);
    resident.dispose();
  });

  test("values of a different count are rejected", async () => {
    await startBackend(name);
    const resident = ResidentTensor.of(tf.zeros([3]));
    expect(() => resident.write(Float32Array.of(1))).toThrow(RangeError);
    expect(() => resident.copyFrom(tf.zeros([2]))).toThrow();
    resident.dispose();
  });
});

test("a replay reads values written after the recording, and they survive its disposal", async () => {
  await startBackend("webgpu");
  const backend = trainingBackend();
  if (!backend) throw new Error("not our backend");
  const [given, sum] = [ResidentTensor.of(tf.scalar(1)), ResidentTensor.of(tf.scalar(0))];
  const recording = backend.record(() => tf.tidy(() => sum.copyFrom(tf.add(sum.tensor, given.tensor))));
  given.write(Float32Array.of(10));
  backend.replay(recording);
  expect(await sum.tensor.array()).toBe(11);
  recording.dispose();
  expect(await given.tensor.array()).toBe(10);
  tf.dispose([given.tensor, sum.tensor]);
});
