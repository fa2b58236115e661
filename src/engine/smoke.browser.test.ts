import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-webgpu";
import { expect, test } from "vitest";

test("webgpu", async () => {
  await tf.setBackend("webgpu");
  await tf.ready();
  expect(tf.getBackend()).toBe("webgpu");
  expect(Array.from(await tf.add([1, 2], [3, 4]).data())).toEqual([4, 6]);
});
