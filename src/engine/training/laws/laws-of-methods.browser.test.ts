import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, expect, test } from "vitest";
import { defaultScheme, schemeMethods } from "../../../protocol/experiment";
import { teacherOf } from "../../../protocol/schemes";
import { startBackend } from "../../device/start";
import { ParameterStore } from "../../networks/parameters";
import { ResidentQueue } from "../../operations/queue/resident-queue";
import { idleScalars } from "../../optimizers/step-inputs";
import { smallSchemes, variants } from "../small-schemes.test-support";
import { endTrials, lossesOf, numbersOf, startTrial } from "../trial.test-support";
import { backendOfTrials } from "../trial-backend.test-support";

/** Laws that hold for every method (docs/methods.md §11), on real steps. */

beforeAll(async () => void (await startBackend(backendOfTrials)));
afterEach(endTrials);

const small = { experiment: { batchSize: 4 }, teacherSteps: 1 } as const;

test.each(schemeMethods)(
  "%s: the same seed gives the same losses, another seed gives others",
  async (method) => {
    const scheme = smallSchemes[method];
    const first = await lossesOf({ scheme }, 2, small);
    expect(first.every(({ studentLoss }) => Number.isFinite(studentLoss))).toBe(true);
    expect(await lossesOf({ scheme }, 2, small)).toEqual(first);
    const [other] = await lossesOf({ scheme }, 1, { ...small, seed: 2 });
    expect(other?.studentLoss).not.toBe(first[0]?.studentLoss);
  },
);

test.each(["byol", "kd"] as const)(
  "%s: an arm trains on its own views, and so does its teacher",
  async (method) => {
    const scheme = smallSchemes[method];
    const still = { jitterProbability: 0, grayscaleProbability: 0, solarizeProbability: 0 };
    const views = { first: still, second: still };
    const own = await lossesOf({ scheme, views }, 2, small);
    expect(own).toEqual(await lossesOf({ scheme }, 2, { ...small, experiment: { batchSize: 4, views } }));
    expect(own).not.toEqual(await lossesOf({ scheme }, 2, small));
  },
);

/** Finds all objects of a kind that are reachable from `root`, with the names of the fields that lead to them. */
function reached<T extends object>(root: object, isWanted: (value: object) => value is T): Map<T, string[]> {
  const seen = new Set<object>();
  const found = new Map<T, string[]>();
  const visit = (value: unknown, path: string[]): void => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    if (value instanceof tf.Tensor || ArrayBuffer.isView(value)) return;
    seen.add(value);
    if (isWanted(value)) found.set(value, path);
    else for (const [key, held] of Object.entries(value)) visit(held, [...path, key]);
  };
  visit(root, []);
  return found;
}

const isStore = (value: object): value is ParameterStore => value instanceof ParameterStore;
const isQueue = (value: object): value is ResidentQueue => value instanceof ResidentQueue;

/** The parameters of all fields of this name within a task. */
function storesNamed(name: "momentum" | "online", root: object): ParameterStore[] {
  // Running statistics do not follow the momentum update; predictors have no copy.
  const others = ["statistics", "context", "predictors"];
  return [...reached(root, isStore)]
    .filter(([, path]) => path.includes(name) && !path.some((key) => others.includes(key)))
    .map(([store]) => store);
}

const withCopies = ["byol", "simdis-on", "moco", "compress", "s2bnn", "dino", "mokd"] as const;

test.each(withCopies)(
  "%s: with τ = 1 the momentum network does not change, with less it follows",
  async (method) => {
    const { context, task } = await startTrial({ scheme: smallSchemes[method] }, small);
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

const methodsWithTeacher = schemeMethods.filter(
  (method) => teacherOf(defaultScheme(method)).when === "before",
);

test.each(methodsWithTeacher)(
  "Teacher choice: frozen hash — under %s no number of the teacher changes, including statistics and copies",
  async (method) => {
    const { trainedTeacher, task, advance } = await startTrial({ scheme: smallSchemes[method] }, small);
    if (!trainedTeacher || !task.student) return expect.unreachable("there are a teacher and a student");
    const frozen = [...reached(trainedTeacher, isStore).keys()];
    expect(frozen.length).toBeGreaterThan(1);
    const before = await numbersOf(frozen);
    const student = await numbersOf([task.student.backbone.parameters]);
    await advance(3);
    expect(await numbersOf(frozen)).toEqual(before);
    expect(await numbersOf([task.student.backbone.parameters])).not.toEqual(student);
  },
);

const queued = schemeMethods
  .filter((method) => "queue" in defaultScheme(method))
  .map((method) => [method, { scheme: smallSchemes[method] }] as const);
const queuedVariants = (["SEED with patches", "CompRess 1q"] as const).map(
  (name) => [name, { scheme: variants[name].scheme }] as const,
);

test.each([...queued, ...queuedVariants])(
  "%s: each step replaces the oldest half of a queue and moves its pointer, which wraps",
  async (_, arm) => {
    const { task, advance } = await startTrial(arm, small);
    const queues = [...reached(task, isQueue).keys()];
    expect(queues.length).toBeGreaterThan(0);
    const read = () =>
      Promise.all(
        queues.map(async ({ rows, pointer }) => ({
          rows: (await rows.array()) as number[][],
          pointer: await pointer.array(),
        })),
      );
    let before = await read();
    for (let step = 0; step < 3; step++) {
      await advance(1);
      const after = await read();
      for (const [i, { rows, pointer }] of after.entries()) {
        const { rows: old, pointer: place } = before[i] as (typeof after)[number];
        const entered = (pointer - place + rows.length) % rows.length || rows.length;
        expect([4, 8]).toContain(entered);
        for (const [row, embedding] of rows.entries()) {
          const isNew = (row - place + rows.length) % rows.length < entered;
          if (isNew) expect(embedding).not.toEqual(old[row]);
          else expect(embedding).toEqual(old[row]);
          expect(Math.hypot(...embedding)).toBeCloseTo(1, 4);
        }
      }
      before = after;
    }
  },
);
