import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, expect, test } from "vitest";
import type { SchemeMethod } from "../../protocol/experiment";
import { startBackend } from "../backend";
import { ParameterStore } from "../networks/parameters";
import { idleScalars } from "./step-inputs";
import { type ArmInput, endTrials, lossesOf, numbersOf, startTrial } from "./trial.test-support";

/** Laws that hold for every method, on real steps. */

beforeAll(async () => void (await startBackend("webgpu")));
afterEach(endTrials);

/** Each method of the papers as small as it can be; the detection proxy has tests of its own. */
type Method = Exclude<SchemeMethod, "detection">;
const schemes = {
  supervised: { method: "supervised" },
  byol: { method: "byol" },
  "simdis-off": { method: "simdis-off" },
  "simdis-on": { method: "simdis-on" },
  moco: { method: "moco", queue: 8, normGroups: 2 },
  seed: { method: "seed", queue: 8 },
  compress: { method: "compress", queue: 8 },
  s2bnn: { method: "s2bnn", strategy: "both", queue: 8, normGroups: 1 },
  dino: { method: "dino", prototypes: 16, patches: 0 },
  kd: { method: "kd" },
  dml: { method: "dml" },
  funmatch: { method: "funmatch" },
  ssld: { method: "ssld" },
} as const satisfies Record<Method, ArmInput["scheme"]>;
const small = { experiment: { batchSize: 4 }, teacherSteps: 1 } as const;

test.each(Object.keys(schemes) as Method[])(
  "%s: a seed gives the same losses again, another seed gives others",
  async (method) => {
    const scheme = schemes[method];
    const first = await lossesOf({ scheme }, 2, small);
    expect(first.every(({ studentLoss }) => Number.isFinite(studentLoss))).toBe(true);
    expect(await lossesOf({ scheme }, 2, small)).toEqual(first);
    const [other] = await lossesOf({ scheme }, 1, { ...small, seed: 2 });
    expect(other?.studentLoss).not.toBe(first[0]?.studentLoss);
  },
);

/** The parameters of what is called so, wherever in the task it is. */
function storesNamed(name: "momentum" | "online", root: object): ParameterStore[] {
  const seen = new Set<object>();
  const found = new Set<ParameterStore>();
  const visit = (value: unknown, isWanted: boolean): void => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    if (value instanceof tf.Tensor || ArrayBuffer.isView(value)) return;
    if (value instanceof ParameterStore) {
      if (isWanted) found.add(value);
      return;
    }
    seen.add(value);
    for (const [key, held] of Object.entries(value)) {
      // What batch norm counts follows no momentum; predictors have no copy.
      if (key === "statistics" || key === "context" || key === "predictors") continue;
      visit(held, isWanted || key === name);
    }
  };
  visit(root, false);
  return [...found];
}

const withCopies = ["byol", "simdis-on", "moco", "compress", "s2bnn", "dino"] as const;

test.each(withCopies)(
  "%s: with τ = 1 the momentum network never moves, with less it follows",
  async (method) => {
    const { context, task } = await startTrial({ scheme: schemes[method] }, small);
    const [copies, originals] = [storesNamed("momentum", task), storesNamed("online", task)];
    expect(copies.length).toBeGreaterThan(0);
    const step = (tau: number) => {
      const order = Uint32Array.of(1, 0, 3, 2);
      const scalars = { ...idleScalars, studentRate: 0.1, teacherRate: 0.1, probeRate: 0.1, tau };
      context.inputs.write({ scalars, batch: Uint32Array.of(5, 6, 7, 8), seed: 1, epoch: 0, shuffle: order });
      tf.tidy(() => task.step(() => undefined));
    };
    const [before, online] = [await numbersOf(copies), await numbersOf(originals)];
    step(1);
    step(1);
    expect(await numbersOf(copies)).toEqual(before);
    expect(await numbersOf(originals)).not.toEqual(online);
    step(0.5);
    expect(await numbersOf(copies)).not.toEqual(before);
  },
);
