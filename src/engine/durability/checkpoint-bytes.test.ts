import fc from "fast-check";
import { expect, test } from "vitest";
import { backendNames } from "../../protocol/messages";
import {
  CheckpointUnreadable,
  decodeCheckpoint,
  encodeCheckpoint,
  type SavedCheckpoint,
} from "./checkpoint-bytes";

const tensor = fc.oneof(
  fc.array(fc.float({ noDefaultInfinity: true }), { maxLength: 9 }).map((values) => ({
    shape: [values.length],
    values: Float32Array.from(values),
  })),
  fc.array(fc.integer(), { minLength: 1, maxLength: 1 }).map((values) => ({
    shape: [],
    values: Int32Array.from(values),
  })),
);
const count = fc.nat(1_000_000);
const stage = fc.record(
  {
    step: count,
    trainedMs: fc.double({ min: 0, max: 1e9, noNaN: true }),
    begun: fc.boolean(),
    teacherPredictions: fc.array(count, { maxLength: 4 }),
    memory: fc.dictionary(
      fc.stringMatching(/^[a-z]{1,5}\d?$/),
      fc.array(
        fc.oneof(
          fc.double({ noDefaultInfinity: true }).filter((x) => !Object.is(x, -0)),
          fc.constant(Number.NaN),
        ),
        { maxLength: 3 },
      ),
      { maxKeys: 3, noNullPrototype: true },
    ),
    best: fc.record({
      step: count,
      score: fc.double({ min: 0, max: 1, noNaN: true }),
      binaryWeights: fc.boolean(),
      tensors: fc.array(tensor, { maxLength: 2 }),
    }),
    tensors: fc.array(tensor, { maxLength: 4 }),
  },
  { requiredKeys: ["step", "trainedMs", "begun", "tensors"] },
);
const checkpoint = fc.record({
  experiment: fc.string(),
  datasetHash: fc.string(),
  backend: fc.constantFrom(...backendNames),
  savedAt: count,
  told: fc.string({ unit: "grapheme" }),
  training: fc.record({
    isMeasured: fc.boolean(),
    ended: fc.array(fc.string(), { maxLength: 3 }),
    runs: fc.array(
      fc.record(
        { runId: fc.string(), endedMs: fc.array(count, { maxLength: 2 }), stage },
        { requiredKeys: ["runId", "endedMs"] },
      ),
      { maxLength: 3 },
    ),
    teachers: fc.array(fc.record({ key: fc.string(), stage }), { maxLength: 2 }),
  }),
}) as fc.Arbitrary<SavedCheckpoint>;

test("an encoded checkpoint decodes to the same one, bit for bit", async () => {
  await fc.assert(
    fc.asyncProperty(checkpoint, async (saved) => {
      expect(await decodeCheckpoint(await encodeCheckpoint(saved))).toEqual(saved);
    }),
  );
});

test("200 damaged checkpoints, cut off or changed anywhere, are all refused", async () => {
  const damage = fc.record({ at: fc.nat(), change: fc.integer({ min: 1, max: 255 }), cut: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(checkpoint, damage, async (saved, { at, change, cut }) => {
      const bytes = await encodeCheckpoint(saved);
      const place = at % bytes.length;
      bytes[place] = (bytes[place] as number) ^ change;
      const given = cut ? bytes.slice(0, place) : bytes;
      await expect(decodeCheckpoint(given)).rejects.toThrow(CheckpointUnreadable);
    }),
    { numRuns: 200 },
  );
});
