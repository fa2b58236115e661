import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { BackendName } from "../../../protocol/messages";
import { trainingBackend } from "../../backend/backend";
import { startBackend } from "../../device/start";
import { largestError } from "../../math/golden-vectors.test-support";
import { Purpose, randomFor } from "../../math/random";
import { l2Normalize } from "../../math/similarities";
import { enqueue, queueOf, randomQueue } from "./queue";

const random = (rows: number, columns: number, seed: number): tf.Tensor2D =>
  tf.randomNormal([rows, columns], 0, 1, "float32", seed);

describe.each<BackendName>(["webgpu", "cpu"])("on %s", (backend) => {
  beforeAll(async () => void (await startBackend(backend)));

  test("a queue keeps the last K rows, replacing the oldest, from any initial pointer", async () => {
    const [rows, pointer] = [5, 3];
    let state = queueOf(random(rows, 2, 1), pointer);
    const written: number[][] = [];
    for (const seed of [2, 3, 4, 5]) {
      const incoming = random(2, 2, seed);
      written.push(...(await l2Normalize(incoming).array()));
      state = enqueue(state, incoming);
    }
    expect(await state.pointer.array()).toBe((pointer + written.length) % rows);
    const held = await state.rows.array();
    for (let age = 1; age <= rows; age++) {
      const place = (pointer + written.length - age) % rows;
      expect(largestError(held[place], written.at(-age))).toBeLessThan(1e-6);
    }
    expect(() => enqueue(state, random(6, 2, 1))).toThrow(/5 rows cannot take 6/);
  });

  test("a new queue holds distinct directions of unit length, the same for the same seed", async () => {
    const make = (seed: number) => randomQueue(7, 3, randomFor(seed, Purpose.init)).rows.array();
    const rows = await make(1);
    for (const row of rows) expect(Math.hypot(...row)).toBeCloseTo(1, 5);
    expect(new Set(rows.map(String)).size).toBe(7);
    expect(await make(1)).toEqual(rows);
    expect(await make(2)).not.toEqual(rows);
  });
});

test("each replay of a recorded step advances the queue", async () => {
  await startBackend("webgpu");
  const backend = trainingBackend();
  if (!backend) throw new Error("no WebGPU backend");
  const start = queueOf(random(4, 2, 1), 2);
  const incoming = tf.keep(random(2, 2, 2));
  const kept = { rows: tf.keep(tf.clone(start.rows)), pointer: tf.keep(tf.clone(start.pointer)) };
  let eager = {
    rows: tf.mul(start.rows, 1) as typeof start.rows,
    pointer: tf.mul(start.pointer, 1) as tf.Scalar,
  };
  const recording = backend.record(() =>
    tf.tidy(() => {
      const next = enqueue(kept, incoming);
      backend.copyInPlace(next.rows, kept.rows);
      backend.copyInPlace(next.pointer, kept.pointer);
    }),
  );
  for (const seed of [2, 3, 4]) {
    const rows = random(2, 2, seed);
    eager = enqueue(eager, rows);
    if (seed > 2) {
      backend.writeInPlace(incoming, (await rows.data()) as Float32Array<ArrayBuffer>);
      backend.replay(recording);
    }
    expect(largestError(await kept.rows.array(), await eager.rows.array())).toBeLessThan(1e-6);
    expect(await kept.pointer.array()).toBe(await eager.pointer.array());
  }
  recording.dispose();
});
