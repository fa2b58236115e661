import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { defaultExperiment } from "../../protocol/experiment";
import { trainedExperiment } from "../../protocol/links/codec";
import type { PlannedRun } from "../../protocol/messages";
import { startedRun, startingRun } from "../../store/run-state";
import { weightsZip } from "./weights-files";

const experiment = { ...defaultExperiment(), arms: defaultExperiment().arms.slice(0, 2) };
const planned = experiment.arms.map((_, arm): PlannedRun => {
  return { runId: `${arm}-1`, arm, seed: 1, stages: [], paperMacs: 0, parameters: { student: 1 } };
});
const run = startedRun(
  startingRun(
    { ...experiment, arms: [{ ...experiment.arms[0]!, name: "a/../b" }, experiment.arms[1]!] },
    [0, 1],
  ),
  planned,
);
const facts = {
  run,
  rows: [],
  baselineId: undefined,
  device: "a device",
  link: "https://example.org/#e=1.x",
};
const of = {
  experiment: trainedExperiment(run.experiment ?? experiment),
  suffix: ".safetensors",
};
const bytes = (value: number) => Uint8Array.of(value);

test("every network of a finished run is a file, and no file name leads outside the folder", async () => {
  const files = [
    { runId: "0-1", role: "student" as const, ...of, bytes: bytes(1) },
    { runId: "1-1", role: "teacher" as const, ...of, bytes: bytes(2) },
    { runId: "of another training", role: "student" as const, ...of, bytes: bytes(3) },
    { runId: "0-1", role: "student" as const, ...of, experiment: "#e=another", bytes: bytes(4) },
  ];
  const zip = unzipSync(new Uint8Array(await weightsZip(facts, files, "safetensors").arrayBuffer()));
  const { "README.md": card, ...networks } = zip;
  expect(new TextDecoder().decode(card)).toContain("- `a_.._b, seed 1, student.safetensors`");
  expect(Object.values(networks).map(([first]) => first)).toEqual([1, 2]);
  const names = Object.keys(networks);
  expect(names[0]).toBe("a_.._b, seed 1, student.safetensors");
  for (const name of names) expect(name).not.toMatch(/[/\\]/);
});

test("networks in 8 bits say what that costs; where none keeps its accuracy, that is the reason", async () => {
  const measured = {
    runId: "0-1",
    role: "student",
    images: 1_500,
    imageMs: 1,
    whole: { bytes: 400, top1: 0.9 },
    int8: { bytes: 100, top1: 0.895 },
  } as const;
  const file = { runId: "0-1", role: "student" as const, ...of, suffix: ".onnx", bytes: bytes(1), measured };
  const zip = unzipSync(new Uint8Array(await weightsZip(facts, [file], "onnx-int8").arrayBuffer()));
  const card = new TextDecoder().decode(zip["README.md"]);
  expect(card).toContain("- `a_.._b, seed 1, student.onnx`: 90.0 % → 89.5 % (1,500)");
  expect(card).toContain("library_name: onnx\n");
  expect(() => weightsZip(facts, [], "onnx-int8")).toThrow(/^No network keeps its accuracy/);
});

test("without a finished run there is nothing to save", () => {
  expect(() => weightsZip(facts, [], "safetensors")).toThrow(/No trained networks/);
});
