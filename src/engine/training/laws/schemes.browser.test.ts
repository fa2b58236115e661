import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { schemeMethods } from "../../../protocol/experiment";
import { startBackend } from "../../device/start";
import { smallSchemeFor, smallSchemes } from "../small-schemes.test-support";
import { tiny, tinyExperiment, train } from "../training.test-support";
import { backendOfTrials } from "../trial-backend.test-support";

/** Arms of an experiment. */
const mostArms = 8;

/** Every scheme of the catalog, small enough for a test. */
const schemes = schemeMethods.map((method) => smallSchemeFor(16, smallSchemes[method]));

test("every scheme of the catalog trains through all its stages, is evaluated, and leaks no memory", async () => {
  await startBackend(backendOfTrials);
  for (let first = 0; first < schemes.length; first += mostArms) {
    const some = schemes.slice(first, first + mostArms);
    const experiment = tinyExperiment({
      evaluation: { everySteps: 2 },
      arms: some.map((scheme) => ({
        ...tiny,
        steps: 2,
        teacherSteps: 2,
        name: scheme?.method ?? "",
        scheme,
      })),
    });
    const before = tf.memory().numTensors;
    const { rows, finals, failures } = await train(experiment);
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
