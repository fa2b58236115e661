import { expect, test } from "vitest";
import { parseOptions } from "./options";

test("without arguments everything is measured", () => {
  const { workloads, peers, rounds } = parseOptions([]);
  expect(workloads).toContain("W5");
  expect(peers).toContain("jax-webgpu");
  expect(rounds).toBeGreaterThan(1);
});

test("lists select, in the order of the list", () => {
  const { workloads, peers } = parseOptions(["--workloads", "W2,W1", "--peers", "ours"]);
  expect([workloads, peers]).toEqual([["W2", "W1"], ["ours"]]);
});

test("another checkout takes part where its folder is named", () => {
  expect(parseOptions([]).peers).not.toContain("ours-wasm-before");
  expect(parseOptions(["--before", "../old"]).peers).toContain("ours-wasm-before");
  expect(() => parseOptions(["--peers", "ours-before"])).toThrow(/"ours-before"/);
});

test("an unknown name is reported with the known ones", () => {
  expect(() => parseOptions(["--workloads", "W9"])).toThrow(/"W9".*W1/);
  expect(() => parseOptions(["--peers", "torch"])).toThrow(/"torch".*tfjs-webgl/);
  expect(() => parseOptions(["--rounds", "0"])).toThrow(/--rounds/);
});
