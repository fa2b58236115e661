import { useMemo } from "react";
import { ResultsTable } from "../../charts/ResultsTable";
import { arrangedSlots } from "../../store/arrangement";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { armId, slotOfArmId } from "../arm-colors";
import { CopyRecordedLink } from "../header/copy-link";
import { Panel } from "../panel";
import { useRunInTurns } from "../run-in-turns";
import { ComputeLedger } from "./compute-ledger";
import { FloorsTable } from "./floors-table";
import { baselineOf, resultRows } from "./result-rows";

/** What it means. */
export function ResultsPanel() {
  const run = useRunInTurns();
  const chosen = useApp((state) => state.view.baselineSlot);
  const { setView } = useActions();
  const baseline = baselineOf(run, chosen);
  const order = useApp((state) => state.view.order);
  const pinnedSlots = useApp((state) => state.view.pinnedSlots);
  const rows = useMemo(
    () => resultRows(run, baseline, arrangedSlots(run.armSlots, { order, pinnedSlots })),
    [run, baseline, order, pinnedSlots],
  );
  return (
    <Panel
      title={texts().results.title}
      lead={texts().results.lead}
      className="results-panel"
      actions={run.runs.length > 0 && <CopyRecordedLink />}
    >
      {run.runs.length === 0 ? (
        <p className="empty">{texts().results.empty}</p>
      ) : (
        <>
          <ResultsTable
            rows={rows}
            {...(baseline !== undefined && { baselineId: armId(baseline) })}
            onBaseline={(id) => setView({ baselineSlot: slotOfArmId(id) })}
          />
          <FloorsTable />
          <ComputeLedger />
        </>
      )}
    </Panel>
  );
}
