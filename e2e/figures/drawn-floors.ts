/**
 * Baselines without a network on the built-in images: a linear classifier and k-nearest neighbors on pixels, for each
 * difficulty. Writes the table of docs/shapes.md or docs/textures.md: npx tsx e2e/figures/drawn-floors.ts shapes
 */
import { type Dataset, imageBytes } from "../../src/engine/dataset/dataset";
import { drawDataset } from "../../src/engine/dataset/drawing/draw-dataset";
import { drawingDefaults } from "../../src/engine/dataset/drawing/drawn-set";
import { drawnDifficulties, drawnSources } from "../../src/protocol/dataset";
import { writeFigures } from "../commands/write-figures";

const CLASSES = 10;
const NEIGHBORS = 20;
const TEMPERATURE = 0.07;

/** Row-major [count, features]. */
interface Table {
  readonly rows: Float32Array;
  readonly features: number;
  readonly labels: Int32Array;
}

/** Normalizes pixels with the training images' mean and variance per channel. */
function standardized(dataset: Dataset): { train: Table; test: Table } {
  const { pixels, channels } = dataset.train;
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  pixels.forEach((value, i) => {
    sums[i % channels]! += value;
    squares[i % channels]! += value * value;
  });
  const perChannel = pixels.length / channels;
  const means = sums.map((sum) => sum / perChannel);
  const deviations = squares.map((square, c) => Math.sqrt(square / perChannel - means[c]! ** 2));
  const table = (set: Dataset["train"]): Table => ({
    rows: Float32Array.from(
      set.pixels,
      (value, i) => (value - means[i % channels]!) / deviations[i % channels]!,
    ),
    features: imageBytes(set),
    labels: set.labels,
  });
  return { train: table(dataset.train), test: table(dataset.test) };
}

function rowOf(table: Table, index: number): Float32Array {
  return table.rows.subarray(index * table.features, (index + 1) * table.features);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

/** Rows scaled to length 1. */
function unitRows(table: Table): Table {
  const rows = table.rows.slice();
  for (let i = 0; i < table.labels.length; i++) {
    const row = rows.subarray(i * table.features, (i + 1) * table.features);
    const length = Math.sqrt(dot(row, row));
    row.forEach((value, j) => {
      row[j] = value / length;
    });
  }
  return { ...table, rows };
}

/** Accuracy of kNN by cosine similarity, with votes weighted by exp(similarity / T) (Wu et al. 2018). */
function neighborAccuracy(train: Table, test: Table): number {
  let right = 0;
  for (let i = 0; i < test.labels.length; i++) {
    const query = rowOf(test, i);
    const similarities = Float64Array.from(train.labels, (_, j) => dot(query, rowOf(train, j)));
    const nearest = Array.from(similarities.keys()).sort((a, b) => similarities[b]! - similarities[a]!);
    const votes = new Float64Array(CLASSES);
    for (const j of nearest.slice(0, NEIGHBORS)) {
      votes[train.labels[j]!]! += Math.exp(similarities[j]! / TEMPERATURE);
    }
    if (argmax(votes) === test.labels[i]) right++;
  }
  return right / test.labels.length;
}

function softmaxInPlace(logits: Float64Array): void {
  const top = Math.max(...logits);
  let sum = 0;
  for (let i = 0; i < logits.length; i++) {
    logits[i] = Math.exp(logits[i]! - top);
    sum += logits[i]!;
  }
  for (let i = 0; i < logits.length; i++) logits[i]! /= sum;
}

/** Accuracy of softmax regression, trained by SGD with momentum and a decaying rate. */
function linearAccuracy(train: Table, test: Table): number {
  const epochs = 30;
  const batch = 50;
  const momentum = 0.9;
  const weightDecay = 1e-3;
  const weights = Array.from({ length: CLASSES }, () => new Float32Array(train.features));
  const velocities = weights.map((row) => new Float32Array(row.length));
  const gradients = weights.map((row) => new Float32Array(row.length));
  const logitsOf = (row: Float32Array) => Float64Array.from(weights, (weight) => dot(weight, row));
  const count = train.labels.length;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = (3 / train.features) * 0.5 * (1 + Math.cos((Math.PI * epoch) / epochs));
    for (let start = 0; start < count; start += batch) {
      for (const gradient of gradients) gradient.fill(0);
      for (let i = start; i < Math.min(start + batch, count); i++) {
        const row = rowOf(train, i);
        const shares = logitsOf(row);
        softmaxInPlace(shares);
        shares[train.labels[i]!]! -= 1;
        gradients.forEach((gradient, c) => {
          const factor = shares[c]! / batch;
          for (let f = 0; f < gradient.length; f++) gradient[f]! += factor * row[f]!;
        });
      }
      weights.forEach((weight, c) => {
        const velocity = velocities[c]!;
        const gradient = gradients[c]!;
        for (let f = 0; f < weight.length; f++) {
          velocity[f] = momentum * velocity[f]! + gradient[f]! + weightDecay * weight[f]!;
          weight[f]! -= rate * velocity[f]!;
        }
      });
    }
  }
  let right = 0;
  for (let i = 0; i < test.labels.length; i++) {
    if (argmax(logitsOf(rowOf(test, i))) === test.labels[i]) right++;
  }
  return right / test.labels.length;
}

const percent = (share: number) => (100 * share).toFixed(1);

async function main(): Promise<void> {
  const [source] = process.argv.slice(2).filter((word) => (drawnSources as readonly string[]).includes(word));
  const set = drawnSources.find((one) => one === source) ?? "shapes";
  const lines = ["| difficulty | size | linear on pixels | pixel kNN (k 20, T .07) |", "|---|---|---|---|"];
  for (const difficulty of drawnDifficulties) {
    for (const size of [16, 32]) {
      const { train, test } = standardized(await drawDataset(set, { ...drawingDefaults, difficulty, size }));
      const linear = linearAccuracy(train, test);
      const neighbors = neighborAccuracy(unitRows(train), unitRows(test));
      lines.push(`| ${difficulty} | ${size} | ${percent(linear)} | ${percent(neighbors)} |`);
    }
  }
  writeFigures(`docs/${set}.md`, "floors", lines);
  console.log(lines.join("\n"));
}

await main();
