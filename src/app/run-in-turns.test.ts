import { expect, test, vi } from "vitest";
import { createAppStore } from "../store/app-store";
import { measured, runIdOf, startedTraining } from "../store/run-state.testing";
import { createTurns } from "./run-in-turns";

test("each tick updates one part, and a round updates all", () => {
  vi.useFakeTimers();
  const run = startedTraining();
  const store = createAppStore({ run });
  const turns = createTurns(store, 400);
  const parts = Array.from({ length: 4 }, () => vi.fn());
  for (const part of parts) turns.join(part, run);
  const newer = measured(run, runIdOf(0, 1), 1, { studentLoss: 1 });
  store.setState({ run: newer });
  vi.advanceTimersByTime(100);
  expect(parts.filter((part) => part.mock.calls.length === 1)).toHaveLength(1);
  vi.advanceTimersByTime(300);
  for (const part of parts) expect(part).toHaveBeenCalledExactlyOnceWith(newer);
  vi.advanceTimersByTime(2_000);
  for (const part of parts) expect(part).toHaveBeenCalledOnce();
  vi.useRealTimers();
});

test("while states stream in, every part gets its share, and one that has left is not called again", () => {
  vi.useFakeTimers();
  let run = startedTraining();
  const store = createAppStore({ run });
  const turns = createTurns(store, 300);
  const [first, second, gone] = [vi.fn(), vi.fn(), vi.fn()];
  turns.join(first, run);
  turns.join(second, run);
  turns.join(gone, run)();
  for (let step = 1; step <= 60; step++) {
    run = measured(run, runIdOf(0, 1), step, { studentLoss: 1 });
    store.setState({ run });
    vi.advanceTimersByTime(50);
  }
  expect(gone).not.toHaveBeenCalled();
  expect(Math.abs(first.mock.calls.length - second.mock.calls.length)).toBeLessThanOrEqual(1);
  expect(first.mock.calls.length).toBeGreaterThan(8);
  vi.useRealTimers();
});

test("a part that is out of view is seldom drawn while a training goes on, and at its end at once", () => {
  vi.useFakeTimers();
  let run = startedTraining();
  const store = createAppStore({ run });
  const turns = createTurns(store, 400);
  const [seen, unseen] = [vi.fn(), vi.fn()];
  turns.join(seen, run);
  turns.join(unseen, run, () => false);
  for (let step = 1; step <= 100; step++) {
    run = measured(run, runIdOf(0, 1), step, { studentLoss: 1 });
    store.setState({ run });
    vi.advanceTimersByTime(100);
  }
  // Ten seconds: every 400 ms, and every four seconds.
  expect(seen.mock.calls.length).toBeGreaterThanOrEqual(20);
  expect(unseen.mock.calls.length).toBeGreaterThanOrEqual(2);
  expect(unseen.mock.calls.length).toBeLessThanOrEqual(4);
  const paused = { ...run, status: "paused" } as const;
  store.setState({ run: paused });
  vi.advanceTimersByTime(400);
  expect(unseen).toHaveBeenLastCalledWith(paused);
  vi.useRealTimers();
});
