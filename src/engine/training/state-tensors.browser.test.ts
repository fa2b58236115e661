/** Every scheme, also one that is added later: its state is found, read and put back without its help. */
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { SchemeMethod } from "../../protocol/experiment";
import { schemeMethods } from "../../protocol/experiment";
import { optimizerKnobs } from "../../protocol/settings/optimizer";
import { startBackend } from "../device/start";
import { isLong } from "../test-size.test-support";
import { smallSchemeFor, smallSchemes } from "./small-schemes.test-support";
import { readState, StateMismatch, writeState } from "./state-tensors";
import { type ArmInput, endTrials, startTrial } from "./trial.test-support";
import { backendOfTrials } from "./trial-backend.test-support";

beforeAll(() => startBackend(backendOfTrials));
afterEach(endTrials);

/** Queues that fit the few images, and few prototypes. */
const armOf = (method: SchemeMethod): ArmInput => ({ scheme: smallSchemeFor(16, smallSchemes[method]) });

/** A fresh task that is given the state of another goes on like it, bit for bit. */
async function expectTakenUp(arm: ArmInput): Promise<void> {
  const first = await startTrial(arm);
  await first.advance(2);
  const state = await readState([first.task, first.taught]);
  const expected = await first.advance(3);

  const second = await startTrial(arm, { teacherSteps: 0 });
  const begin = await readState([second.task, second.taught]);
  expect(begin).not.toEqual(state);
  writeState(state, [second.task, second.taught]);
  second.stage.resumeAt(2);
  expect(await second.advance(3)).toEqual(expected);
  expect(await readState([second.task, second.taught])).toEqual(await readState([first.task, first.taught]));
}

describe("a fresh task that is given the state of another goes on like it", () => {
  test.each(schemeMethods)("%s", (method) => expectTakenUp(armOf(method)));

  /** Shampoo keeps the most. */
  const kinds = isLong ? optimizerKnobs.kind.options : (["adamw", "shampoo"] as const);
  test.each(kinds)("with the optimiser %s", (kind) =>
    expectTakenUp({ ...armOf("supervised"), optimiser: { kind, learningRate: 0.01, clip: "global" } }),
  );
});

test("a tensor that could not be given back its numbers is refused", () => {
  const task = { centre: tf.zeros([3]) };
  expect(() => readState([task])).toThrow(/\[3\].* not a resident one/);
  task.centre.dispose();
});

test("state of another network changes nothing", async () => {
  const { task } = await startTrial({ scheme: { method: "byol" } });
  const other = await startTrial({ scheme: { method: "byol" }, student: { network: "R8", width: 0.25 } });
  const before = await readState([task]);
  const foreign = await readState([other.task]);
  expect(() => writeState(foreign, [task])).toThrow(StateMismatch);
  expect(() => writeState(before.slice(1), [task])).toThrow(StateMismatch);
  expect(await readState([task])).toEqual(before);
});
