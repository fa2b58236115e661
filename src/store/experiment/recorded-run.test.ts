import { expect, test } from "vitest";
import { encodeRecording } from "../../protocol/links/recording";
import { recordForFile, recordRun } from "./recorded-run";
import { learning, recordingOf, trained } from "./recorded-run.testing";

test("a recording contains the positions of its steps over time and compute", () => {
  const [pace] = recordingOf(trained(learning)).paces ?? [];
  expect(pace?.steps).toHaveLength(8);
  expect([pace?.steps.at(0), pace?.steps.at(-1)]).toEqual([1, 200]);
  expect([pace?.wallMs.at(0), pace?.wallMs.at(-1)]).toEqual([0, 199]);
});

test("a recording keeps the first and the last point, and shrinks until it fits", () => {
  const run = trained(learning);
  const all = recordRun(run, "d", () => true);
  expect(all?.curves.map(({ metric, steps }) => [metric, steps.length, steps[0], steps.at(-1)])).toEqual([
    ["knnTop1", 100, 1, 200],
    ["studentLoss", 100, 1, 200],
  ]);
  const short = recordRun(run, "d", (recording) => encodeRecording(recording).length < 300);
  expect(short?.curves.length).toBeLessThanOrEqual(2);
  expect(encodeRecording(short ?? { device: "d", curves: [] }).length).toBeLessThan(300);
  expect(recordRun(trained(learning, 0), "d", () => true)).toBeUndefined();
});

test("a file keeps every point that a link leaves out", () => {
  const run = trained(learning, 900);
  expect(recordForFile(run, "d")?.curves.map(({ steps }) => steps.length)).toEqual([900, 900]);
  expect(recordForFile(trained(learning, 0), "d")).toBeUndefined();
});
