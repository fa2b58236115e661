import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import type { ExperimentInput } from "../../../protocol/experiment";
import { schemeMethods } from "../../../protocol/experiment";
import { startBackend } from "../../device/start";
import { smallSchemeFor, smallSchemes } from "../small-schemes.test-support";
import { imagesFor, tiny, tinyExperiment } from "../training.test-support";
import { backendOfTrials } from "../trial-backend.test-support";
import { Estimator } from "./estimator";

beforeAll(async () => void (await startBackend(backendOfTrials)));

type ArmInput = NonNullable<ExperimentInput["arms"]>[number];

const arms: readonly ArmInput[] = [
  ...schemeMethods.map((method) => ({
    ...tiny,
    name: method,
    scheme: smallSchemeFor(16, smallSchemes[method]),
  })),
  { ...tiny, name: "fix", scheme: { method: "supervised" }, fixSteps: 3 },
  { ...tiny, name: "fine-tuned", scheme: { method: "ssld", fineTune: 0.5 } },
  { ...tiny, name: "pretrained", scheme: { method: "supervised" }, start: { from: "distilled", steps: 4 } },
  { ...tiny, name: "cached", scheme: { method: "funmatch", input: "fixedCentre" } },
];

test.each(arms.map((arm) => [arm?.name ?? "", arm] as const))(
  "%s: every stage can be measured, and nothing leaks",
  async (_, arm) => {
    const experiment = tinyExperiment({ arms: [arm], evaluation: { everySteps: 3, probe: "ridge" } });
    const dataset = await imagesFor(experiment);
    const tensors = tf.memory().numTensors;
    const estimator = new Estimator({ recall: async () => undefined, remember: async () => undefined });
    const { parts } = await estimator.estimate(experiment, dataset, { signal: new AbortController().signal });
    expect(parts.students).toBeGreaterThan(0);
    expect(parts.evaluating).toBeGreaterThan(0);
    expect(tf.memory().numTensors).toBe(tensors);
  },
);
