import { useState } from "react";
import type { MetricUnit, XAxis } from "../../protocol/metrics/metrics";
import { texts } from "../../texts/texts";
import { formatSummary, formatX, xAxisLabel } from "../format";
import type { Range } from "../scale";
import { type SeriesCurves, summaryAt, tablePlaces } from "../series/series-curves";
import { Listening } from "../sound/Listening";
import type { ChartEvent, FloorLine } from "../types";

interface ChartTableProps {
  readonly title: string;
  readonly curves: readonly SeriesCurves[];
  readonly floors: readonly FloorLine[];
  readonly events: readonly ChartEvent[];
  readonly xAxis: XAxis;
  readonly unit: MetricUnit;
  /** Meaning of the vertical axis. */
  readonly shownY: Range;
}

const ROWS = 24;

/** The chart's data as text. Filled only while open: a closed table would be rebuilt with every point. */
export function ChartTable(props: ChartTableProps) {
  const [open, setOpen] = useState(false);
  return (
    <details className="chart-data" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{texts().charts.dataTable}</summary>
      {open ? (
        <>
          <Listening curves={props.curves} shownY={props.shownY} />
          <Numbers {...props} />
        </>
      ) : null}
    </details>
  );
}

function Numbers({ title, curves, floors, events, xAxis, unit }: Omit<ChartTableProps, "shownY">) {
  return (
    <table>
      <caption>{texts().charts.tableCaption(title)}</caption>
      <thead>
        <tr>
          <th scope="col">{xAxisLabel(xAxis)}</th>
          {curves.map(({ series }) => (
            <th key={series.id} scope="col">
              {series.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {tablePlaces(curves, ROWS).map((x) => (
          <tr key={x}>
            <th scope="row">{formatX(xAxis, x)}</th>
            {curves.map((each) => (
              <Cell key={each.series.id} curve={each} x={x} unit={unit} />
            ))}
          </tr>
        ))}
        {floors.map(({ id, label, value }) => (
          <tr key={id}>
            <th scope="row">{label}</th>
            <td colSpan={Math.max(1, curves.length)}>
              {formatSummary(unit, { n: 1, mean: value, deviation: Number.NaN })}
            </td>
          </tr>
        ))}
        {events.map(({ id, label, x }) => (
          <tr key={id}>
            <th scope="row">{label}</th>
            <td colSpan={Math.max(1, curves.length)}>{`${xAxisLabel(xAxis)} ${formatX(xAxis, x)}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({
  curve,
  x,
  unit,
}: {
  readonly curve: SeriesCurves;
  readonly x: number;
  readonly unit: MetricUnit;
}) {
  const summary = summaryAt(curve, x);
  if (!summary) return <td>–</td>;
  return (
    <td>
      {formatSummary(unit, summary)}
      {summary.n > 1 ? ` (n = ${summary.n})` : ""}
    </td>
  );
}
