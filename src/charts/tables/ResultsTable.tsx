import "../charts.css";
import "../results.css";
import { Fragment, memo, useId, useMemo, useRef, useState } from "react";
import { texts } from "../../texts/texts";
import { DifferencesChart } from "../differences/DifferencesChart";
import { shownMetrics, showsTopFive } from "../differences/shown-metrics";
import { verdictsOf } from "../differences/verdicts";
import { ExportButtons } from "../pictures/ExportButtons";
import { Swatch } from "../Swatch";
import { differenceText } from "../sentences";
import type { ResultMetric, ResultRow, ResultsTableProps } from "../types";
import { type ResultColumn, resultColumns, resultsCaption, resultsGrid } from "./result-columns";
import { SortHeading } from "./SortHeading";
import { nextSorting, type Sorting, sortRows } from "./sorting";
import { TableScroll } from "./TableScroll";
import { gridCsv, gridJson, tableLatex } from "./table-files";
import { tableSvg } from "./table-picture";

/**
 * What each arm gained, compared seed by seed with a baseline that the visitor chooses: first in sentences, then as a
 * picture, then all results and costs as a table.
 */
export const ResultsTable = memo(function ResultsTable(props: ResultsTableProps) {
  const { rows, baselineId, onBaseline, fileName = "results" } = props;
  const [compared, setCompared] = useState<ResultMetric>("finalKnn");
  const [sorting, setSorting] = useState<Sorting>();
  const box = useRef<HTMLDivElement>(null);
  const metrics = useMemo(() => shownMetrics(rows), [rows]);
  const topFive = showsTopFive(rows);
  const columns = useMemo(
    () => resultColumns(compared, baselineId, metrics, { topFive }),
    [compared, baselineId, metrics, topFive],
  );
  const sorted = useMemo(() => sortRows(rows, columns, sorting), [rows, columns, sorting]);
  if (rows.length === 0) return <p className="results-empty">{texts().resultsTable.empty}</p>;
  const words = texts().resultsTable;
  return (
    <div className="results" ref={box}>
      <div className="results-controls">
        <ComparedMetric value={compared} metrics={metrics} onChange={setCompared} />
        {props.controls}
      </div>
      <Differences {...{ rows, baselineId, compared }} />
      <div className="results-controls">
        <h3>{words.label}</h3>
        <ExportButtons
          title={words.label}
          name={fileName}
          svg={() => tableSvg(words.label, columns, sorted, box.current ?? document.body)}
          csv={() => gridCsv(resultsGrid(sorted, baselineId))}
          json={() => gridJson(resultsGrid(sorted, baselineId))}
          latex={() => tableLatex(resultsCaption(rows, baselineId), columns, sorted)}
        />
      </div>
      <TableScroll className="results-scroll" label={words.label}>
        <table>
          <caption>{words.caption}</caption>
          <thead>
            <tr>
              {columns.map((column, at) => (
                <Fragment key={column.id}>
                  <SortHeading
                    column={column}
                    sorting={sorting}
                    onSort={() => setSorting(nextSorting(sorting, columns, column.id))}
                  />
                  {at === 0 && onBaseline ? (
                    <th scope="col" className="results-baseline">
                      {words.baseline}
                    </th>
                  ) : null}
                </Fragment>
              ))}
            </tr>
          </thead>
          <Body {...{ rows: sorted, columns, baselineId, onBaseline }} />
        </table>
      </TableScroll>
    </div>
  );
});

interface BodyProps extends Pick<ResultsTableProps, "rows"> {
  readonly columns: readonly ResultColumn[];
  readonly baselineId: string | undefined;
  readonly onBaseline: ((id: string) => void) | undefined;
}

function Body({ rows, columns: [, ...figures], baselineId, onBaseline }: BodyProps) {
  const group = useId();
  return (
    <tbody>
      {rows.map((row) => (
        <tr key={row.id} data-baseline={row.id === baselineId}>
          <th scope="row">
            <Swatch color={row.color} dash={row.dash} /> {row.label}
          </th>
          {onBaseline ? (
            <td className="results-baseline">
              {row.isOther ? null : (
                <input
                  type="radio"
                  name={group}
                  aria-label={texts().resultsTable.compareWith(row.label)}
                  checked={row.id === baselineId}
                  onChange={() => onBaseline(row.id)}
                />
              )}
            </td>
          ) : null}
          {figures.map((column) => (
            <td key={column.id}>{column.text(row)}</td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

interface ComparedMetricProps {
  readonly value: ResultMetric;
  readonly metrics: readonly ResultMetric[];
  readonly onChange: (metric: ResultMetric) => void;
}

function ComparedMetric({ value, metrics, onChange }: ComparedMetricProps) {
  return (
    <label>
      {texts().resultsTable.compareBy}{" "}
      <select value={value} onChange={(event) => onChange(event.currentTarget.value as ResultMetric)}>
        {metrics.map((metric) => (
          <option key={metric} value={metric}>
            {texts().resultsTable.metrics[metric]}
          </option>
        ))}
      </select>
    </label>
  );
}

interface DifferencesProps {
  readonly rows: readonly ResultRow[];
  readonly baselineId: string | undefined;
  readonly compared: ResultMetric;
}

/** The comparison in sentences, which say when there are too few seeds. */
function Differences({ rows, baselineId, compared }: DifferencesProps) {
  const baseline = rows.find(({ id }) => id === baselineId);
  if (!baseline || rows.length < 2) return null;
  const words = texts().resultsTable;
  const verdicts = verdictsOf(rows, baselineId, compared);
  return (
    <section className="results-differences" aria-label={words.differences}>
      <ul>
        {rows
          .filter(({ id }) => id !== baselineId)
          .map((row) => (
            <li key={row.id} style={{ borderColor: row.color }}>
              {differenceText(row, baseline, compared, verdicts.get(row.id))}
            </li>
          ))}
      </ul>
      <DifferencesChart {...{ rows, baseline, compared }} />
    </section>
  );
}
