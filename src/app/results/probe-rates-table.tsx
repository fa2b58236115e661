import { useMemo } from "react";
import { formatPercent } from "../../charts/format";
import { Swatch } from "../../charts/Swatch";
import { FigureTable } from "../../charts/tables/FigureTable";
import type { Column } from "../../charts/tables/sorting";
import { armColor, armDash } from "../../series/arm-colors";
import { type ProbeRateRow, probeRateRows } from "../../series/tables/probe-rates";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { useRunInTurns } from "../run-in-turns";

/** A heat map of validation accuracies by arm and learning rate of the linear probe. */
export function ProbeRatesTable() {
  const run = useRunInTurns();
  const order = useApp((state) => state.view.order);
  const pinnedSlots = useApp((state) => state.view.pinnedSlots);
  const rows = useMemo(() => probeRateRows(run, { order, pinnedSlots }), [run, order, pinnedSlots]);
  const [first] = rows;
  if (!first) return null;
  const words = texts().probeRates;
  return (
    <details className="disclosure">
      <summary>{words.summary}</summary>
      <FigureTable
        label={words.label}
        columns={columnsOf(first.cells.map(({ learningRate }) => learningRate))}
        rows={rows}
        keyOf={({ slot }) => String(slot)}
        head={({ slot, name, seeds }) => (
          <>
            <Swatch color={armColor(slot)} dash={armDash(slot)} /> {words.ofSeeds(name, seeds)}
          </>
        )}
        fileName="probe-rates"
        className="heat-table"
      />
      <p className="small muted">{words.help}</p>
    </details>
  );
}

function columnsOf(rates: readonly number[]): readonly Column<ProbeRateRow>[] {
  const words = texts().probeRates;
  const ofRate = (rate: number): Column<ProbeRateRow> => {
    const cellOf = ({ cells }: ProbeRateRow) => cells.find(({ learningRate }) => learningRate === rate);
    const text = (row: ProbeRateRow) => {
      const accuracy = cellOf(row)?.accuracy;
      return accuracy === undefined ? "–" : formatPercent(accuracy);
    };
    return {
      id: `rate_${rate}`,
      label: words.rate(rate),
      value: (row) => cellOf(row)?.accuracy,
      text,
      cell: (row) => (cellOf(row)?.isBest ? <strong>{text(row)}</strong> : text(row)),
      share: (row) => cellOf(row)?.share,
    };
  };
  const name = ({ name: arm, seeds }: ProbeRateRow) => words.ofSeeds(arm, seeds);
  return [{ id: "arm", label: words.arm, value: name, text: name }, ...rates.map(ofRate)];
}
