import fc from "fast-check";
import { expect, test } from "vitest";
import type { Experiment } from "../protocol/experiment";
import { anyExperiment } from "../protocol/experiment.testing";
import { checked } from "./door";
import { EngineFailure } from "./failures";

test("an experiment of the page passes as it is, to plan and to train", () => {
  fc.assert(
    fc.property(anyExperiment, fc.constantFrom("plan", "start"), (experiment, type) => {
      expect(checked({ type, experiment })).toEqual({ type, experiment });
    }),
  );
});

test("a request without an experiment is not looked into", () => {
  const request = { type: "pause" } as const;
  expect(checked(request)).toBe(request);
});

test.each([
  ["a batch of half an image", { batchSize: 0.5 }, "batchSize", "0.5"],
  ["an unknown setting", { gain: 1 }, "gain", "1"],
  ["an unknown scheme", { arms: [{ scheme: { method: "guess" } }] }, "arms.0.scheme.method", '"guess"'],
  ["steps that are no number", { arms: [{ steps: Number.NaN }] }, "arms.0.steps", "NaN"],
  ["a text", "an experiment", "", '"an experiment"'],
  ["nothing", undefined, "", "nothing"],
])("%s is refused by its field", (_, experiment, field, given) => {
  for (const type of ["plan", "start"] as const) {
    try {
      checked({ type, experiment: experiment as unknown as Experiment });
      expect.unreachable("it passed");
    } catch (error) {
      if (!(error instanceof EngineFailure)) throw error;
      expect(error.failure).toMatchObject({ kind: "experiment-invalid", field, given });
      expect(error.failure.cause).toContain(given);
    }
  }
});
