import { useMemo } from "react";
import { TableScroll } from "../../charts/TableScroll";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { armColor } from "../arm-colors";
import { armSettingLabel, armValueText } from "../setting-words";
import { settingDifferences } from "./setting-differences";

/** Only what differs between arms: everything else they share. */
export function ArmDifferences() {
  const arms = useApp((state) => state.experiment.arms);
  const slots = useApp((state) => state.armSlots);
  const differences = useMemo(() => settingDifferences(arms), [arms]);
  if (arms.length < 2) return null;
  const words = texts().arms;
  return (
    <details className="disclosure">
      <summary>
        {words.whatDiffers} <span className="muted">{words.countOfSettings(differences.length)}</span>
      </summary>
      <TableScroll label={words.differences}>
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{words.setting}</th>
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
                <th scope="row" title={setting}>
                  {armSettingLabel(setting, arms)}
                </th>
                {values.map((value, at) => (
                  <td key={slots[at]}>{armValueText(setting, value, arms)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </details>
  );
}
