import { expect, test, vi } from "vitest";
import { createAppStore } from "../../store/app-store";
import type { RunStatus } from "../../store/run-state";
import { startedTraining } from "../../store/run-state.testing";
import { type ShortcutContext, shortcutOf, shortcuts } from "./shortcuts";

const press = (key: string, held: Partial<KeyboardEvent> = {}) =>
  shortcutOf({ key, ctrlKey: false, metaKey: false, altKey: false, target: null, ...held });

function context(status: RunStatus) {
  const engine = { start: vi.fn(), pause: vi.fn(), resume: vi.fn(), step: vi.fn() };
  const actions = { setView: vi.fn(), showPart: vi.fn(), toggleArm: vi.fn(), copyLink: vi.fn() };
  const state = { ...createAppStore().getState(), run: { ...startedTraining(), status } };
  return { state, engine, actions, openSheet: vi.fn() } satisfies ShortcutContext;
}

test("no two shortcuts share a key", () => {
  expect(new Set(shortcuts.map(({ key }) => key)).size).toBe(shortcuts.length);
});

test("one key starts, pauses and resumes, depending on the status", () => {
  const expected = { idle: "start", training: "pause", paused: "resume" } as const;
  for (const [status, action] of Object.entries(expected) as [RunStatus, "start"][]) {
    const given = context(status);
    press("p")?.act(given);
    const called = Object.entries(given.engine).filter(([, spy]) => spy.mock.calls.length > 0);
    expect(called.map(([name]) => name)).toEqual([action]);
  }
});

test("digits hide the arms of the training, and no others", () => {
  const given = context("training");
  press("2")?.act(given);
  expect(given.actions.toggleArm).toHaveBeenCalledExactlyOnceWith(3);
  press("5")?.act(given);
  expect(given.actions.toggleArm).toHaveBeenCalledOnce();
});

test("keys that belong to the browser or to a field are ignored", () => {
  expect(press("c", { ctrlKey: true })).toBeUndefined();
  const field = { closest: () => ({}) } as unknown as EventTarget;
  expect(press("c", { target: field })).toBeUndefined();
  expect(press("c")).toBeDefined();
});
