import { formatPercent, formatPoints } from "../../charts/format";
import { Swatch } from "../../charts/Swatch";
import { TableScroll } from "../../charts/TableScroll";
import { latestValue } from "../../store/series";
import { texts } from "../../texts/texts";
import { armColor, armDash } from "../arm-colors";
import { useRunInTurns } from "../run-in-turns";
import { armNames } from "./arm-names";

/** Each run's student beside the same encoder before its first step. */
export function FloorsTable() {
  const run = useRunInTurns();
  const names = armNames(run);
  const runs = run.runs.filter(({ floors }) => floors);
  if (runs.length === 0) return null;
  const words = texts().floors;
  return (
    <details className="disclosure">
      <summary>{words.summary}</summary>
      <TableScroll label={words.label}>
        <table className="data-table figures-table">
          <thead>
            <tr>
              <th scope="col">{words.run}</th>
              <th scope="col">{words.knnNow}</th>
              <th scope="col">{words.untrained}</th>
              <th scope="col">{words.gain}</th>
              <th scope="col">{words.pixels}</th>
              <th scope="col">{words.linearFinal}</th>
              <th scope="col">{words.untrained}</th>
              <th scope="col">{words.gain}</th>
            </tr>
          </thead>
          <tbody>
            {runs.map(({ planned, floors, final, series }) => {
              const slot = run.armSlots[planned.arm] ?? 0;

              const knn = final?.knnTop1 ?? latestValue(series, "knnTop1");
              const before = floors?.calibrated;
              return (
                <tr key={planned.runId}>
                  <th scope="row">
                    <Swatch color={armColor(slot)} dash={armDash(slot)} />{" "}
                    {texts().results.ofSeed(names[planned.arm] ?? texts().run.arm, planned.seed)}
                  </th>
                  <td>{percent(knn)}</td>
                  <td>{percent(before?.knnTop1)}</td>
                  <td>{gain(knn, before?.knnTop1)}</td>
                  <td>{percent(floors?.pixels.knnTop1)}</td>
                  <td>{percent(final?.linearTop1)}</td>
                  <td>{percent(before?.probeTop1)}</td>
                  <td>{gain(final?.linearTop1, before?.probeTop1)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </TableScroll>
      <p className="small muted">{words.help}</p>
    </details>
  );
}

const percent = (value: number | undefined) => (value === undefined ? "–" : formatPercent(value));
const gain = (now: number | undefined, before: number | undefined) =>
  now === undefined || before === undefined
    ? "–"
    : formatPoints({ mean: now - before, deviation: Number.NaN });
