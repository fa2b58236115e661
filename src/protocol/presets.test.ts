import { expect, test } from "vitest";
import { unnamedExperiment } from "./experiment";
import { decodeFragment, encodeExperiment } from "./links/codec";
import { openingExperiment } from "./presets";

test("what the page opens with is not what links leave out, and survives a link", () => {
  const opening = openingExperiment();
  expect(opening).not.toEqual(unnamedExperiment());
  expect(opening.dataset.source).toBe("textures");
  expect(decodeFragment(encodeExperiment(opening))).toEqual({ kind: "experiment", experiment: opening });
});

test("a link that leaves everything out still means the four arms on Shapes", () => {
  // Written when these were what the page opened with.
  const decoded = decodeFragment("#e=1.q64FAA");
  expect(decoded).toEqual({ kind: "experiment", experiment: unnamedExperiment() });
  expect(unnamedExperiment()).toMatchObject({
    dataset: { source: "shapes", difficulty: "normal" },
    batchSize: 64,
    arms: Array(4).fill({ steps: 200, teacherSteps: 1_000, tau0: 0.97 }),
  });
});
