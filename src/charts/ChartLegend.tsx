import { Swatch } from "./Swatch";
import type { ChartSeries } from "./types";

interface ChartLegendProps {
  readonly series: readonly ChartSeries[];
  readonly onToggle?: ((id: string) => void) | undefined;
}

/** One entry per curve; pressed means shown. */
export function ChartLegend({ series, onToggle }: ChartLegendProps) {
  return (
    <ul className="chart-legend">
      {series.map(({ id, label, color, dash, hidden }) => (
        <li key={id}>
          {onToggle ? (
            <button type="button" aria-pressed={!hidden} onClick={() => onToggle(id)}>
              <Swatch color={color} dash={dash} /> {label}
            </button>
          ) : (
            <span>
              <Swatch color={color} dash={dash} /> {label}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
