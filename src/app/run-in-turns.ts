import { createContext, useContext, useEffect, useMemo, useState } from "react";
import { runsOfSlot } from "../series/runs-of-slot";
import type { AppStore } from "../store/app-store";
import type { RunRecord, RunState } from "../store/run-state";
import { useAppStore } from "./app-context";

/** Milliseconds in which every part that draws measurements is updated once, one part after the other. */
const ROUND_MS = 450;
/** The same for parts that are not in view while a training goes on. */
const UNSEEN_MS = 4_000;
/** Turns of a round where few parts are in view: the others need some, too. */
const leastTurns = 4;

type Show = (run: RunState) => void;

/** A part of the page that draws measurements. */
interface Drawn {
  readonly run: RunState;
  /** When it was last given a state. */
  readonly at: number;
  readonly isInView: () => boolean;
}

/** Says whether the part of the page around a component is in view. */
export const InView = createContext<() => boolean>(() => true);

/**
 * Measurements arrive faster than the page needs to draw them, so its parts take turns: each tick gives one of them the
 * latest state. No tick has to draw everything, which leaves time for user input; parts that nobody sees get few turns.
 */
export function createTurns(store: AppStore, roundMs = ROUND_MS) {
  const shown = new Map<Show, Drawn>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** The part that has waited longest comes first. */
  function tick(): void {
    timer = undefined;
    const { run } = store.getState();
    const now = Date.now();
    for (const [show, part] of shown) {
      if (part.run === run || (run.status === "training" && !part.isInView() && now < part.at + UNSEEN_MS))
        continue;
      shown.delete(show);
      shown.set(show, { ...part, run, at: now });
      show(run);
      break;
    }
    schedule();
  }

  function schedule(): void {
    const parts = [...shown.values()];
    const { run } = store.getState();
    if (timer !== undefined || parts.every((part) => part.run === run)) return;
    const inView = parts.filter(({ isInView }) => isInView()).length;
    timer = setTimeout(tick, roundMs / Math.max(leastTurns, inView));
  }

  store.subscribe(schedule);
  return {
    /** Returns the function that unsubscribes. */
    join(show: Show, run: RunState, isInView = () => true): () => void {
      shown.set(show, { run, at: 0, isInView });
      schedule();
      return () => shown.delete(show);
    },
  };
}

const turnsOf = new WeakMap<AppStore, ReturnType<typeof createTurns>>();

/** The state of the training at this component's last turn. */
export function useRunInTurns(): RunState {
  const store = useAppStore();
  const isInView = useContext(InView);
  const [run, setRun] = useState(() => store.getState().run);
  useEffect(() => {
    const turns = turnsOf.get(store) ?? createTurns(store);
    turnsOf.set(store, turns);
    const { run: newest } = store.getState();
    setRun(newest);
    return turns.join(setRun, newest, isInView);
  }, [store, isInView]);
  return run;
}

/** The runs of the arm with this place in the palette, as they were then. */
export function useRunsOfSlot(slot: number): readonly RunRecord[] {
  const run = useRunInTurns();
  return useMemo(() => runsOfSlot(run, slot), [run, slot]);
}
