import { expect, test } from "vitest";
import { defaultExperiment } from "../../protocol/experiment";
import { edit } from "../../store/experiment/experiment-edits";
import { recipes } from "./recipes";

test("every recipe is valid in an experiment, and no two are the same", () => {
  for (const { views } of recipes) {
    expect(edit(defaultExperiment(), ["views"], views)).toMatchObject({ ok: true, experiment: { views } });
  }
  expect(new Set(recipes.map(({ views }) => JSON.stringify(views))).size).toBe(recipes.length);
});
