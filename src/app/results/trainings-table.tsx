import { useMemo } from "react";
import { FigureTable } from "../../charts/tables/FigureTable";
import { trainingColumns, trainingDifferences } from "../../series/tables/training-columns";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";

/** The settings in which saved trainings with drawn curves differ from the current one. */
export function TrainingsTable() {
  const here = useApp(({ run, experiment }) => run.experiment ?? experiment);
  const overlays = useApp(({ history }) => history.overlays);
  const rows = useMemo(() => trainingDifferences(here, overlays), [here, overlays]);
  if (overlays.length === 0) return null;
  const words = texts().trainings;
  return (
    <details className="disclosure">
      <summary>
        {words.summary} <span className="muted">{texts().arms.countOfSettings(rows.length)}</span>
      </summary>
      <FigureTable
        label={words.label}
        columns={trainingColumns(here, overlays)}
        rows={rows}
        keyOf={({ setting }) => setting}
        fileName="trainings"
        className="text-table"
      />
      <p className="small muted">{words.help}</p>
    </details>
  );
}
