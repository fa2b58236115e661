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
  const zip = unzipSync(new Uint8Array(await weightsZip(run, files).arrayBuffer()));
  const { "README.md": readme, ...networks } = zip;
  expect(new TextDecoder().decode(readme)).toContain("a_.._b, seed 1, student.safetensors");
  expect(Object.values(networks).map(([first]) => first)).toEqual([1, 2]);
  const names = Object.keys(zip);
  expect(names[0]).toBe("a_.._b, seed 1, student.safetensors");
  for (const name of names) expect(name).not.toMatch(/[/\\]/);
});

test("without a finished run there is nothing to save", () => {
  expect(() => weightsZip(run, [])).toThrow(/No trained networks/);
});
