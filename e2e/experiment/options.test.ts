import { expect, test } from "vitest";
import { parseOptions } from "./options";

const noon = new Date("2026-01-02T12:00:00Z");

test("without arguments the default experiment is saved to a folder named by the time", () => {
  expect(parseOptions([], noon)).toEqual({
    out: "out/2026-01-02T12-00-00",
    gpu: false,
    pytorch: false,
    help: false,
  });
});

test("experiment and options can be in any order", () => {
  const options = {
    experiment: "#e=1.abc",
    data: "pictures.zip",
    out: "results",
    gpu: true,
    pytorch: false,
    help: false,
  };
  expect(parseOptions(["--data", "pictures.zip", "#e=1.abc", "--gpu", "--out", "results"], noon)).toEqual(
    options,
  );
  expect(parseOptions(["#e=1.abc", "--out", "results", "--gpu", "--data", "pictures.zip"], noon)).toEqual(
    options,
  );
});

test("a trace needs a number of steps", () => {
  expect(parseOptions(["--trace", "3"], noon)).toMatchObject({ trace: 3 });
});

test.each([
  [["--trace", "many"], "--trace needs a number of steps"],
  [["--trace", "0"], "--trace needs a number of steps"],
  [["--dta", "x"], "Unknown option '--dta'"],
  [["--backend", "cuda"], "--backend takes webgpu, wasm, webgl, cpu, not cuda"],
  [["--weights", "pickle"], "--weights takes safetensors, tfjs, onnx, tfjs-int8, onnx-int8, not pickle"],
  [["--data"], "Option '--data <value>' argument missing"],
  [["--out", "--gpu"], "Option '--out' argument is ambiguous"],
  [["a.json", "b.json"], "b.json is a second one"],
  [["a.json", "--preset", "small"], "Either an experiment or a preset"],
])("%j is refused with a reason", (words, reason) => {
  expect(() => parseOptions(words, noon)).toThrow(reason);
});
