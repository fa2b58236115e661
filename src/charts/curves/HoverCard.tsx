import type { MetricUnit, XAxis } from "../../protocol/metrics/metrics";
import { formatSummary, formatX, xAxisLabel } from "../format";
import { Swatch } from "../Swatch";
import { type SeriesCurves, summaryAt } from "../series/series-curves";

interface HoverCardProps {
  readonly curves: readonly SeriesCurves[];
  readonly x: number;
  readonly xAxis: XAxis;
  readonly unit: MetricUnit;
}

/** The curves' values at one position, the highest first as on the plot. */
export function HoverCard({ curves, x, xAxis, unit }: HoverCardProps) {
  const values = curves
    .flatMap((curve) => {
      const summary = summaryAt(curve, x);
      return summary ? [{ series: curve.series, summary }] : [];
    })
    .sort((a, b) => b.summary.mean - a.summary.mean);
  return (
    <div className="chart-hover">
      <p>
        {xAxisLabel(xAxis)}: {formatX(xAxis, x)}
      </p>
      <table>
        <tbody>
          {values.map(({ series, summary }) => (
            <tr key={series.id}>
              <th scope="row">
                <Swatch color={series.color} dash={series.dash} /> <span>{series.label}</span>
              </th>
              <td>{formatSummary(unit, summary)}</td>
              <td>n = {summary.n}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
