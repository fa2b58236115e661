import { Swatch } from "../../charts/Swatch";
import { FigureTable } from "../../charts/tables/FigureTable";
import { armColor, armDash } from "../../series/arm-colors";
import { ledgerColumns, ledgerRows } from "../../series/tables/ledger-columns";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { useRunInTurns } from "../run-in-turns";

/** Compute of one run per arm, as trained and as papers count it. */
export function ComputeLedger() {
  const rows = ledgerRows(useRunInTurns());
  const classes = useApp((state) => state.dataset.loaded?.summary.classNames.length);
  if (rows.length === 0) return null;
  const words = texts().ledger;
  return (
    <details className="disclosure">
      <summary>{words.summary}</summary>
      <FigureTable
        label={words.label}
        columns={ledgerColumns(rows, classes)}
        rows={rows}
        keyOf={({ slot, stage }) => `${slot} ${stage.stage}`}
        head={({ slot, name }) => (
          <>
            <Swatch color={armColor(slot)} dash={armDash(slot)} /> {name}
          </>
        )}
        fileName="compute"
      />
      <p className="small muted">{words.help}</p>
    </details>
  );
}
