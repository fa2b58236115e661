import "../styles/compare.css";
import { useMemo } from "react";
import { ResultsTable } from "../../charts/tables/ResultsTable";
import { armId } from "../../series/arm-colors";
import { deviceWords } from "../../series/device-words";
import { recordedRows } from "../../series/tables/recorded-rows";
import type { RecordedExperiment } from "../../store/experiment/recorded-run";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";

/** Results of a link's curves, where nothing has been trained here. */
export function RecordedTables({ recorded }: { recorded: RecordedExperiment }) {
  const chosen = useApp((state) => state.view.baselineSlot);
  const { setView } = useActions();
  const baseline = chosen !== undefined && chosen < recorded.experiment.arms.length ? chosen : 0;
  const rows = useMemo(() => recordedRows(recorded, baseline), [recorded, baseline]);
  const words = texts().reproduction;
  return (
    <>
      <h3>{words.asRecorded}</h3>
      <p className="small muted">{words.asRecordedLead(deviceWords(recorded.recording.device))}</p>
      <ResultsTable
        rows={rows}
        baselineId={armId(baseline)}
        onBaseline={(id) => setView({ baselineSlot: rows.findIndex((row) => row.id === id) })}
        fileName="recorded-results"
      />
    </>
  );
}
