import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, expect, test } from "vitest";
import { startBackend } from "../../device/start";
import { CompiledSteps } from "../compiled-steps";
import type { CompiledStep, Provided } from "../step-compiler";

let compiled: CompiledSteps;
const variables: tf.Variable[] = [];
beforeAll(async () => void (await startBackend("wasm")));
afterEach(() => {
  compiled.dispose();
  tf.dispose(variables.splice(0));
});

/** A step that adds one to each of so many numbers. */
function counting(numbers: number): { readonly step: CompiledStep; readonly count: () => number } {
  const variable = tf.variable(tf.zeros([numbers]));
  variables.push(variable);
  const step = compiled.compile(() => variable.assign(tf.add(variable, 1)));
  if ("reason" in step) throw new Error(step.reason);
  const count = () => {
    const values = variable.dataSync();
    expect(new Set(values).size).toBe(1);
    return values[0] as number;
  };
  return { step, count };
}

/** So many steps, and how many of them have ended. */
function laneOf(step: CompiledStep, steps: number, provide: (taken: number) => void = () => undefined) {
  const lane = { taken: 0, isRunning: false };
  const next = (): Provided | undefined => {
    expect(lane.isRunning).toBe(false);
    if (lane.taken === steps) return undefined;
    return {
      step,
      provide: () => {
        provide(lane.taken);
        lane.isRunning = true;
      },
      taken: () => {
        lane.isRunning = false;
        lane.taken++;
      },
    };
  };
  return { lane, next };
}

test.each([1, 2, 3, 5])(
  "on %i threads steps of any length go on side by side, one after another of each training",
  async (threads) => {
    compiled = CompiledSteps.start({ threads });
    const [short, long, longest] = [counting(10), counting(40_000), counting(400_000)];
    await compiled.ready();
    const made = [short, long, longest].slice(0, threads);
    const lanes = made.map(({ step }) => laneOf(step, Number.POSITIVE_INFINITY));
    compiled.runSideBySide(
      lanes.map(({ next }) => next),
      100,
    );
    for (const [at, { lane }] of lanes.entries()) {
      expect(lane.isRunning).toBe(false);
      expect(lane.taken).toBeGreaterThan(0);
      expect(made[at]?.count()).toBe(lane.taken);
    }
  },
);

test("all stop when one has no more steps", async () => {
  compiled = CompiledSteps.start({ threads: 2 });
  const [one, other] = [counting(1_000), counting(1_000)];
  await compiled.ready();
  const [few, many] = [laneOf(one.step, 7), laneOf(other.step, Number.POSITIVE_INFINITY)];
  compiled.runSideBySide([many.next, few.next], 1e9);
  expect(few.lane).toEqual({ taken: 7, isRunning: false });
  expect(many.lane.isRunning).toBe(false);
  expect(one.count()).toBe(7);
  expect(other.count()).toBe(many.lane.taken);
  // The few are now on the calling thread.
  few.lane.taken = 0;
  compiled.runSideBySide([few.next, many.next], 1e9);
  expect(few.lane).toEqual({ taken: 7, isRunning: false });
  expect(many.lane.isRunning).toBe(false);
  expect(one.count()).toBe(14);
});

test("where a step's inputs cannot be written, the steps under way are ended", async () => {
  compiled = CompiledSteps.start({ threads: 2 });
  const [one, other] = [counting(10), counting(400_000)];
  await compiled.ready();
  const broken = laneOf(one.step, 9, (taken) => {
    if (taken === 3) throw new Error("There is no input.");
  });
  const sound = laneOf(other.step, Number.POSITIVE_INFINITY);
  expect(() => compiled.runSideBySide([broken.next, sound.next], 1e9)).toThrow("There is no input.");
  expect(sound.lane.isRunning).toBe(false);
  expect(other.count()).toBe(sound.lane.taken);
  expect(one.count()).toBe(3);
});

test("steps are apart unless one overwrites what the other one knows", () => {
  compiled = CompiledSteps.start({ threads: 1 });
  const [read, written, other] = [1, 2, 3].map((value) => tf.variable(tf.scalar(value))) as [
    tf.Variable,
    tf.Variable,
    tf.Variable,
  ];
  variables.push(read, written, other);
  const into = (target: tf.Variable, from: tf.Variable): CompiledStep => {
    const step = compiled.compile(() => target.assign(tf.add(from, 1)));
    if ("reason" in step) throw new Error(step.reason);
    return step;
  };
  expect(compiled.areApart(into(written, read), into(other, read))).toBe(true);
  expect(compiled.areApart(into(written, read), into(other, written))).toBe(false);
  expect(compiled.areApart(into(other, written), into(written, read))).toBe(false);
  expect(compiled.areApart(into(written, read), into(written, other))).toBe(false);
});
