import { afterEach, expect, test } from "vitest";
import { cpuDescription, cpuKinds } from "../protocol/device/cpu-description";
import { speak } from "../texts/texts";
import { deviceWords } from "./device-words";

afterEach(() => speak("en"));

test("a CPU is described in the current language, in English as kept", async () => {
  const kept = [undefined, ...cpuKinds].flatMap((kind) =>
    [1, 4].map((threads) => `${cpuDescription({ threads, kind })} (wasm)`),
  );
  expect(kept.map(deviceWords)).toEqual(kept);
  await speak("de");
  for (const words of kept.map(deviceWords)) expect(words).not.toMatch(/\bthread|step|with|relaxed /);
  expect(deviceWords("CPU, 1 thread, without SIMD (wasm)")).toBe("CPU, 1 Thread, ohne SIMD (wasm)");
});

test("other devices keep their names", () => {
  for (const name of ["nvidia hopper", "CPU (JavaScript)", ""]) expect(deviceWords(name)).toBe(name);
});
