import type { TargetViewNumber } from "../../protocol/experiment";
import type { FieldPath } from "../../store/experiment-edits";
import { HelpTip } from "../controls/help-tip";
import { Segmented } from "../controls/segmented";
import { useSetting } from "../controls/use-setting";
import type { FieldText } from "../field-texts";
import { networkRoles, roleNames, targetPresets, targetViews } from "./target-views";

const sorted = (targets: readonly number[]) => targets.toSorted((a, b) => a - b).join();

/** Which of the seven target views the student predicts: a preset, or any choice of at least one. */
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
        label="Number of target views"
        value={preset?.label}
        options={targetPresets.map(({ label, title }) => ({ value: label, label, title }))}
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

/** Networks down, views across: a free choice, of which one is always left. */
function TargetMatrix({
  targets,
  onChange,
}: {
  targets: readonly TargetViewNumber[];
  onChange: (targets: TargetViewNumber[]) => void;
}) {
  const toggle = (number: TargetViewNumber) =>
    onChange(targets.includes(number) ? targets.filter((one) => one !== number) : [...targets, number]);
  return (
    <table className="target-matrix">
      <caption className="visually-hidden">Target views</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">same view</th>
          <th scope="col">other view</th>
        </tr>
      </thead>
      <tbody>
        {networkRoles.map((role) => (
          <tr key={role}>
            <th scope="row">
              <strong>{role}</strong> <span className="muted">{roleNames[role]}</span>
            </th>
            {(["same", "other"] as const).map((view) => {
              const target = targetViews.find((one) => one.network === role && one.view === view);
              if (!target) {
                return (
                  <td key={view} className="muted" title="The student's prediction from v would chase itself">
                    –
                  </td>
                );
              }
              const chosen = targets.includes(target.number);
              return (
                <td key={view}>
                  <label title={chosen && targets.length === 1 ? "One target view has to stay" : undefined}>
                    <input
                      type="checkbox"
                      checked={chosen}
                      disabled={chosen && targets.length === 1}
                      aria-label={`Target view ${target.number}: ${target.name}`}
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
