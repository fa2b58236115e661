import { useMemo } from "react";
import { formatPercent } from "../../charts/format";
import { Swatch } from "../../charts/Swatch";
import { TableScroll } from "../../charts/TableScroll";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { armColor, armDash } from "../arm-colors";
import { useRunInTurns } from "../run-in-turns";
import { probeRateRows } from "./probe-rates";

/** Which rate of the linear probe the features of each arm want: a map of validation accuracies. */
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
      <TableScroll label={words.label}>
        <table className="data-table figures-table heat-table">
          <thead>
            <tr>
              <th scope="col">{words.arm}</th>
              {first.cells.map(({ learningRate }) => (
                <th key={learningRate} scope="col">
                  {words.rate(learningRate)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ slot, name, seeds, cells }) => (
              <tr key={slot}>
                <th scope="row">
                  <Swatch color={armColor(slot)} dash={armDash(slot)} /> {words.ofSeeds(name, seeds)}
                </th>
                {cells.map(({ learningRate, accuracy, share, isBest }) => (
                  <td key={learningRate} style={{ "--share": share }}>
                    {isBest ? <strong>{formatPercent(accuracy)}</strong> : formatPercent(accuracy)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      <p className="small muted">{words.help}</p>
    </details>
  );
}
