import { expect, test } from "vitest";
import { resultRows } from "../../series/tables/result-rows";
import { finishedRun, runIdOf, startedTraining } from "../../store/run-state.testing";
import { modelCard } from "./model-card";

const run = finishedRun(finishedRun(startedTraining(), runIdOf(0, 1), 0.5), runIdOf(0, 2), 0.75);
const facts = {
  run,
  rows: resultRows(run, 0),
  baselineId: "arm-0",
  device: "a device",
  link: "https://example.org/#e=1.x",
};
const headOf = (card: string) => card.split("---\n")[1] ?? "";

test("the head names library, task, method and every measured figure with its spread and number of seeds", () => {
  const head = headOf(modelCard(facts, "onnx", ["a.onnx"], undefined));
  expect(head).toContain("library_name: onnx\npipeline_tag: image-feature-extraction\n");
  expect(head).toContain('  - "byol"\n');
  expect(head).toContain('  - name: "BYOL"\n');
  expect(head).toMatch(/name: "[^"]*62\.5 ± 17\.7 % \(2 seeds\)"\n {12}value: 0\.625\n/);
});

test("no license is claimed", () => {
  expect(headOf(modelCard(facts, "onnx", ["a.onnx"], undefined))).not.toMatch(/^license:/m);
});

test("names that mean something in YAML or Markdown stay names", () => {
  const [arm, ...others] = run.experiment?.arms ?? [];
  if (!run.experiment || !arm) throw new Error("no arm");
  const name = 'a: "b" | #c';
  const renamed = { ...run, experiment: { ...run.experiment, arms: [{ ...arm, name }, ...others] } };
  const card = modelCard(
    { ...facts, run: renamed, rows: resultRows(renamed, 0) },
    "tfjs",
    ["a/model.json"],
    undefined,
  );
  expect(card).toContain(`  - name: ${JSON.stringify(name)}\n`);
  expect(card).toContain('| a: "b" \\| #c |');
});

test("without a network there is no card", () => {
  expect(() => modelCard(facts, "onnx", [], undefined)).toThrow(/No trained networks/);
});
