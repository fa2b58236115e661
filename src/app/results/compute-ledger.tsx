import { formatMacs, formatPercent, significant } from "../../charts/format";
import { Swatch } from "../../charts/Swatch";
import { TableScroll } from "../../charts/TableScroll";
import type { PlannedRun } from "../../protocol/messages";
import { plannedMacs } from "../../store/progress";
import { integer } from "../../texts/numbers";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { armColor, armDash } from "../arm-colors";
import { useRunInTurns } from "../run-in-turns";
import { armNames } from "./arm-names";

/** What one run of each arm costs, as trained and as papers count it. */
export function ComputeLedger() {
  const run = useRunInTurns();
  const names = armNames(run);
  const classes = useApp((state) => state.dataset.loaded?.summary.classNames.length);
  const plans = run.armSlots.flatMap((slot, arm) => {
    const planned = run.runs.find((record) => record.planned.arm === arm)?.planned;
    return planned ? [{ slot, planned }] : [];
  });
  const least = Math.min(...plans.map(({ planned }) => plannedMacs(planned)));
  if (plans.length === 0) return null;
  const words = texts().ledger;
  return (
    <details className="disclosure">
      <summary>{words.summary}</summary>
      <TableScroll label={words.label}>
        <table className="data-table figures-table">
          <thead>
            <tr>
              <th scope="col">{words.arm}</th>
              <th scope="col">{words.stage}</th>
              <th scope="col">{words.steps}</th>
              <th scope="col">{words.perStep}</th>
              <th scope="col">{words.forward}</th>
              <th scope="col">{words.backward}</th>
              <th scope="col">{words.momentum}</th>
              <th scope="col">{words.probe}</th>
              <th scope="col">{words.stageInAll}</th>
              <th scope="col">{words.runInAll}</th>
              <th scope="col">{words.timesCheapest}</th>
              <th scope="col">{words.papers}</th>
              <th scope="col">{words.parameters}</th>
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
                  <td>{words.stages[stage.stage]}</td>
                  <td>{integer(stage.steps)}</td>
                  <td>{formatMacs(stage.macsPerStep)}</td>
                  {(["forward", "backward", "momentum"] as const).map((share) => (
                    <td key={share}>{stage.work ? shareOf(stage.work[share], stage.macsPerStep) : "–"}</td>
                  ))}
                  <td>{stage.work && classes ? formatMacs(stage.work.probePerClass * classes) : "–"}</td>
                  <td>{formatMacs(stage.steps * stage.macsPerStep)}</td>
                  {at === 0 && <Totals planned={planned} least={least} />}
                </tr>
              )),
            )}
          </tbody>
        </table>
      </TableScroll>
      <p className="small muted">{words.help}</p>
    </details>
  );
}

const shareOf = (part: number, whole: number) => (whole > 0 ? formatPercent(part / whole, 0) : "–");

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
        {integer(parameters.student)}
        {parameters.teacher !== undefined && ` + ${integer(parameters.teacher)}`}
      </td>
    </>
  );
}
