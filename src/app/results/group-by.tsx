import { groupSettings } from "../../series/curve-groups";
import { armSettingLabel } from "../../series/setting-words";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { useRunInTurns } from "../run-in-turns";

/** Groups arms with the same value of a setting into one curve and one row. Hidden where no setting differs. */
export function GroupBy() {
  const run = useRunInTurns();
  const chosen = useApp((state) => state.view.groupBy);
  const { groupBy } = useActions();
  const settings = groupSettings(run);
  const words = texts().curveList;
  return (
    <label className="chart-option">
      <span>{words.groupBy}</span>
      <select
        className="input"
        value={chosen !== undefined && settings.includes(chosen) ? chosen : ""}
        disabled={settings.length === 0}
        onChange={({ target }) => groupBy(target.value || undefined)}
      >
        <option value="">{words.arm}</option>
        {settings.map((setting) => (
          <option key={setting} value={setting} title={setting}>
            {armSettingLabel(setting, run.experiment?.arms ?? [])}
          </option>
        ))}
      </select>
    </label>
  );
}
