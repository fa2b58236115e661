import "../styles/compare.css";
import { useMemo } from "react";
import { ResultsTable } from "../../charts/tables/ResultsTable";
import { curveGroups } from "../../series/curve-groups";
import { overlayRuns } from "../../series/overlay-series";
import { baselineOf, groupOfSlot, resultRows } from "../../series/tables/result-rows";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { ArmDifferences } from "../arms/arm-differences";
import { useRunInTurns } from "../run-in-turns";
import { Compared } from "./compared";
import { ComputeLedger } from "./compute-ledger";
import { DrawnInView } from "./drawn-in-view";
import { FloorsTable } from "./floors-table";
import { GroupBy } from "./group-by";
import { ProbeRatesTable } from "./probe-rates-table";
import { TrainingsTable } from "./trainings-table";

/** Results, reference accuracies and costs; loaded once there are some. */
export function ResultsTables() {
  return (
    <DrawnInView className="results-layout">
      <Tables />
    </DrawnInView>
  );
}

function Tables() {
  const run = useRunInTurns();
  const chosen = useApp((state) => state.view.baselineSlot);
  const { setView } = useActions();
  const baseline = baselineOf(run, chosen);
  const view = useApp((state) => state.view);
  const groups = useMemo(() => curveGroups(run, view), [run, view]);
  const overlays = useApp((state) => state.history.overlays);
  const rows = useMemo(
    () => resultRows(run, baseline, groups, overlayRuns(overlays)),
    [run, baseline, groups, overlays],
  );
  const baselineId = groupOfSlot(groups, baseline)?.id;
  const isGrouped = groups.some(({ slots }) => slots.length > 1);
  return (
    <>
      <ResultsTable
        rows={rows}
        controls={<GroupBy />}
        {...(baselineId !== undefined && { baselineId })}
        onBaseline={(id) => {
          const [slot] = groups.find((group) => group.id === id)?.slots ?? [];
          if (slot !== undefined) setView({ baselineSlot: slot });
        }}
      />
      <Compared />
      <div className="results-more">
        {isGrouped && <p className="small muted">{texts().results.grouped}</p>}
        <ArmDifferences arms={run.experiment?.arms ?? []} slots={run.armSlots} />
        <TrainingsTable />
        <FloorsTable />
        <ProbeRatesTable />
        <ComputeLedger />
      </div>
    </>
  );
}
