import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeSafetensors, encodeSafetensors, type WeightsFile, WeightsUnreadable } from "./safetensors";

const encoded = ({ tensors, metadata }: WeightsFile) => encodeSafetensors(tensors, metadata);

const tensor = fc
  .tuple(
    fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,5})?$/),
    fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 }),
  )
  .chain(([name, shape]) => {
    const size = shape.reduce((product, side) => product * side, 1);
    return fc.array(fc.float(), { minLength: size, maxLength: size }).map((values) => ({
      name,
      shape,
      values: Float32Array.from(values),
    }));
  });
const file: fc.Arbitrary<WeightsFile> = fc.record({
  tensors: fc.uniqueArray(tensor, { maxLength: 5, selector: ({ name }) => name }),
  metadata: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string(), {
    maxKeys: 3,
    noNullPrototype: true,
  }),
});

test("an encoded file decodes to the same tensors", () => {
  fc.assert(
    fc.property(file, (weights) => {
      expect(decodeSafetensors(encoded(weights))).toEqual(weights);
    }),
  );
});

test("the bytes follow the format: length, header, numbers at a multiple of eight", () => {
  const a = Float32Array.of(1.5, -2, 3, 0.25);
  const b = Int32Array.of(7, -1);
  const file = encodeSafetensors(
    [
      { name: "a/b", shape: [2, 2], values: a },
      { name: "c", shape: [2], values: b },
    ],
    { of: "x" },
  );
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  expect(length % 8).toBe(0);
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)));
  expect(header).toEqual({
    __metadata__: { of: "x" },
    "a/b": { dtype: "F32", shape: [2, 2], data_offsets: [0, 16] },
    c: { dtype: "I32", shape: [2], data_offsets: [16, 24] },
  });
  const data = file.slice(8 + length);
  expect([...new Float32Array(data.buffer, 0, 4)]).toEqual([...a]);
  expect([...new Int32Array(data.buffer, 16, 2)]).toEqual([...b]);
});

test("two tensors of one name are refused", () => {
  const one = { name: "x", shape: [1], values: Float32Array.of(1) };
  expect(() => encodeSafetensors([one, one])).toThrow(/Two tensors are called x/);
});

test("200 damaged files are refused as unreadable, or give tensors that match their shapes", () => {
  const damage = fc.record({ at: fc.nat(), change: fc.integer({ min: 1, max: 255 }), cut: fc.boolean() });
  fc.assert(
    fc.property(file, damage, (weights, { at, change, cut }) => {
      const bytes = encoded(weights);
      const place = at % bytes.length;
      bytes[place] = (bytes[place] as number) ^ change;
      try {
        for (const { shape, values } of decodeSafetensors(cut ? bytes.slice(0, place) : bytes).tensors) {
          expect(values).toHaveLength(shape.reduce((product, side) => product * side, 1));
        }
      } catch (error) {
        if (!(error instanceof WeightsUnreadable)) throw error;
      }
    }),
    { numRuns: 200 },
  );
});
