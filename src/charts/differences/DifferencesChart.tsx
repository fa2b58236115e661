import { useRef } from "react";
import { texts } from "../../texts/texts";
import { formatSigned } from "../format";
import { ExportButtons } from "../pictures/ExportButtons";
import { withColors } from "../pictures/svg";
import { Swatch } from "../Swatch";
import type { Range } from "../scale";
import type { ResultMetric, ResultRow } from "../types";
import { type ForestRow, forestOf, placeIn } from "./forest";
import { differencesCsv, forestSvg } from "./forest-picture";

interface DifferencesChartProps {
  readonly rows: readonly ResultRow[];
  readonly baseline: ResultRow;
  readonly compared: ResultMetric;
}

/** Each arm's difference from the baseline: every seed, their mean, and its 95 % interval. */
export function DifferencesChart({ rows, baseline, compared }: DifferencesChartProps) {
  const figure = useRef<HTMLElement>(null);
  const forest = forestOf(rows, baseline.id, compared);
  if (!forest) return null;
  const words = texts().resultsTable;
  const { points } = texts().charts;
  const title = words.differencesTitle(words.metrics[compared], baseline.label);
  return (
    <figure className="chart forest" ref={figure}>
      <figcaption className="chart-head">
        <span className="chart-title">{title}</span>
        <ExportButtons
          title={title}
          svg={() => withColors(forestSvg(forest, title, points), figure.current ?? document.body)}
          csv={() => differencesCsv(rows, baseline.label, compared)}
        />
      </figcaption>
      <div className="forest-rows">
        {forest.rows.map((row) => (
          <div key={row.id} className="forest-row">
            <span className="forest-name" title={row.label}>
              <Swatch color={row.color} dash={row.dash} /> {row.label}
            </span>
            <Strip row={row} range={forest.range} ticks={forest.ticks} />
            <span className="forest-figure" data-verdict={row.verdict}>
              {row.text}
            </span>
          </div>
        ))}
        <div className="forest-row" aria-hidden="true">
          <span />
          <span className="forest-ticks">
            {forest.ticks.map((tick) => (
              <span key={tick} style={{ insetInlineStart: percent(forest.range, tick) }}>
                {formatSigned(tick)}
              </span>
            ))}
          </span>
          <span className="forest-unit">{points}</span>
        </div>
      </div>
      <p className="chart-note">{words.forestHelp}</p>
    </figure>
  );
}

const percent = (range: Range, value: number) => `${100 * placeIn(range, value)}%`;
const MIDDLE = 14;

function Strip({ row, range, ticks }: { row: ForestRow; range: Range; ticks: readonly number[] }) {
  const at = (value: number) => percent(range, value);
  const { color, interval, mean, seeds } = row;
  return (
    <svg className="forest-strip" aria-hidden="true">
      {ticks.map((tick) => (
        <line key={tick} x1={at(tick)} x2={at(tick)} y1="0" y2="100%" className="forest-grid" />
      ))}
      <line x1={at(0)} x2={at(0)} y1="0" y2="100%" className="forest-zero" />
      {interval && (
        <line
          x1={at(interval[0])}
          x2={at(interval[1])}
          y1={MIDDLE}
          y2={MIDDLE}
          stroke={color}
          strokeWidth={3}
          strokeOpacity={0.55}
        />
      )}
      {seeds.map(({ seed, points }) => (
        <circle key={seed} cx={at(points)} cy={MIDDLE} r={3.5} className="forest-seed" stroke={color} />
      ))}
      <rect x={at(mean)} y={MIDDLE} width={8} height={8} className="forest-mean" fill={color} />
    </svg>
  );
}
