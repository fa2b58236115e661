import { expect, test } from "vitest";
import { encodeSafetensors } from "./safetensors";

test("the header says where each tensor lies, and there it lies", () => {
  const a = Float32Array.of(1.5, -2, 3, 0.25);
  const b = Int32Array.of(7, -1);
  const file = encodeSafetensors([
    { name: "a/b", shape: [2, 2], values: a },
    { name: "c", shape: [2], values: b },
  ]);
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  expect(length % 8).toBe(0);
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)));
  expect(header).toEqual({
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
