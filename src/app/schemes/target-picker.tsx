import type { TargetViewNumber } from "../../protocol/experiment";
import type { FieldPath } from "../../protocol/field-path";
import { texts } from "../../texts/texts";
import type { FieldText } from "../controls/field";
import { HelpTip } from "../controls/help-tip";
import { Segmented } from "../controls/segmented";
import { useSetting } from "../controls/use-setting";
import { networkRoles, targetPresets, targetViews } from "./target-views";

const sorted = (targets: readonly number[]) => targets.toSorted((a, b) => a - b).join();

/** Selection of target views: a preset, or any choice of at least one. */
export function TargetPicker({ path, text }: { path: FieldPath; text: FieldText }) {
  const { value, problem, take } = useSetting(path);
  const targets = value as readonly TargetViewNumber[];
  const preset = targetPresets.find((one) => sorted(one.targets) === sorted(targets));
  return (
    <div className="target-picker">
      <div className="field-label">
        {text.label}
        <HelpTip label={text.label} text={text.help} />
      </div>
      <Segmented
        label={texts().schemes.numberOfTargets}
        value={preset?.label}
        options={targetPresets.map(({ label }) => ({
          value: label,
          label,
          title: texts().schemes.targetPresets[label],
        }))}
        onChange={(label) => take(targetPresets.find((one) => one.label === label)?.targets)}
      />
      <TargetMatrix targets={targets} onChange={take} />
      {problem && (
        <span className="field-problem" role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}

/** A row per network, a column per view; at least one stays selected. */
function TargetMatrix({
  targets,
  onChange,
}: {
  targets: readonly TargetViewNumber[];
  onChange: (targets: TargetViewNumber[]) => void;
}) {
  const words = texts().schemes;
  const toggle = (number: TargetViewNumber) =>
    onChange(targets.includes(number) ? targets.filter((one) => one !== number) : [...targets, number]);
  return (
    <table className="target-matrix">
      <caption className="visually-hidden">{words.targetViews}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{words.sameView}</th>
          <th scope="col">{words.otherView}</th>
        </tr>
      </thead>
      <tbody>
        {networkRoles.map((role) => (
          <tr key={role}>
            <th scope="row">
              <strong>{role}</strong> <span className="muted">{words.roles[role]}</span>
            </th>
            {(["same", "other"] as const).map((view) => {
              const target = targetViews.find((one) => one.network === role && one.view === view);
              if (!target) {
                return (
                  <td key={view} className="muted" title={words.chasesItself}>
                    –
                  </td>
                );
              }
              const chosen = targets.includes(target.number);
              return (
                <td key={view}>
                  <label title={chosen && targets.length === 1 ? words.oneHasToStay : undefined}>
                    <input
                      type="checkbox"
                      checked={chosen}
                      disabled={chosen && targets.length === 1}
                      aria-label={words.targetView(target.number, target.name)}
                      onChange={() => toggle(target.number)}
                    />
                    <span aria-hidden="true">{target.number}</span>
                  </label>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
