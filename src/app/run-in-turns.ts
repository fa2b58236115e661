import { useEffect, useMemo, useState } from "react";
import { runsOfSlot } from "../series/runs-of-slot";
import type { AppStore } from "../store/app-store";
import type { RunRecord, RunState } from "../store/run-state";
import { useAppStore } from "./app-context";

/** Milliseconds in which every part that draws measurements is updated once, one part after the other. */
const ROUND_MS = 450;

type Show = (run: RunState) => void;

/**
 * Measurements arrive faster than the page needs to draw them, so its parts take turns: each tick gives one of them the
 * latest state. No tick has to draw everything, which leaves time for user input.
 */
export function createTurns(store: AppStore, roundMs = ROUND_MS) {
  const shown = new Map<Show, RunState>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** The part that has waited longest comes first. */
  function tick(): void {
    timer = undefined;
    const { run } = store.getState();
    for (const [show, before] of shown) {
      if (before === run) continue;
      shown.delete(show);
      shown.set(show, run);
      show(run);
      break;
    }
    schedule();
  }

  function schedule(): void {
    if (timer !== undefined || shown.size === 0) return;
    const { run } = store.getState();
    if ([...shown.values()].every((before) => before === run)) return;
    timer = setTimeout(tick, roundMs / shown.size);
  }

  store.subscribe(schedule);
  return {
    /** Returns the function that unsubscribes. */
    join(show: Show, run: RunState): () => void {
      shown.set(show, run);
      schedule();
      return () => shown.delete(show);
    },
  };
}

const turnsOf = new WeakMap<AppStore, ReturnType<typeof createTurns>>();

/** The state of the training at this component's last turn. */
export function useRunInTurns(): RunState {
  const store = useAppStore();
  const [run, setRun] = useState(() => store.getState().run);
  useEffect(() => {
    const turns = turnsOf.get(store) ?? createTurns(store);
    turnsOf.set(store, turns);
    const { run: newest } = store.getState();
    setRun(newest);
    return turns.join(setRun, newest);
  }, [store]);
  return run;
}

/** The runs of the arm with this place in the palette, as they were then. */
export function useRunsOfSlot(slot: number): readonly RunRecord[] {
  const run = useRunInTurns();
  return useMemo(() => runsOfSlot(run, slot), [run, slot]);
}
