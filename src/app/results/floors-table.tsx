import { Swatch } from "../../charts/Swatch";
import { FigureTable } from "../../charts/tables/FigureTable";
import { armColor, armDash } from "../../series/arm-colors";
import { floorColumns, floorRows } from "../../series/tables/floor-columns";
import { texts } from "../../texts/texts";
import { useRunInTurns } from "../run-in-turns";

/** Each run's student next to the same encoder before its first step. */
export function FloorsTable() {
  const rows = floorRows(useRunInTurns());
  if (rows.length === 0) return null;
  const words = texts().floors;
  return (
    <details className="disclosure">
      <summary>{words.summary}</summary>
      <FigureTable
        label={words.label}
        columns={floorColumns()}
        rows={rows}
        keyOf={({ runId }) => runId}
        head={({ slot, name }) => (
          <>
            <Swatch color={armColor(slot)} dash={armDash(slot)} /> {name}
          </>
        )}
        fileName="floors"
      />
      <p className="small muted">{words.help}</p>
    </details>
  );
}
