import { useMemo } from "react";
import { ResultsTable } from "../../charts/ResultsTable";
import { arrangedSlots } from "../../store/arrangement";
import { useActions, useApp } from "../app-context";
import { armId, slotOfArmId } from "../arm-colors";
import { useRunInTurns } from "../run-in-turns";
import { ComputeLedger } from "./compute-ledger";
import { FloorsTable } from "./floors-table";
import { ProbeRatesTable } from "./probe-rates-table";
import { baselineOf, resultRows } from "./result-rows";

/** What was measured, against what has to be beaten, at what cost; loaded once there is something. */
export function ResultsTables() {
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
    <>
      <ResultsTable
        rows={rows}
        {...(baseline !== undefined && { baselineId: armId(baseline) })}
        onBaseline={(id) => setView({ baselineSlot: slotOfArmId(id) })}
      />
      <FloorsTable />
      <ProbeRatesTable />
      <ComputeLedger />
    </>
  );
}
