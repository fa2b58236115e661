import { useEffect, useState } from "react";
import type { Look } from "../../protocol/messages";
import { useApp, useEngine } from "../app-context";

/**
 * Milliseconds between looks. A look costs a forward pass of every network, so they are rare enough to barely slow
 * training.
 */
const EVERY_MS = 2_500;

/**
 * The newest look: repeated while training runs, otherwise taken once per change. `isGone`: the networks are no longer
 * loaded; the last look stays as long as nothing else is requested.
 */
export function useLook(runId: string, index: number, roll: number) {
  const status = useApp((state) => state.run.status);
  const wasTrainedHere = useApp((state) => state.run.reopened === undefined);
  const { look: ask } = useEngine();
  const [taken, setTaken] = useState<{ readonly look: Look; readonly of: string }>();
  const [isRefused, setRefused] = useState(false);
  const of = `${index} ${roll}`;
  const isLive = status === "training" || status === "paused";
  const canAsk = wasTrainedHere && (isLive || status === "finished" || status === "stopped");
  useEffect(() => {
    setRefused(false);
    if (!canAsk) return;
    let isWanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const take = async () => {
      if (document.visibilityState === "visible") {
        const found = await ask(runId, index, roll);
        if (!isWanted) return;
        if (found) setTaken({ look: found, of });
        else setRefused(!isLive);
      }
      if (status === "training") timer = setTimeout(() => void take(), EVERY_MS);
    };
    void take();
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [ask, canAsk, isLive, status, runId, index, roll, of]);
  const isGone = !canAsk || isRefused;
  // The previous look stays until the next one arrives, so that nothing jumps.
  const look = !isGone || taken?.of === of ? taken?.look : undefined;
  return { look, isGone };
}
