import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { schemeMethods } from "../../protocol/experiment";
import type { FinalEvaluation } from "../../protocol/messages";
import type { MetricRow } from "../../protocol/metrics";
import { parseExperiment } from "../../protocol/problems";
import { startBackend } from "../backend";
import { drawShapes } from "../dataset/shapes";
import { smallSchemeFor, smallSchemes } from "./small-schemes.test-support";
import { Trainer } from "./trainer";
import { backendOfTrials } from "./trial-backend.test-support";

const tiny = {
  student: { network: "R8", width: 0.125 },
  teacher: { network: "R8", width: 0.125 },
  steps: 2,
  teacherSteps: 2,
} as const;

/** Every scheme of the catalog, small enough for a test. */
const schemes = schemeMethods.map((method) => smallSchemeFor(16, smallSchemes[method]));

test("every scheme of the catalog trains through all its stages, is evaluated, and leaks no memory", async () => {
  await startBackend(backendOfTrials);
  const dataset = await drawShapes({
    seed: 1,
    size: 16,
    difficulty: "easy",
    train: 80,
    validation: 20,
    test: 40,
  });
  const halves = [schemes.slice(0, 7), schemes.slice(7)];
  for (const some of halves) {
    const parsed = parseExperiment({
      dataset: { source: "shapes", difficulty: "easy", train: 80, test: 40 },
      batchSize: 16,
      evaluation: { everySteps: 2 },
      arms: some.map((scheme) => ({ ...tiny, name: scheme?.method ?? "", scheme })),
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const before = tf.memory().numTensors;
    const finals = new Map<string, FinalEvaluation>();
    const rows = new Map<string, MetricRow[]>();
    const failures: unknown[] = [];
    await new Trainer(parsed.experiment, dataset, {
      activity: () => undefined,
      rows: (runId, more) => void rows.set(runId, [...(rows.get(runId) ?? []), ...more]),
      floors: () => undefined,
      finished: (runId, final) => void finals.set(runId, final),
      failed: (_, error) => void failures.push(error),
    }).train();
    expect(failures).toEqual([]);
    expect(finals.size).toBe(some.length);
    for (const [index, scheme] of some.entries()) {
      const curve = rows.get(`${index}-1`) ?? [];
      const last = curve.at(-1)?.values;
      expect(last?.studentLoss, scheme?.method).toBeGreaterThan(0);
      expect(last?.knnTop1, scheme?.method).toBeGreaterThanOrEqual(0);
      // A detector is evaluated by its boxes; its canvases have no single label for a probe.
      const judged = scheme?.method === "detection" ? last?.detectionAp : last?.probeTop1;
      expect(judged, scheme?.method).toBeGreaterThanOrEqual(0);
      const frozen = curve.some(({ stage }) => stage === "teacher");
      expect(finals.get(`${index}-1`)?.teacher !== undefined, scheme?.method).toBe(
        frozen || curve.some(({ stage }) => stage === "joint"),
      );
    }
    expect(tf.memory().numTensors).toBe(before);
  }
});
