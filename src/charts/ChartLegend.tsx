import "./charts.css";
import { Swatch } from "./Swatch";
import type { ChartSeries } from "./types";

interface ChartLegendProps {
  readonly series: readonly Pick<ChartSeries, "id" | "label" | "color" | "dash" | "hidden">[];
  /** Accessible name. */
  readonly label?: string;
  /** Called when an entry is pressed. Without it the legend is not interactive. */
  readonly onToggle?: (id: string) => void;
}

/** One entry per curve; pressed means shown. */
export function ChartLegend({ series, label, onToggle }: ChartLegendProps) {
  return (
    <ul className="chart-legend" aria-label={label}>
      {series.map(({ id, label: name, color, dash, hidden }) => (
        <li key={id}>
          {onToggle ? (
            <button type="button" aria-pressed={!hidden} onClick={() => onToggle(id)}>
              <Swatch color={color} dash={dash} /> {name}
            </button>
          ) : (
            <span>
              <Swatch color={color} dash={dash} /> {name}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
