import { useMemo } from "react";
import { TableScroll } from "../../charts/TableScroll";
import { useApp } from "../app-context";
import { armColor } from "../arm-colors";
import { settingDifferences } from "./setting-differences";

/** Only what differs between arms: everything else they share. */
export function ArmDifferences() {
  const arms = useApp((state) => state.experiment.arms);
  const slots = useApp((state) => state.armSlots);
  const differences = useMemo(() => settingDifferences(arms), [arms]);
  if (arms.length < 2) return null;
  return (
    <details className="disclosure">
      <summary>
        What differs between arms <span className="muted">({differences.length} settings)</span>
      </summary>
      <TableScroll label="Settings that differ">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">Setting</th>
              {arms.map(({ name }, at) => (
                <th key={slots[at]} scope="col" style={{ color: armColor(slots[at] ?? 0) }}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {differences.map(({ setting, values }) => (
              <tr key={setting}>
                <th scope="row">{setting}</th>
                {values.map((value, at) => (
                  <td key={slots[at]}>{value}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </details>
  );
}
