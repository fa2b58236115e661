import * as tf from "@tensorflow/tfjs-core";
/** The state of every scheme, including future ones, is found, read and restored without code of its own. */
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { SchemeMethod } from "../../../protocol/experiment";
import { schemeMethods } from "../../../protocol/experiment";
import { optimizerKnobs } from "../../../protocol/settings/optimizer";
import { startBackend } from "../../device/start";
import { isLong } from "../../test-size.test-support";
import { smallSchemeFor, smallSchemes } from "../small-schemes.test-support";
import { type ArmInput, endTrials, startTrial } from "../trial.test-support";
import { backendOfTrials } from "../trial-backend.test-support";
import { readState, StateMismatch, writeState } from "./state-tensors";

beforeAll(() => startBackend(backendOfTrials));
afterEach(endTrials);

/** Queues for few images, and few prototypes. */
const armOf = (method: SchemeMethod): ArmInput => ({ scheme: smallSchemeFor(16, smallSchemes[method]) });

/** Expects a new task with another one's state to continue like it, bit for bit. */
async function expectTakenUp(arm: ArmInput): Promise<void> {
  const first = await startTrial(arm);
  await first.advance(2);
  const state = await readState([first.task, first.trainedTeacher]);
  const expected = await first.advance(3);

  const second = await startTrial(arm, { teacherSteps: 0 });
  const begin = await readState([second.task, second.trainedTeacher]);
  expect(begin).not.toEqual(state);
  writeState(state, [second.task, second.trainedTeacher]);
  second.stage.resumeAt(2);
  expect(await second.advance(3)).toEqual(expected);
  expect(await readState([second.task, second.trainedTeacher])).toEqual(
    await readState([first.task, first.trainedTeacher]),
  );
}

describe("a new task with the state of another continues like it", () => {
  test.each(schemeMethods)("%s", (method) => expectTakenUp(armOf(method)));

  /** Shampoo has the most state. */
  const kinds = isLong ? optimizerKnobs.kind.options : (["adamw", "shampoo"] as const);
  test.each(kinds)("with the optimizer %s", (kind) =>
    expectTakenUp({ ...armOf("supervised"), optimiser: { kind, learningRate: 0.01, clip: "global" } }),
  );
});

test("a tensor whose numbers could not be restored is refused", () => {
  const task = { center: tf.zeros([3]) };
  expect(() => readState([task])).toThrow(/\[3\].* not a resident one/);
  task.center.dispose();
});

test("the state of another network is refused and changes nothing", async () => {
  const { task } = await startTrial({ scheme: { method: "byol" } });
  const other = await startTrial({ scheme: { method: "byol" }, student: { network: "R8", width: 0.25 } });
  const before = await readState([task]);
  const foreign = await readState([other.task]);
  expect(() => writeState(foreign, [task])).toThrow(StateMismatch);
  expect(() => writeState(before.slice(1), [task])).toThrow(StateMismatch);
  expect(await readState([task])).toEqual(before);
});
