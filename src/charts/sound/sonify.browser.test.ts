import { expect, test } from "vitest";
import { curveOf } from "../series/curve";
import { schedule, tonesOf } from "./sonify";

const RATE = 8_000;

/** Upward zero crossings per second. */
function pitch(samples: Float32Array): number {
  const crossings = samples.filter((value, at) => value >= 0 && (samples[at - 1] ?? 0) < 0).length;
  return (crossings * RATE) / samples.length;
}

test("the browser plays it: audible, rising from low to high, then silent", async () => {
  const context = new OfflineAudioContext(1, 1.5 * RATE, RATE);
  schedule(context, tonesOf(curveOf([0, 1], [0, 1]), [0, 1], 1));
  const sound = (await context.startRendering()).getChannelData(0);
  const at = (seconds: number) => sound.subarray(seconds * RATE, (seconds + 0.1) * RATE);
  expect(Math.max(...at(0.5))).toBeGreaterThan(0.05);
  expect(pitch(at(0.8))).toBeGreaterThan(2 * pitch(at(0.2)));
  expect(Math.max(...at(1.3))).toBe(0);
});
