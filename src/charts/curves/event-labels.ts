import type { ChartEvent } from "../types";

export interface EventLabel {
  readonly text: string;
  /** Counted from the top, so that labels of events at the same step do not overlap. */
  readonly row: number;
}

const ROWS = 8;

/** What is written at the lines of events: of one kind only at the first one, with the number of them. */
export function eventLabels(events: readonly ChartEvent[]): readonly (EventLabel | undefined)[] {
  const kindOf = ({ kind, id }: ChartEvent) => kind ?? id;
  const kinds = [...new Set(events.map(kindOf))];
  const first = kinds.map((kind) => {
    const alike = events.filter((event) => kindOf(event) === kind).sort((a, b) => a.x - b.x);
    return { event: alike[0], count: alike.length };
  });
  return events.map((event) => {
    const row = first.findIndex((each) => each.event === event);
    const count = first[row]?.count;
    if (!count) return undefined;
    return { text: count > 1 ? `${event.kind} (n = ${count})` : event.label, row: row % ROWS };
  });
}
