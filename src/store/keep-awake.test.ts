import { expect, test } from "vitest";
import { createWakefulness } from "./keep-awake";

function machine(refuses = false) {
  const state = { held: 0, asked: 0 };
  const request = async () => {
    state.asked++;
    if (refuses) throw new DOMException("no", "NotAllowedError");
    state.held++;
    return {
      release: async () => {
        state.held--;
      },
    };
  };
  return { state, machine: { wakeLock: { request } } };
}

test("one wake lock is held during training, and released afterwards", async () => {
  const { state, machine: made } = machine();
  const wakefulness = createWakefulness(made);
  await wakefulness.update(false, true);
  expect(state).toEqual({ held: 0, asked: 0 });
  await wakefulness.update(true, true);
  await wakefulness.update(true, false);
  await wakefulness.update(true, true);
  expect(state.held).toBe(1);
  await wakefulness.update(false, false);
  expect(state.held).toBe(0);
});

test("training continues where the lock is refused or not supported", async () => {
  const { state, machine: made } = machine(true);
  const refused = createWakefulness(made);
  await refused.update(true, true);
  await refused.update(false, true);
  expect(state).toEqual({ held: 0, asked: 1 });
  const unknown = createWakefulness({});
  await unknown.update(true, true);
  await unknown.keepFiles();
  await unknown.update(false, true);
});
