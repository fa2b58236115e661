import { expect, test } from "vitest";
import { markerOf } from "../charts/markers";
import { MAX_ARMS } from "../protocol/experiment";
import { armColor } from "./arm-colors";

test("every arm has a marker of its own, and other colors have none", () => {
  const markers = Array.from({ length: MAX_ARMS }, (_, slot) => markerOf(armColor(slot)));
  expect(markers).not.toContain(undefined);
  expect(new Set(markers).size).toBe(MAX_ARMS);
  expect(markerOf("teal")).toBeUndefined();
});
