import type { Range } from "../scale";
import type { ChartEvent } from "../types";

export interface DrawnEvent {
  readonly event: ChartEvent;
  readonly label?: {
    readonly text: string;
    /** Counted from the top, so that labels of events at the same step do not overlap. */
    readonly row: number;
  };
}

const ROWS = 8;

/** The events within a range. Of those of one kind the first has the label, with the number of them. */
export function drawnEvents(events: readonly ChartEvent[], [low, high]: Range): readonly DrawnEvent[] {
  const shown = events.filter(({ x }) => x >= low && x <= high);
  const kindOf = ({ kind, id }: ChartEvent) => kind ?? id;
  const kinds = [...new Set(shown.map(kindOf))];
  return kinds.flatMap((kind, at) => {
    const alike = shown.filter((event) => kindOf(event) === kind).sort((a, b) => a.x - b.x);
    const text = alike.length > 1 ? `${kind} (n = ${alike.length})` : (alike[0]?.label ?? "");
    return alike.map((event, place) => ({ event, ...(place === 0 && { label: { text, row: at % ROWS } }) }));
  });
}
