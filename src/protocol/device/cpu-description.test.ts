import { expect, test } from "vitest";
import { cpuDescription, cpuKinds, readCpuDescription } from "./cpu-description";

test.each([undefined, ...cpuKinds])("a CPU (%s) is read from its description, whatever follows", (kind) => {
  for (const threads of [1, 2, 16]) {
    for (const rest of ["", " (wasm)"]) {
      const cpu = { threads, kind };
      expect(readCpuDescription(`${cpuDescription(cpu)}${rest}`)).toEqual({ cpu, rest });
    }
  }
});

test("descriptions that trainings and links have kept stay as they were", () => {
  expect(cpuDescription({ threads: 1 })).toBe("CPU, 1 thread");
  expect(cpuDescription({ threads: 2, kind: "compiled steps with relaxed SIMD" })).toBe(
    "CPU, 2 threads, compiled steps with relaxed SIMD",
  );
});

test.each(["", "CPU (JavaScript)", "nvidia hopper", "my CPU, 2 threads", "CPU, 2 threads, by hand"])(
  "%j is no description of a CPU's threads",
  (description) => {
    expect(readCpuDescription(description)).toBeUndefined();
  },
);
