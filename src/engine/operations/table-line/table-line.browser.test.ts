import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { backendNames } from "../../../protocol/messages";
import { trainingBackend } from "../../backend/backend";
import { ResidentTensor } from "../../backend/resident-tensor";
import { startBackend } from "../../device/start";
import { writeLine } from "./table-line";

test.each(backendNames)(
  "on %s, a step and its replays write the line that the scalars name",
  async (name) => {
    await startBackend(name);
    const table = ResidentTensor.of(tf.zeros<tf.Rank.R2>([3, 2]));
    const scalars = ResidentTensor.of(tf.tensor1d([0, 2]));
    const numbers = [tf.scalar(5), tf.scalar(6)];
    const write = () => tf.tidy(() => writeLine(table, numbers, scalars.tensor, 1));
    const backend = trainingBackend();
    const recording = backend?.record(write);
    if (!recording) write();
    expect(await table.tensor.array()).toEqual([
      [0, 0],
      [0, 0],
      [5, 6],
    ]);
    scalars.write(Float32Array.of(0, 1));
    if (recording) backend?.replay(recording);
    else write();
    expect(await table.tensor.array()).toEqual([
      [0, 0],
      [5, 6],
      [5, 6],
    ]);
    recording?.dispose();
    for (const held of [table, scalars]) held.dispose();
    tf.dispose(numbers);
  },
);
