import "../styles/compare.css";
import { Popover } from "radix-ui";
import { Swatch } from "../../charts/Swatch";
import { arrangedSlots, moveSlot, togglePin, toggleRun, toggleSlots } from "../../store/arrangement";
import type { RunRecord } from "../../store/run-state";
import { useActions, useApp } from "../app-context";
import { armColor, armDash } from "../arm-colors";
import { useRunInTurns } from "../run-in-turns";
import { armNames } from "./arm-names";
import { groupSettings } from "./curve-groups";
import { runsOfSlot } from "./runs-of-slot";

/** Which runs are drawn, in which order, and which of them as one curve. */
export function CurveList() {
  return (
    <Popover.Root>
      <Popover.Trigger className="button button-small">Runs</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label="Runs"
          className="popover curve-list"
          align="end"
          sideOffset={4}
          collisionPadding={12}
        >
          <GroupBy />
          <Arms />
          <p className="small muted">
            Pinned arms come first and are drawn over the others. A run that is hidden leaves the curves'
            means, too; the table of results counts every run.
          </p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function GroupBy() {
  const run = useRunInTurns();
  const chosen = useApp((state) => state.view.groupBy);
  const { groupBy } = useActions();
  const settings = groupSettings(run);
  return (
    <label className="chart-option">
      <span>Group by</span>
      <select
        className="input"
        value={chosen !== undefined && settings.includes(chosen) ? chosen : ""}
        onChange={({ target }) => groupBy(target.value || undefined)}
      >
        <option value="">Arm</option>
        {settings.map((setting) => (
          <option key={setting}>{setting}</option>
        ))}
      </select>
    </label>
  );
}

function Arms() {
  const run = useRunInTurns();
  const view = useApp((state) => state.view);
  const names = armNames(run);
  if (run.armSlots.length === 0) return <p className="empty">Nothing was trained here yet.</p>;
  return (
    <ul className="curve-list-arms">
      {arrangedSlots(run.armSlots, view).map((slot) => (
        <ArmRow
          key={slot}
          slot={slot}
          name={names[run.armSlots.indexOf(slot)] ?? "Arm"}
          runs={runsOfSlot(run, slot)}
        />
      ))}
    </ul>
  );
}

function ArmRow({ slot, name, runs }: { slot: number; name: string; runs: readonly RunRecord[] }) {
  const slots = useApp((state) => state.run.armSlots);
  const hidden = useApp((state) => state.view.hiddenSlots.includes(slot));
  const pinned = useApp((state) => state.view.pinnedSlots.includes(slot));
  const hiddenRuns = useApp((state) => state.view.hiddenRuns);
  const { arrange } = useActions();
  return (
    <li>
      <span className="curve-list-name">
        <Swatch color={armColor(slot)} dash={armDash(slot)} /> {name}
      </span>
      <span className="curve-list-actions">
        <Toggle
          label={`Show ${name}`}
          pressed={!hidden}
          onPress={() => arrange((view) => toggleSlots(view, [slot]))}
        >
          Show
        </Toggle>
        <Toggle
          label={`Pin ${name}`}
          pressed={pinned}
          onPress={() => arrange((view) => togglePin(view, slot))}
        >
          Pin
        </Toggle>
        <button
          type="button"
          className="button button-small"
          aria-label={`Move ${name} up`}
          onClick={() => arrange((view) => moveSlot(view, slots, slot, -1))}
        >
          ↑
        </button>
        <button
          type="button"
          className="button button-small"
          aria-label={`Move ${name} down`}
          onClick={() => arrange((view) => moveSlot(view, slots, slot, 1))}
        >
          ↓
        </button>
      </span>
      {runs.length > 1 && (
        <span className="curve-list-seeds small">
          Seeds{" "}
          {runs.map(({ planned: { runId, seed } }) => (
            <Toggle
              key={runId}
              label={`Show seed ${seed} of ${name}`}
              pressed={!hiddenRuns.includes(runId)}
              onPress={() => arrange((view) => toggleRun(view, runId))}
            >
              {String(seed)}
            </Toggle>
          ))}
        </span>
      )}
    </li>
  );
}

function Toggle({
  label,
  pressed,
  onPress,
  children,
}: {
  label: string;
  pressed: boolean;
  onPress: () => void;
  children: string;
}) {
  return (
    <button
      type="button"
      className="button button-small button-toggle"
      aria-label={label}
      aria-pressed={pressed}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
