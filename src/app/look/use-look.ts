import { useEffect, useState } from "react";
import type { Look } from "../../protocol/messages";
import { useApp, useEngine } from "../app-context";

/** A look costs a forward pass of every network: seldom enough that training hardly notices. */
const EVERY_MS = 2_500;

/**
 * The newest look, taken again and again while it trains, and once for every change while paused; afterwards the last
 * one stays, as long as nothing else is asked for.
 */
export function useLook(runId: string, index: number, roll: number) {
  const status = useApp((state) => state.run.status);
  const { look: ask } = useEngine();
  const [taken, setTaken] = useState<{ readonly look: Look; readonly of: string }>();
  const of = `${index} ${roll}`;
  const isLive = status === "training" || status === "paused";
  useEffect(() => {
    if (!isLive) return;
    let isWanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const take = async () => {
      if (document.visibilityState === "visible") {
        const found = await ask(runId, index, roll);
        if (!isWanted) return;
        if (found) setTaken({ look: found, of });
      }
      if (status === "training") timer = setTimeout(() => void take(), EVERY_MS);
    };
    void take();
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [ask, isLive, status, runId, index, roll, of]);
  // While it trains what was seen before stays until the next look is there: nothing jumps.
  const look = isLive || taken?.of === of ? taken?.look : undefined;
  return { look, isLive };
}
