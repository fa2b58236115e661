import { useEffect, useMemo, useState } from "react";
import { runsOfSlot } from "../series/runs-of-slot";
import type { AppStore } from "../store/app-store";
import type { RunRecord, RunState } from "../store/run-state";
import { useAppStore } from "./app-context";

/** Every part of the page that draws measurements is brought up to date this often, one part after the other. */
const ROUND_MS = 450;

type Show = (run: RunState) => void;

/**
 * Measurements stream in faster than a page needs to draw them. Its parts take turns: at each tick one of them gets the
 * newest state, so that no tick has to draw everything and there is always time for the visitor.
 */
export function createTurns(store: AppStore, roundMs = ROUND_MS) {
  const shown = new Map<Show, RunState>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Whoever has waited longest is first in the map. */
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
    /** Returns the function that leaves. */
    join(show: Show, run: RunState): () => void {
      shown.set(show, run);
      schedule();
      return () => shown.delete(show);
    },
  };
}

const turnsOf = new WeakMap<AppStore, ReturnType<typeof createTurns>>();

/** The state of the training as it was when this component's turn came. */
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
