import * as tf from "@tensorflow/tfjs-core";
import { inspectPicked } from "../../evaluation/inspection";
import { nearestOf, neighborsOfEach } from "../../evaluation/knn";
import { linearProbe, linearProbeDefaults } from "../../evaluation/linear-probe";
import { fitRidgeOn, ridgeScores } from "../../evaluation/ridge";
import type { Reading } from "./keys";
import { giveWay } from "./measure-arm";
import type { MeasuredReadings } from "./measured";

/** Rows of features for a measurement: enough that what happens once per row is most of it. */
const rows = { bank: 512, few: 128, queries: 256, longest: 2_000_000 } as const;

/**
 * Times what evaluations compute from features of this length: nearest neighbors and linear classifiers. Values make no
 * difference, so random ones are used.
 *
 * @throws the signal's reason between two measurements
 */
export async function measureReadings(
  features: number,
  classes: number,
  by: Reading,
  signal: AbortSignal,
): Promise<MeasuredReadings> {
  const count = Math.max(16, Math.min(rows.bank, Math.floor(rows.longest / features)));
  const bank = tf.randomNormal<tf.Rank.R2>([count, features], 0, 1, "float32", 1);
  const asked = tf.randomNormal<tf.Rank.R2>([Math.min(count, rows.queries), features], 0, 1, "float32", 2);
  const labels = Int32Array.from({ length: count }, (_, at) => at % classes);
  const options = { neighbors: 20, temperature: 0.07, classes };
  const second = async (action: () => Promise<unknown>): Promise<number> => {
    let ms = 0;
    // The first time, functions are not optimized yet.
    for (let time = 0; time < 2; time++) {
      await giveWay(signal);
      const start = performance.now();
      await action();
      ms = performance.now() - start;
    }
    return ms;
  };
  try {
    const pairMs =
      (await second(() => nearestOf({ features: bank, labels }, asked, options))) / (count * asked.shape[0]);
    const unread = { ridgeRowMs: 0, ridgeOnceMs: 0, inspectedMs: 0, sweepRowMs: 0 };
    if (by === "pixels") return { pairMs, ...unread };
    const nearest = { pairMs, ...unread, ...(await inspected()) };
    return by === "ridge" ? { ...nearest, ...(await ridge()) } : { ...nearest, sweepRowMs: await sweep() };
  } finally {
    tf.dispose([bank, asked]);
  }

  async function ridge() {
    const fitTo = (many: number) =>
      second(async () => {
        const some = tf.slice(bank, [0, 0], [many, features]);
        const fitted = await fitRidgeOn(some, labels.subarray(0, many), classes);
        ridgeScores(fitted, (await some.data()) as Float32Array);
        some.dispose();
      });
    const few = Math.min(rows.few, count >> 1);
    const [ofFew, ofAll] = [await fitTo(few), await fitTo(count)];
    const ridgeRowMs = Math.max(0, (ofAll - ofFew) / (count - few));
    return { ridgeRowMs, ridgeOnceMs: Math.max(0, ofAll - ridgeRowMs * count) };
  }

  /** For each of the inspected images. */
  async function inspected() {
    const images = Array.from({ length: asked.shape[0] }, (_, at) => at);
    const given = (await asked.data()) as Float32Array;
    const nearest = {
      votes: new Float32Array(classes * images.length),
      neighbors: new Int32Array(neighborsOfEach * images.length),
    };
    const picked = { bank: labels, images, labels: images, features: given, nearest };
    return { inspectedMs: (await second(async () => inspectPicked(picked))) / images.length };
  }

  async function sweep(): Promise<number> {
    const { learningRates, epochs, batchSize } = linearProbeDefaults;
    const [rate = 0.1] = learningRates;
    const one = { features: (await bank.data()) as Float32Array, labels };
    const probe = (many: number) =>
      second(async () =>
        linearProbe(
          { train: one, validation: one, test: one },
          { classes, learningRates: [rate], epochs: many, batchSize, seed: 1 },
        ),
      );
    // Each rate is judged once, however many epochs it has.
    const few = 4;
    const [ofOne, ofFew] = [await probe(1), await probe(few)];
    const epochMs = Math.max(0, (ofFew - ofOne) / (few - 1));
    return (learningRates.length * (ofOne + (epochs - 1) * epochMs)) / count;
  }
}
