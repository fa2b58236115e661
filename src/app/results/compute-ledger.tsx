import { formatMacs, significant } from "../../charts/format";
import { Swatch } from "../../charts/Swatch";
import { TableScroll } from "../../charts/TableScroll";
import type { PlannedRun } from "../../protocol/messages";
import { plannedMacs } from "../../store/progress";
import { armColor, armDash } from "../arm-colors";
import { useRunInTurns } from "../run-in-turns";
import { armNames } from "./arm-names";

const stageNames = {
  teacher: "Teacher's stage",
  student: "Student's stage",
  joint: "Both together",
} as const;

/** What one run of each arm costs, as trained and as papers count it. */
export function ComputeLedger() {
  const run = useRunInTurns();
  const names = armNames(run);
  const plans = run.armSlots.flatMap((slot, arm) => {
    const planned = run.runs.find((record) => record.planned.arm === arm)?.planned;
    return planned ? [{ slot, planned }] : [];
  });
  const least = Math.min(...plans.map(({ planned }) => plannedMacs(planned)));
  if (plans.length === 0) return null;
  return (
    <details className="disclosure">
      <summary>What each arm costs: as trained, and as papers count</summary>
      <TableScroll label="Compute ledger">
        <table className="data-table figures-table">
          <thead>
            <tr>
              <th scope="col">Arm</th>
              <th scope="col">Stage</th>
              <th scope="col">Steps</th>
              <th scope="col">Per step</th>
              <th scope="col">Stage in all</th>
              <th scope="col">Run in all</th>
              <th scope="col">× cheapest</th>
              <th scope="col">Papers, per image</th>
              <th scope="col">Parameters, S + T</th>
            </tr>
          </thead>
          <tbody>
            {plans.flatMap(({ slot, planned }) =>
              planned.stages.map((stage, at) => (
                <tr key={`${slot} ${stage.stage}`}>
                  {at === 0 && (
                    <th scope="row" rowSpan={planned.stages.length}>
                      <Swatch color={armColor(slot)} dash={armDash(slot)} /> {names[planned.arm]}
                    </th>
                  )}
                  <td>{stageNames[stage.stage]}</td>
                  <td>{stage.steps.toLocaleString("en")}</td>
                  <td>{formatMacs(stage.macsPerStep)}</td>
                  <td>{formatMacs(stage.steps * stage.macsPerStep)}</td>
                  {at === 0 && <Totals planned={planned} least={least} />}
                </tr>
              )),
            )}
          </tbody>
        </table>
      </TableScroll>
      <p className="small muted">
        As trained: multiply-accumulates (MAC) of every forward and backward pass of both views, momentum
        copies and heads included; a backward pass counts as two forward ones. Papers: one forward pass of
        each network per image. Probe, nearest neighbours and other measurements are not counted.
      </p>
    </details>
  );
}

function Totals({ planned, least }: { planned: PlannedRun; least: number }) {
  const { stages, parameters, paperMacs } = planned;
  const macs = plannedMacs(planned);
  const rowSpan = stages.length;
  return (
    <>
      <td rowSpan={rowSpan}>{formatMacs(macs)}</td>
      <td rowSpan={rowSpan}>{least > 0 ? `× ${significant(macs / least, 3)}` : "–"}</td>
      <td rowSpan={rowSpan}>{formatMacs(paperMacs)}</td>
      <td rowSpan={rowSpan}>
        {parameters.student.toLocaleString("en")}
        {parameters.teacher !== undefined && ` + ${parameters.teacher.toLocaleString("en")}`}
      </td>
    </>
  );
}
