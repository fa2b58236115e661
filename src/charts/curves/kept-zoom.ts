import { useSyncExternalStore } from "react";
import type { XAxis } from "../../protocol/metrics/metrics";
import type { Zoom } from "./drawing";

/**
 * The zoom by chart. It is kept when a chart is hidden, as by switching tabs, and shared by charts of the same kind.
 */
export interface ChosenZoom {
  readonly axis: XAxis;
  readonly zoom: Zoom;
}

const chosen = new Map<string, ChosenZoom>();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useKeptZoom = (place: string): ChosenZoom | undefined =>
  useSyncExternalStore(subscribe, () => chosen.get(place));

export function keepZoom(place: string, zoom: ChosenZoom): void {
  chosen.set(place, zoom);
  for (const listener of listeners) listener();
}
