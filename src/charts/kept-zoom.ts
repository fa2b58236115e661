import { useSyncExternalStore } from "react";
import type { XAxis } from "../protocol/metrics";
import type { Zoom } from "./drawing";

/** Where the visitor looked, by chart: it outlives the chart, as when another tab is shown, and is that of all of its kind. */
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
