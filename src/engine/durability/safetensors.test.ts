import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeSafetensors } from "../training/safetensors";
import { decodeSafetensors, type WeightsFile, WeightsUnreadable } from "./safetensors";

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
  const values = Float32Array.of(1, 2);
  const bytes = encodeSafetensors([{ name: "w", shape: [2], values }], { of: "x" });
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  expect(length % 8).toBe(0);
  expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))).toEqual({
    __metadata__: { of: "x" },
    w: { dtype: "F32", shape: [2], data_offsets: [0, 8] },
  });
  expect(new Float32Array(bytes.slice(8 + length).buffer)).toEqual(values);
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
